"""Dictionaries of help: facts.md 1.9."""

from __future__ import annotations

from django.db import models


class MeasureKind(models.TextChoices):
    """措施大类（系统字段）[码]; the roster's columns carry the same names."""

    INDUSTRY = "industry", "产业帮扶"
    EMPLOYMENT = "employment", "就业帮扶"
    PUBLIC_POST = "public_post", "公益性岗位帮扶"
    FINANCE = "finance", "金融帮扶"
    HOUSING = "housing", "住房安全保障"
    RELOCATION = "relocation", "搬迁"
    COMPULSORY_EDUCATION = "compulsory_education", "义务教育保障"
    EDUCATION = "education", "教育帮扶"
    HEALTH = "health", "健康帮扶"
    WATER = "water", "饮水安全保障"
    SOCIAL_SECURITY = "social_security", "综合保障"
    SOCIAL = "social", "社会帮扶"
    LIVING_CONDITIONS = "living_conditions", "生产生活条件改善"
    INFRASTRUCTURE = "infrastructure", "基础设施建设"
    OTHER = "other", "其他"

    @property
    def develops(self) -> bool:
        """开发式措施: what a household with labour needs at least one of [码 5_11_032]."""
        return self in (
            MeasureKind.INDUSTRY,
            MeasureKind.EMPLOYMENT,
            MeasureKind.PUBLIC_POST,
            MeasureKind.FINANCE,
        )


class MeasureState(models.TextChoices):
    """Where a measure stands."""

    PLANNED = "planned", "待落实"
    UNDER_WAY = "under_way", "在落实"
    DONE = "done", "已落实"
    STOPPED = "stopped", "已停止"


class PlanState(models.TextChoices):
    """Where a version of an assistance plan stands."""

    DRAFT = "draft", "草案"
    ADOPTED = "adopted", "已定"
    REPLACED = "replaced", "已由新版代替"

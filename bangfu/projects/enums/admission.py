"""The words of the library: where a project stands, what it is, where its money is to come from."""

from __future__ import annotations

from django.db import models


class ProjectState(models.TextChoices):
    """Where a project stands as a whole; its flows say the step."""

    DRAFT = "draft", "草稿"
    APPLIED = "applied", "申报中"
    REFUSED = "refused", "未入库"
    LIBRARY = "library", "在库"
    PLANNED = "planned", "列入年度计划"
    UNDERWAY = "underway", "实施中"
    DONE = "done", "已完工"
    MAINTAINED = "maintained", "管护中"
    REMOVED = "removed", "已出库"


ADMITTED = (
    ProjectState.LIBRARY,
    ProjectState.PLANNED,
    ProjectState.UNDERWAY,
    ProjectState.DONE,
    ProjectState.MAINTAINED,
)
"""States of a project in the library: only these get money (C-025)."""

FUNDABLE = (ProjectState.PLANNED, ProjectState.UNDERWAY, ProjectState.DONE, ProjectState.MAINTAINED)
"""States of a project that stands in a year's plan."""


class ProjectKind(models.TextChoices):
    """Which life a project leads (C-010): the seven, and those that the county describes itself."""

    INFRASTRUCTURE = "infrastructure", "基础设施"
    INDUSTRY = "industry", "产业发展"
    PUBLIC_SERVICE = "public_service", "公共服务"
    SOCIAL_SECURITY = "social_security", "社会保障"
    FUND_MANAGEMENT = "fund_management", "资金管理"
    ORGANISATION = "organisation", "基层组织"
    DONATION = "donation", "社会捐赠"
    COUNTY_MADE = "county_made", "本县自定"


class ProjectNature(models.TextChoices):
    """建设性质."""

    NEW = "new", "新建"
    ENLARGE = "enlarge", "改扩建"
    GO_ON = "go_on", "续建"


class ApplicantLevel(models.TextChoices):
    """Who applies, which decides how it is decided upon and where its notices hang (facts 3.1)."""

    VILLAGE = "village", "村申报"
    TOWNSHIP = "township", "乡镇申报"
    DEPARTMENT = "department", "县级部门申报"


class SourceKind(models.TextChoices):
    """Where money is to come from (facts 3.3)."""

    CENTRAL = "central", "中央衔接资金"
    PROVINCE = "province", "省级衔接资金"
    CITY = "city", "市级衔接资金"
    COUNTY = "county", "县级衔接资金"
    MERGED = "merged", "整合资金"
    PARTNER = "partner", "东西部协作资金"
    PAIRED = "paired", "定点帮扶资金"
    DONATED = "donated", "社会捐赠"
    LOAN = "loan", "贷款"
    SELF = "self", "自筹"
    OTHER = "other", "其他"

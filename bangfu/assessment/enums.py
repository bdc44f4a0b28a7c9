"""The words of this room."""

from __future__ import annotations

import enum

from django.db import models


class Whom(enum.StrEnum):
    """Whom a scheme assesses; never persons."""

    TOWNSHIP = "township"
    UNIT = "unit"

    @property
    def word(self) -> str:
        """In Chinese."""
        return {"township": "乡镇", "unit": "单位"}[self.value]


class IndicatorKind(models.TextChoices):
    """What an indicator does to the total."""

    SCORED = "scored", "计分"
    VETO = "veto", "一票否决"
    BONUS = "bonus", "加分"
    DEDUCTION = "deduction", "扣分"


class RuleKind(enum.StrEnum):
    """How a number becomes marks."""

    LINEAR = "linear"
    PER_POINT = "per_point"
    STEPS = "steps"


class Part(enum.StrEnum):
    """What counts of a step that is not whole: nothing, a whole step, or its share."""

    WHOLE = "whole"
    BEGUN = "begun"
    SHARE = "share"


class Nothing(enum.StrEnum):
    """What a rate of nothing (0 of 0) is worth."""

    FULL = "full"
    ZERO = "zero"


class AskedGroup(models.TextChoices):
    """What a household that was asked counts as, which decides what may be wrong about it."""

    REGISTERED = "registered", "脱贫户"
    MONITORED = "monitored", "监测对象"
    GENERAL = "general", "一般户"


class VersionState(models.TextChoices):
    """Where a version of a scheme stands."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    RETIRED = "retired", "已停用"


class RoundState(models.TextChoices):
    """Where an assessment stands."""

    DRAFT = "draft", "算分中"
    TOLD = "told", "已告知，可以提异议"
    FINAL = "final", "已审定"
    PUBLISHED = "published", "已公布"

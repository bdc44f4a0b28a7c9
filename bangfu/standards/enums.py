"""The words of this room."""

from __future__ import annotations

import enum

from django.db import models


class Thing(enum.StrEnum):
    """What a standard is about: a row of a defined ledger, a project, a village, or whatever has a name."""

    LEDGER = "ledger"
    PROJECT = "project"
    VILLAGE = "village"
    NAMED = "named"


class ItemKind(enum.StrEnum):
    """How an item is answered."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    PAPER = "paper"


class Threshold(enum.StrEnum):
    """On which side of its number a threshold is met."""

    AT_LEAST = "at_least"
    ABOVE = "above"
    AT_MOST = "at_most"
    BELOW = "below"

    @property
    def word(self) -> str:
        """The Chinese word before the number."""
        return {"at_least": "不少于", "above": "多于", "at_most": "不多于", "below": "少于"}[self.value]


class CheckVerdict(models.TextChoices):
    """What a check found of a thing."""

    PASSED = "passed", "达标"
    FAILED = "failed", "不达标"
    UNFINISHED = "unfinished", "没有查完"


class SubsidyState(models.TextChoices):
    """Where the proposal of a subsidy stands."""

    PROPOSED = "proposed", "等安排"
    ARRANGED = "arranged", "已安排"
    DECLINED = "declined", "不安排"


class VersionState(models.TextChoices):
    """Where a version of a standard stands."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    RETIRED = "retired", "已停用"

"""The words of this room."""

from __future__ import annotations

from django.db import models


class Origin(models.TextChoices):
    """Who found a problem."""

    OWN = "own", "自查"
    SUPERIOR = "superior", "上级反馈"
    INSPECTION = "inspection", "督查、审计、巡察"
    PUBLIC = "public", "群众反映"


FROM_OUTSIDE = frozenset({Origin.SUPERIOR, Origin.INSPECTION})
"""Origins that came with a document."""


class Breadth(models.TextChoices):
    """Whether others have the problem as well."""

    COMMON = "common", "共性问题"
    OWN = "own", "个性问题"


class ProblemState(models.TextChoices):
    """Where a problem stands."""

    OPEN = "open", "整改中"
    ANSWERED = "answered", "待复核"
    RETURNED = "returned", "退回再改"
    CLOSED = "closed", "已销号"
    VOID = "void", "作废"


OWED = (ProblemState.OPEN, ProblemState.RETURNED)
"""States in which the unit owes an answer."""
LIVING = (*OWED, ProblemState.ANSWERED)
"""States of a problem that is not closed out."""


class StepKind(models.TextChoices):
    """What happened to a problem."""

    CHANGED = "changed", "改内容"
    ANSWERED = "answered", "报整改"
    RETURNED = "returned", "复核退回"
    CLOSED = "closed", "复核销号"
    REOPENED = "reopened", "重新打开"
    VOID = "void", "作废"

"""The words of supervision."""

from __future__ import annotations

from django.db import models


class InspectionKind(models.TextChoices):
    """How one goes and looks."""

    CROSS = "cross", "交叉检查"
    UNANNOUNCED = "unannounced", "暗访"
    ROUTINE = "routine", "日常督导"


class InspectionState(models.TextChoices):
    """An inspection is open until its problems are written up."""

    OPEN = "open", "进行中"
    CLOSED = "closed", "已结束"


class HouseholdGroup(models.TextChoices):
    """Which households of a village may be drawn."""

    ALL = "all", "全部户"
    MONITORED = "monitored", "监测对象"
    REGISTERED = "registered", "脱贫户"

"""The words of this room."""

from __future__ import annotations

from django.db import models


class Cut(models.TextChoices):
    """Into which periods a target's time is cut."""

    YEAR = "year", "按年"
    QUARTER = "quarter", "按季度"
    MONTH = "month", "按月"


class How(models.TextChoices):
    """Whether a number stands at the end of a period, or came about within it."""

    GROWTH = "growth", "期内新增"
    LEVEL = "level", "期末达到"


class Side(models.TextChoices):
    """On which side of the target is reached."""

    AT_LEAST = "at_least", "不少于"
    AT_MOST = "at_most", "不超过"


class TargetState(models.TextChoices):
    """Whether a target is in force."""

    LIVE = "live", "执行中"
    WITHDRAWN = "withdrawn", "已撤销"

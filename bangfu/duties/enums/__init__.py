"""Fixed words of this room."""

from __future__ import annotations

from django.db import models


class WindowKind(models.TextChoices):
    """How long a window is. Calendar windows begin with the year; windows of days with the template."""

    MONTH = "month", "每月"
    TWO_MONTHS = "two_months", "每两个月"
    QUARTER = "quarter", "每季度"
    HALF_YEAR = "half_year", "每半年"
    YEAR = "year", "每年"
    DAYS = "days", "每若干天"


class Each(models.TextChoices):
    """What a due item stands for: one tie of a holder, or all ties of the holder together."""

    TARGET = "target", "对每个联系对象分别算"
    HOLDER = "holder", "所有联系对象合在一起算"


class DueState(models.TextChoices):
    """Where a due item stands on a day; never stored, since the day moves on."""

    DONE = "done", "已完成"
    DUE = "due", "在期内"
    SOON = "soon", "快到期"
    OVERDUE = "overdue", "逾期"
    EXCUSED = "excused", "已准免"


class ExcuseState(models.TextChoices):
    """What became of the request for an excuse."""

    ASKED = "asked", "待批"
    APPROVED = "approved", "已准"
    REFUSED = "refused", "未准"
    WITHDRAWN = "withdrawn", "已撤回"

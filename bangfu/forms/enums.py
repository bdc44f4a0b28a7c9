"""Dictionaries of sweeps."""

from __future__ import annotations

from django.db import models


class SweepState(models.TextChoices):
    """Where a sweep stands."""

    PREPARING = "preparing", "正在分户"
    OPEN = "open", "进行中"
    CLOSED = "closed", "已收尾"


class TaskState(models.TextChoices):
    """Where a household stands in a sweep."""

    WAITING = "waiting", "未筛查"
    SCREENED = "screened", "已筛查"
    IN_QUESTION = "in_question", "待排查"
    INSPECTED = "inspected", "已排查"
    UNREACHED = "unreached", "没见到"


class UnreachedReason(models.TextChoices):
    """Why nobody could be seen."""

    AWAY = "away", "全家外出"
    ABSENT = "absent", "多次上门没有人"
    DECLINED = "declined", "不愿接受"
    GONE = "gone", "已不在本村"
    OTHER = "other", "其他"


class SheetKind(models.TextChoices):
    """The two sheets."""

    SCREENING = "screening", "筛查表"
    INSPECTION = "inspection", "排查表"


LEFT = (TaskState.WAITING, TaskState.IN_QUESTION)
"""States in which a household still needs somebody."""
DUE = {
    SheetKind.SCREENING: (TaskState.WAITING, TaskState.UNREACHED),
    SheetKind.INSPECTION: (TaskState.IN_QUESTION,),
}
"""States in which a sheet may be filled."""


class FormState(models.TextChoices):
    """Where a version of a form stands."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    RETIRED = "retired", "已停用"


class SheetBatchState(models.TextChoices):
    """Where an uploaded workbook of sheets stands."""

    CHECKED = "checked", "已预检"
    COMMITTED = "committed", "已提交"
    DISCARDED = "discarded", "已放弃"

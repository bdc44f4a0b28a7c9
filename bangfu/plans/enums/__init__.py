"""The words of this room."""

from __future__ import annotations

from django.db import models


class PlanKind(models.TextChoices):
    """What sort of list a plan is; promises and studies are lists of the same kind."""

    ANNUAL = "annual", "年度计划"
    SPECIAL = "special", "专项方案"
    PROMISE = "promise", "领导批示和承诺事项"
    STUDY = "study", "专题研究事项"


class PlanState(models.TextChoices):
    """Where a plan stands."""

    CONFIRMING = "confirming", "正在确认任务"
    RUNNING = "running", "执行中"


class PassageKind(models.TextChoices):
    """What a stretch of a plan's text is."""

    HEADING = "heading", "标题"
    TASK = "task", "任务"
    OTHER = "other", "不是任务"


class PassageState(models.TextChoices):
    """What a person said about a stretch."""

    WAITING = "waiting", "待确认"
    ACCEPTED = "accepted", "已列为任务"
    LEFT_OUT = "left_out", "不列为任务"
    NOTED = "noted", "不是任务"


class Verdict(models.TextChoices):
    """What a check found of a task."""

    ON_TRACK = "on_track", "按进度"
    LAGGING = "lagging", "滞后"
    DONE = "done", "完成"


class StepRhythm(models.TextChoices):
    """Whether a step is due once, again and again, or without a day."""

    ONCE = "once", "到期一次"
    EVERY = "every", "反复"
    OPEN = "open", "没有定期限"

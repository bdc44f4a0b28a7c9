"""A task of a plan: who, how much, how many, by when."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import Unit
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Subject, TrackedModel
from bangfu.core.money import MoneyField
from bangfu.plans.enums import StepRhythm, Verdict
from bangfu.plans.models.plans import Passage, Plan


class PlanTask(TrackedModel):
    """A task that a person confirmed from a stretch of a plan's text.

    ``amount`` is its money in fen, None where the plan gives it none. ``verdict`` is that of the last check.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="plan_task")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks", verbose_name="计划")
    passage = models.OneToOneField(Passage, models.PROTECT, related_name="task", verbose_name="原文")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    position = models.PositiveIntegerField("序号")
    chapter = models.CharField("章节", max_length=200, blank=True)
    title = models.CharField("任务", max_length=100)
    amount = MoneyField("资金（分）", null=True)
    verdict = models.CharField("检查结果", max_length=10, choices=Verdict, blank=True)
    checked_on = models.DateField("检查日期", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "计划任务"
        ordering = ("plan", "position")

    def __str__(self) -> str:
        return self.title


class TaskUnit(TrackedModel):
    """A unit of a task as the text writes it; ``unit`` is None for words such as 各乡镇."""

    scope_owner = "task"

    task = models.ForeignKey(PlanTask, models.CASCADE, related_name="units", verbose_name="任务")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="plan_tasks", verbose_name="单位")
    name = models.CharField("原文写法", max_length=100)
    leads = models.BooleanField("牵头", default=False)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "任务单位"
        ordering = ("task", "-leads", "id")


class TaskMoney(TrackedModel):
    """How much of a task's money comes from where; fen."""

    scope_owner = "task"

    task = models.ForeignKey(PlanTask, models.CASCADE, related_name="money", verbose_name="任务")
    source = models.CharField("资金来源", max_length=40)
    amount = MoneyField("金额（分）")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "任务资金来源"
        ordering = ("task", "id")


class TaskFigure(TrackedModel):
    """A number that a task is to reach, in the text's words."""

    scope_owner = "task"

    task = models.ForeignKey(PlanTask, models.CASCADE, related_name="figures", verbose_name="任务")
    words = models.CharField("数量目标", max_length=60)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "任务数量"
        ordering = ("task", "id")


class PlanStep(TrackedModel):
    """What a task owes by when. ``next_due_on`` is the day by which something is owed, None when nothing is.

    A recurring step owes ``times`` reports in every ``every`` months (0: week) of the plan's year.
    """

    scope_owner = "task"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    task = models.ForeignKey(PlanTask, models.CASCADE, related_name="steps", verbose_name="任务")
    position = models.PositiveSmallIntegerField("序号")
    words = models.CharField("做什么", max_length=500)
    rhythm = models.CharField("怎样到期", max_length=6, choices=StepRhythm)
    starts_on = models.DateField("开始", null=True)
    due_on = models.DateField("完成时限", null=True)
    every = models.PositiveSmallIntegerField("每几个月", null=True)
    times = models.PositiveSmallIntegerField("几次", default=1)
    next_due_on = models.DateField("下次到期", null=True, db_index=True)
    done_on = models.DateField("完成日期", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "任务步骤"
        ordering = ("task", "position")

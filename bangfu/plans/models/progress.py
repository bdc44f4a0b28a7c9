"""What units report of steps, and what checks find of tasks."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import Unit, User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.models import TrackedModel
from bangfu.plans.enums import Verdict
from bangfu.plans.models.tasks import PlanStep, PlanTask


class StepReport(TrackedModel):
    """What a unit says it did of a step; kept as it was said."""

    scope_owner = "step"

    step = models.ForeignKey(PlanStep, models.PROTECT, related_name="reports", verbose_name="步骤")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="报告单位")
    on = models.DateField("日期")
    words = models.CharField("做了什么", max_length=500)
    done = models.BooleanField("做完了")
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="报告人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "步骤报告"
        ordering = ("on", "id")


class TaskCheck(TrackedModel):
    """What a check found of a task on a day."""

    scope_owner = "task"

    task = models.ForeignKey(PlanTask, models.PROTECT, related_name="checks", verbose_name="任务")
    on = models.DateField("检查日期")
    verdict = models.CharField("结果", max_length=10, choices=Verdict)
    words = models.CharField("检查情况", max_length=500)
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="检查人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "任务检查"
        ordering = ("-on", "-id")

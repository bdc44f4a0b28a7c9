"""A plan with its text, and the stretches of that text."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.core.money import MoneyField
from bangfu.plans.enums import PassageKind, PassageState, PlanKind, PlanState


class Plan(TrackedModel):
    """A plan of a place for a year. ``planned`` is its whole money in fen, None where the text names none."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="county_plan")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="哪里的计划")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    kind = models.CharField("种类", max_length=10, choices=PlanKind)
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("名称", max_length=100)
    text = models.TextField("全文")
    planned = MoneyField("计划总资金（分）", null=True)
    state = models.CharField("状态", max_length=12, choices=PlanState, default=PlanState.CONFIRMING)
    entered_on = models.DateField("录入日期")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="录入人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "计划"
        ordering = ("-year", "-id")

    def __str__(self) -> str:
        return self.title


class Passage(TrackedModel):
    """A stretch of a plan's text from ``start`` to ``end``; all of a plan's lie end to end.

    ``proposal`` is what the reader made of it, ``doubts`` why to look, ``left`` what no field took.
    """

    scope_owner = "plan"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="passages", verbose_name="计划")
    position = models.PositiveIntegerField("序号")
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    kind = models.CharField("是什么", max_length=8, choices=PassageKind)
    level = models.PositiveSmallIntegerField("标题级别", default=0)
    chapter = models.CharField("章节", max_length=200, blank=True)
    title = models.CharField("标题", max_length=100, blank=True)
    proposal = models.JSONField("建议", default=dict)
    doubts = models.JSONField("存疑", default=list)
    left = models.JSONField("没有取用", default=list)
    state = models.CharField("确认", max_length=10, choices=PassageState)
    reason = models.CharField("不列的原因", max_length=200, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "计划原文段落"
        ordering = ("plan", "position")
        constraints = (models.UniqueConstraint(fields=["plan", "position"], name="plans_passage_once"),)

    @property
    def words(self) -> str:
        """Its letters, exactly."""
        return self.plan.text[self.start : self.end]

"""Assistance plans, by version, and the measures that carry them out."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.core.money import MoneyField
from bangfu.evidence.models import EvidenceFile
from bangfu.households.models import Household
from bangfu.monitoring.enums.help import MeasureKind, MeasureState, PlanState
from bangfu.monitoring.models.cases import Case


class AssistancePlan(TrackedModel):
    """一户一方案: one version of a household's plan (C-186).

    ``case`` is empty for a household that was monitored before this system. One version is current.
    """

    scope_owner = "household"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="plans", verbose_name="户")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="plans", verbose_name="个案")
    number = models.PositiveSmallIntegerField("第几版")
    state = models.CharField("状态", max_length=10, choices=PlanState, default=PlanState.DRAFT)
    helper = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="帮扶责任人")
    needs = models.CharField("帮扶需求", max_length=500)
    goal = models.CharField("目标", max_length=300)
    adopted_on = models.DateField("定下日期", null=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="拟定人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "帮扶方案"
        ordering = ("household", "-number")
        constraints = (
            models.UniqueConstraint(fields=["household", "number"], name="monitoring_plan_number"),
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(state=PlanState.ADOPTED),
                name="monitoring_one_adopted_plan",
            ),
        )


class Measure(TrackedModel):
    """A measure for a household: what, against which risk, from when until when, how much, with what result.

    ``amount_fen`` is what the measure costs or pays out; ``cash_or_goods`` marks plain money or goods
    (C-038).
    """

    scope_owner = "household"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="measures", verbose_name="户")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="measures", verbose_name="个案")
    plan = models.ForeignKey(
        AssistancePlan, models.PROTECT, null=True, related_name="measures", verbose_name="方案"
    )
    kind = models.CharField("措施", max_length=24, choices=MeasureKind)
    sub_kind = models.CharField("子项", max_length=40, blank=True)
    risk = models.CharField("针对的风险", max_length=40, blank=True)
    content = models.CharField("内容", max_length=300)
    in_charge = models.CharField("责任单位", max_length=60, blank=True)
    planned_from = models.DateField("计划开始")
    planned_to = models.DateField("计划完成", null=True)
    started_on = models.DateField("实际开始", null=True)
    ended_on = models.DateField("实际完成", null=True)
    amount_fen = MoneyField("金额", null=True)
    cash_or_goods = models.BooleanField("只发钱发物", default=False)
    state = models.CharField("状态", max_length=10, choices=MeasureState, default=MeasureState.PLANNED)
    result = models.CharField("成效", max_length=300, blank=True)
    evidence = models.ForeignKey(
        EvidenceFile, models.PROTECT, null=True, related_name="+", verbose_name="凭证"
    )

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "帮扶措施"
        ordering = ("household", "planned_from", "id")
        indexes = (models.Index(fields=["household", "state"], name="monitoring_measure_household"),)

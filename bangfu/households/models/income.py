"""The income worksheet: what a household earned in twelve months, its versions, and disputes."""

from __future__ import annotations

from django.db import models

from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.core.money import MoneyField
from bangfu.households.enums import IncomeCategory, PeriodKind, WorksheetState
from bangfu.households.models.household import Household


class IncomeWorksheet(TrackedModel):
    """One count of one household's income from ``period_from`` to ``period_to`` (both days included).

    A worksheet is never rewritten: a correction or a recount is the next ``number`` of the same period, and
    ``recount_of`` is the one it corrects or counts again; all stay. Totals are those of the counted lines;
    ``net_fen`` ÷ ``persons`` is per capita.
    """

    scope_owner = "household"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="worksheets")
    number = models.PositiveSmallIntegerField("第几版")
    period_from = models.DateField("起")
    period_to = models.DateField("止")
    period_kind = models.CharField("周期口径", max_length=16, choices=PeriodKind)
    persons = models.PositiveSmallIntegerField("家庭人口数")
    state = models.CharField("状态", max_length=10, choices=WorksheetState, default=WorksheetState.DRAFT)
    recount_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="recounts")
    net_fen = MoneyField("家庭纯收入")
    per_capita_fen = MoneyField("人均纯收入")
    compliant_self_pay_fen = MoneyField("合规自付支出", null=True)
    claim_fen = MoneyField("理赔收入", null=True)
    signed_on = models.DateField("签字日期", null=True)
    signed_name = models.CharField("签字人", max_length=60, blank=True)
    dispute_reason = models.CharField("异议", max_length=300, blank=True)
    disputed_on = models.DateField("提出异议日期", null=True)
    collected_by = models.CharField("核算人", max_length=100, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "收入测算表"
        ordering = ("household", "-period_to", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=["household", "period_from", "period_to", "number"], name="households_worksheet_number"
            ),
        )


class IncomeLine(TrackedModel):
    """A line of a worksheet: an item of ``income_items.yaml``, an amount, whether it counts and why."""

    scope_owner = "worksheet"

    worksheet = models.ForeignKey(IncomeWorksheet, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    category = models.CharField("类别", max_length=16, choices=IncomeCategory)
    item = models.CharField("项目", max_length=40)
    description = models.CharField("内容", max_length=200, blank=True)
    amount_fen = MoneyField("金额")
    deducted = models.BooleanField("减项", default=False)
    counted = models.BooleanField("计入")
    counted_basis = models.CharField("计入依据", max_length=200, blank=True)
    evidence = models.CharField("凭证", max_length=100, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "收入测算明细"
        ordering = ("worksheet", "position")

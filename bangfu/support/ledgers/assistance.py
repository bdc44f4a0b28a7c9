"""Ledgers of what units plan and bring: yearly plans and results (C-037, C-212, C-215)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.support.enums.units import BroughtKind, PlanStanding
from bangfu.support.models import Brought, YearPlan, YearSummary

_SIGNALS = {PlanStanding.DRAFT: "warn", PlanStanding.ADOPTED: "now", PlanStanding.FINISHED: "ok"}


def _plan_rows(user: User) -> QuerySet[YearPlan]:
    rows: QuerySet[YearPlan] = YearPlan.objects.visible_to(user, Permission.UNIT_VIEW)
    return rows.select_related("party", "region__parent")


def _standing(plan: YearPlan) -> tuple[str, str]:
    return _SIGNALS[PlanStanding(plan.standing)], plan.get_standing_display()


YEAR_PLANS = Ledger(
    id="year_plan_list",
    title="年度帮扶计划",
    lead="每个单位给它包的村定的计划，到年底写完成情况。",
    permission=Permission.UNIT_VIEW,
    rows=_plan_rows,
    columns=(
        Column("year", "年度", sort="year"),
        Column("party", "单位", "party.name", sort="party__name"),
        Column("township", "乡镇", "region.parent.name", sort="place"),
        Column("region", "村", "region.name", sort="place"),
        Column("needs", "村的需求", default=False),
        Column("planned_fen", "计划投入", kind="money", sort="planned_fen", total=True),
        Column("adopted_on", "定下日期", kind="date"),
        Column("standing", "状态", _standing, kind="signal", sort="standing"),
    ),
    filters=(
        Filter("year", "年度", kind="range"),
        Filter("standing", "状态", choices=PlanStanding),
        Filter("party", "单位", kind="text", field="party__name"),
    ),
    default_sort="-year",
    row_url=lambda plan: reverse("year_plan_file", args=[plan.uid]),
    row_label=lambda plan: f"{plan.party.name} {plan.year}",
    actions=(HeadAction("年度总结", "year_summary_list", Permission.UNIT_VIEW, "notes"),),
    empty="还没有年度计划。在单位页上拟。",
)


def _brought_rows(user: User) -> QuerySet[Brought]:
    rows: QuerySet[Brought] = Brought.objects.visible_to(user, Permission.UNIT_VIEW)
    return rows.select_related("party", "region__parent")


def _withdrawn(rows: QuerySet[Brought], value: str) -> QuerySet[Brought]:
    return rows.filter(withdrawn_reason="") if value == "no" else rows.exclude(withdrawn_reason="")


BROUGHT = Ledger(
    id="brought_list",
    title="带来了什么",
    lead="单位实际带来的资金、企业、人才、政策、岗位，有日期有凭证。撤下的留着，合计请用“有效”这一栏。",
    permission=Permission.UNIT_VIEW,
    rows=_brought_rows,
    columns=(
        Column("on", "日期", kind="date", sort="on"),
        Column("party", "单位", "party.name", sort="party__name"),
        Column("region", "哪里", "region.name", sort="place"),
        Column("kind", "类别", kind="tag", sort="kind"),
        Column("what", "内容"),
        Column("amount_fen", "金额", kind="money", sort="amount_fen", total=True),
        Column("count", "数量", kind="number", sort="count"),
        Column("withdrawn_reason", "撤下原因"),
    ),
    filters=(
        Filter("withdrawn", "状态", choices=(("no", "有效"), ("yes", "已撤下")), apply=_withdrawn),
        Filter("kind", "类别", choices=BroughtKind),
        Filter("on", "日期", kind="day"),
        Filter("party", "单位", kind="text", field="party__name"),
        Filter("amount", "金额（元）", kind="money", field="amount_fen"),
    ),
    default_sort="-on",
    row_url=lambda row: reverse("support_unit_file", args=[row.party.uid]),
    row_label=lambda row: row.what,
    views=(("valid", "有效", "f_withdrawn=no"),),
    empty="还没有登记。由单位的管理人或县里在单位页上登记。",
)


def _summary_rows(user: User) -> QuerySet[YearSummary]:
    rows: QuerySet[YearSummary] = YearSummary.objects.visible_to(user, Permission.UNIT_VIEW)
    return rows.select_related("party")


SUMMARIES = Ledger(
    id="year_summary_list",
    title="年度总结",
    lead="各定点单位每年报的总结。",
    permission=Permission.UNIT_VIEW,
    rows=_summary_rows,
    columns=(
        Column("year", "年度", sort="year"),
        Column("party", "单位", "party.name", sort="party__name"),
        Column("handed_in_on", "报送日期", kind="date", sort="handed_in_on"),
        Column("text", "总结"),
    ),
    filters=(
        Filter("year", "年度", kind="range"),
        Filter("party", "单位", kind="text", field="party__name"),
    ),
    default_sort="-year",
    row_url=lambda row: reverse("support_unit_file", args=[row.party.uid]),
    row_label=lambda row: f"{row.party.name} {row.year}",
    empty="还没有年度总结。",
)

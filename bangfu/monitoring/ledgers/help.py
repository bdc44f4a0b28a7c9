"""Ledgers of help: the plan of every monitored household (C-186, C-187), and all measures (C-038)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import MonitoredCategory
from bangfu.households.models import Household
from bangfu.households.queries.finding import begins
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.monitoring.enums.help import MeasureKind, MeasureState
from bangfu.monitoring.models import Measure
from bangfu.monitoring.queries import help as queries

Narrow = Callable[[QuerySet[Any]], QuerySet[Any]]


def _only_cash(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(measure_count__gt=0, cash_count=F("measure_count"))


_GAPS: dict[str, tuple[str, Narrow]] = {
    "no_plan": ("没有方案", lambda rows: rows.filter(has_plan=False)),
    "no_helper": ("没有帮扶责任人", lambda rows: rows.filter(has_helper=False)),
    "no_measure": ("没有措施", lambda rows: rows.filter(measure_count=0)),
    "not_begun": ("有措施没落实", queries.not_begun),
    "no_development": ("没有开发式措施", lambda rows: rows.filter(developing_count=0)),
    "only_cash": ("只有发钱发物", _only_cash),
}


def _plan_rows(user: User) -> QuerySet[Household]:
    return queries.with_help(queries.monitored(user)).select_related("village__parent")


def _plan(household: Any) -> tuple[str, str]:
    if household.has_plan:
        return "ok", "已定"
    return ("warn", "草案") if household.has_draft else ("bad", "还没有")


def _helper(household: Any) -> tuple[str, str]:
    return ("ok", "有") if household.has_helper else ("bad", "没有")


def _with_gap(rows: QuerySet[Household], value: str) -> QuerySet[Household]:
    return _GAPS[value][1](rows) if value in _GAPS else rows


def _search_households(rows: QuerySet[Household], text: str) -> QuerySet[Household]:
    field = "head_initials" if text.isascii() and text.isalpha() else "head_name"
    return rows.filter(begins(field, text.lower()))


PLANS = Ledger(
    id="plan_list",
    title="一户一策",
    lead="现在监测的每一户：方案、责任人、措施到哪一步。缺什么，点进去补什么。",
    permission=Permission.CASE_VIEW,
    rows=_plan_rows,
    columns=(
        Column("head_name", "户主", sort="head_name", classified=FieldClass.NAME),
        Column("village", "村", "village.name", sort="place"),
        Column("township", "乡镇", "village.parent.name", sort="place", default=False),
        Column("monitored_category", "监测类别", kind="tag", sort="monitored_category"),
        Column("risks", "风险", lambda row: "、".join(row.risks)),
        Column("identified_month", "识别", kind="month", sort="identified_month"),
        Column("plan", "方案", _plan, kind="signal"),
        Column("helper", "责任人", _helper, kind="signal"),
        Column("measure_count", "措施", kind="number"),
        Column("begun_count", "已落实", kind="number"),
        Column("developing_count", "开发式", kind="number"),
        Column("cash_count", "发钱发物", kind="number"),
    ),
    filters=(
        Filter("gap", "缺什么", choices=[(k, label) for k, (label, _) in _GAPS.items()], apply=_with_gap),
        Filter("category", "监测类别", field="monitored_category", choices=MonitoredCategory),
        Filter("identified_month", "识别月份", kind="month"),
    ),
    default_sort="village",
    row_url=lambda row: reverse("household_help", args=[row.uid]),
    views=tuple((code, label, f"f_gap={code}") for code, (label, _) in _GAPS.items()),
    actions=(HeadAction("措施台账", "measure_list", Permission.CASE_VIEW, "list-check"),),
    search=_search_households,
    search_label="户主",
    empty="没有监测中的户。",
)


def _search_measures(rows: QuerySet[Measure], text: str) -> QuerySet[Measure]:
    field = "head_initials" if text.isascii() and text.isalpha() else "head_name"
    return rows.filter(begins(f"household__{field}", text.lower()))


def _plain(rows: QuerySet[Measure], answer: str) -> QuerySet[Measure]:
    return rows.filter(cash_or_goods=answer == "yes")


MEASURES = Ledger(
    id="measure_list",
    title="帮扶措施",
    lead="每一项措施：针对什么、什么时候、花了多少、到哪一步、有什么成效。",
    permission=Permission.CASE_VIEW,
    rows=queries.measures_seen_by,
    columns=(
        Column(
            "head", "户主", "household.head_name", sort="household__head_name", classified=FieldClass.NAME
        ),
        Column("village", "村", "household.village.name", sort="household__place"),
        Column("kind", "措施", kind="tag", sort="kind"),
        Column("sub_kind", "子项", sort="sub_kind"),
        Column("risk", "针对风险", sort="risk"),
        Column("content", "内容"),
        Column("planned_from", "计划开始", kind="date", sort="planned_from"),
        Column("started_on", "实际开始", kind="date", sort="started_on"),
        Column("ended_on", "完成", kind="date", sort="ended_on", default=False),
        Column("amount_fen", "金额", kind="money", sort="amount_fen", total=True),
        Column("state", "状态", kind="tag", sort="state"),
        Column("cash_or_goods", "只发钱发物", kind="bool", default=False),
        Column("in_charge", "责任单位", default=False),
        Column("result", "成效", default=False),
    ),
    filters=(
        Filter("kind", "措施", choices=MeasureKind),
        Filter("state", "状态", choices=MeasureState),
        Filter("cash", "只发钱发物", choices=(("yes", "是"), ("no", "否")), apply=_plain),
        Filter("planned_from", "计划开始", kind="day"),
        Filter("started_on", "实际开始", kind="day"),
        Filter("amount_fen", "金额", kind="money"),
    ),
    default_sort="-planned_from",
    row_url=lambda row: reverse("household_help", args=[row.household.uid]),
    place_field="household__place",
    views=(
        ("planned", "待落实", "f_state=planned"),
        ("under_way", "在落实", "f_state=under_way"),
        ("cash", "只发钱发物", "f_cash=yes"),
    ),
    search=_search_measures,
    search_label="户主",
    empty="还没有措施。",
)

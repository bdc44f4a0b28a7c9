"""The lists that inspections ask for, 应纳未纳 and 体外循环: each row with its reason and how to mend it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import HouseholdType
from bangfu.households.models import Household
from bangfu.households.queries.finding import begins
from bangfu.ledgers.definition import Column, Filter, Ledger
from bangfu.monitoring.enums.figures import MissedReason, OutsideReason
from bangfu.monitoring.ledgers.cases import search_heads
from bangfu.monitoring.queries.missed import missed
from bangfu.monitoring.queries.outside import outside
from bangfu.ui.formats import iso_day
from bangfu.workflow.showing.rows import state_title

_SINCE = {
    MissedReason.NO_CASE: "{} 核实有风险，还没有建个案",
    MissedReason.NO_STUDY: "研判期限 {}，还没有研判",
    MissedReason.REFUSED: "{} 不予纳入；入户核实有风险，类别、收入都够条件",
}


def _missed_rows(user: User) -> QuerySet[Any]:
    rows = missed(user, Permission.CASE_VIEW, timezone.localdate()).select_related("village__parent")
    opens = Household.objects.visible_to(user, Permission.CASE_STUDY).filter(pk=OuterRef("pk"))
    return rows.annotate(may_open=Exists(opens))


def _why_missed(row: Any) -> str:
    return _SINCE[MissedReason(row.missed_reason)].format(iso_day(row.missed_since))


def _mend_missed(row: Any) -> tuple[str, str]:
    """What to do about it, and where."""
    if row.missed_reason == MissedReason.NO_CASE:
        if row.may_open:
            return "建个案", reverse("open_case", args=[row.uid])
        return "请村、乡镇建个案", f"{reverse('household_file', args=[row.uid])}?tab=help"
    words = {MissedReason.NO_STUDY: "登记研判", MissedReason.REFUSED: "复核，要不要重新办"}
    return words[MissedReason(row.missed_reason)], reverse("case_file", args=[row.missed_case])


def _with_reason(rows: QuerySet[Any], reason: str) -> QuerySet[Any]:
    return rows.filter(missed_reason=reason)


def _search_households(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    field = "head_initials" if text.isascii() and text.isalpha() else "head_name"
    return rows.filter(begins(field, text.lower()))


MISSED = Ledger(
    id="missed_household_list",
    title="应纳未纳",
    lead="现在不是监测对象、又该进程序的户：核实有风险没建个案的，研判超期的，条件够却没纳入、也没复核过的。",
    permission=Permission.CASE_VIEW,
    rows=_missed_rows,
    columns=(
        Column("head", "户主", "head_name", sort="head_name", classified=FieldClass.NAME),
        Column("village", "村", "village.name", sort="place"),
        Column("township", "乡镇", "village.parent.name", sort="place", default=False),
        Column("household_type", "户类型", kind="tag"),
        Column(
            "reason", "哪一种", lambda row: str(MissedReason(row.missed_reason).label), sort="missed_reason"
        ),
        Column("why", "为什么", _why_missed, sort="missed_since"),
        Column("mend", "怎样补", _mend_missed, kind="link"),
    ),
    filters=(
        Filter("reason", "哪一种", choices=MissedReason, apply=_with_reason),
        Filter("household_type", "户类型", choices=HouseholdType),
    ),
    default_sort="why",
    row_url=lambda row: reverse("household_file", args=[row.uid]),
    row_label=lambda row: f"{row.head_name}户",
    views=tuple((reason.value, str(reason.label), f"f_reason={reason.value}") for reason in MissedReason),
    search=_search_households,
    search_label="户主",
    print_title="应纳未纳清单",
    empty="没有应纳未纳的：核实有风险的都建了个案，研判没有超期，不予纳入的都有说得过去的原因。",
)


def _outside_rows(user: User) -> QuerySet[Any]:
    rows = outside(user, Permission.CASE_VIEW)
    return rows.select_related("household__village__parent", "run__definition", "approval").defer(
        "run__definition__text"
    )


def _why_outside(row: Any) -> str:
    helped = f"{iso_day(row.first_helped_on)} 起已帮扶" if row.first_helped_on else ""
    approved = f"{iso_day(row.approval.approved_on)} 已认定" if row.approval else "还没有认定"
    return f"{'，'.join(part for part in (helped, approved) if part)}，全国系统里没有"


def _mend_outside(row: Any) -> tuple[str, str]:
    page = reverse("case_file", args=[row.uid])
    if row.approval is not None:
        return "录入全国系统后标注", page
    if row.closed_on or row.run.state == "refused":
        return "不纳入的，措施停下或转常规帮扶", page
    return "补齐认定手续", page


def _with_outside_reason(rows: QuerySet[Any], reason: str) -> QuerySet[Any]:
    return rows.filter(outside_reason=reason)


def _green(rows: QuerySet[Any], answer: str) -> QuerySet[Any]:
    return rows.filter(green_channel=answer == "yes")


OUTSIDE = Ledger(
    id="outside_case_list",
    title="体外循环",
    lead="已经帮扶、或已经认定，全国系统里还没有的个案：帮了不录，考核时就是体外循环。",
    permission=Permission.CASE_VIEW,
    rows=_outside_rows,
    columns=(
        Column(
            "head", "户主", "household.head_name", sort="household__head_name", classified=FieldClass.NAME
        ),
        Column("village", "村", "household.village.name", sort="place"),
        Column("township", "乡镇", "household.village.parent.name", sort="place", default=False),
        Column("state", "现在在", lambda row: state_title(row.run), kind="tag", sort="run__state"),
        Column("why", "为什么", _why_outside, sort="first_helped_on"),
        Column("due_on", "这一步的期限", "run.due_on", kind="date", sort="run__due_on"),
        Column("mend", "怎样补", _mend_outside, kind="link"),
        Column("category", "类别", sort="category", default=False),
        Column("approval", "批复", "approval.number", default=False),
        Column("green_channel", "绿色通道", kind="bool", default=False),
        Column("papers_due_on", "手续补齐期限", kind="date", default=False),
    ),
    filters=(
        Filter("reason", "哪一种", choices=OutsideReason, apply=_with_outside_reason),
        Filter("green", "绿色通道", choices=(("yes", "是"), ("no", "否")), apply=_green),
    ),
    default_sort="why",
    row_url=lambda row: reverse("case_file", args=[row.uid]),
    row_label=lambda row: f"{row.household.head_name}户",
    views=tuple((reason.value, str(reason.label), f"f_reason={reason.value}") for reason in OutsideReason),
    search=search_heads,
    search_label="户主",
    print_title="体外循环清单",
    empty="没有帮了没录、批了没录的。",
)

"""Ledgers of inspections, findings and orders, and what waits for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.ledgers.workbench import Work
from bangfu.support.enums.meetings import TaskState
from bangfu.support.enums.supervision import InspectionKind, InspectionState
from bangfu.support.ledgers.meetings import DUE, narrowed_by_due, task_signal
from bangfu.support.models import Finding, Inspection
from bangfu.support.queries.supervision import findings_seen_by, inspections_seen_by, orders_seen_by
from bangfu.support.terms.kinds import FINDINGS as FINDING_KINDS
from bangfu.support.terms.kinds import kinds_in


def inspection_signal(inspection: Inspection) -> tuple[str, str]:
    """The state in a word."""
    return "now" if inspection.state == InspectionState.OPEN else "ok", inspection.get_state_display()


def finding_signal(finding: Finding) -> tuple[str, str]:
    """A finding stands as its order does; one that was mended on the spot needs none."""
    if finding.mended_on is not None:
        return "ok", "当场整改"
    return ("warn", "还没有下发") if finding.order is None else task_signal(finding.order)


def _kinds(user: User) -> Iterable[tuple[str, str]]:
    return kinds_in(FINDING_KINDS, user.unit.place if user.unit else "", localdate()).items()


def _inspections(user: User) -> Iterable[tuple[str, str]]:
    """The inspections in reach, by key."""
    return [(str(one.pk), one.title) for one in inspections_seen_by(user)]


def _unordered(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(unordered__gt=0) if value == "yes" else rows


def _without_order(rows: QuerySet[Finding], value: str) -> QuerySet[Finding]:
    if value not in ("yes", "no"):
        return rows
    waiting = Q(order=None, mended_on=None)
    return rows.filter(waiting if value == "yes" else ~waiting)


INSPECTIONS = Ledger(
    id="inspection_list",
    title="督导检查",
    lead="交叉检查、暗访、日常督导：组队、抽样、问题、督办，到销号。",
    permission=Permission.SUPERVISION_VIEW,
    rows=inspections_seen_by,
    columns=(
        Column("title", "检查"),
        Column("kind", "方式", kind="tag", sort="kind"),
        Column("region", "范围", "region.name", sort="place"),
        Column("leader", "组长", "leader.name", sort="leader__name"),
        Column("starts_on", "开始", kind="date", sort="starts_on"),
        Column("ends_on", "结束", kind="date", sort="ends_on"),
        Column("drawn_count", "抽到的村", kind="number", sort="drawn_count"),
        Column("finding_count", "问题", kind="number", sort="finding_count"),
        Column("unordered", "没有下发", kind="number", sort="unordered"),
        Column("undone", "没有销号", kind="number", sort="undone"),
        Column("state", "状态", inspection_signal, kind="signal", sort="state"),
    ),
    filters=(
        Filter("kind", "方式", choices=InspectionKind),
        Filter("state", "状态", choices=InspectionState),
        Filter("unordered", "督办", choices=(("yes", "有问题没下发"),), apply=_unordered),
        Filter("starts_on", "开始日期", "day"),
    ),
    default_sort="-starts_on",
    row_url=lambda row: reverse("inspection_file", args=[row.uid]),
    views=(("open", "进行中", "f_state=open"), ("unordered", "有问题没下发", "f_unordered=yes")),
    actions=(
        HeadAction("问题", "finding_list", Permission.SUPERVISION_VIEW, "list-check"),
        HeadAction("督办单", "order_list", Permission.ORDER_VIEW, "gavel"),
        HeadAction("发起检查", "open_inspection", Permission.SUPERVISION_RECORD, "plus", primary=True),
    ),
    search=lambda rows, text: rows.filter(title__icontains=text),
    search_label="名称",
    print_title="督导检查台账",
    empty="还没有督导检查。点“发起检查”：定范围、组队、抽样。",
)

FINDINGS = Ledger(
    id="finding_list",
    title="督导问题",
    lead="每次检查看到的问题，一件一行；下发督办单以后跟着单子走，整改好了销号。",
    permission=Permission.SUPERVISION_VIEW,
    rows=findings_seen_by,
    columns=(
        Column("kind_name", "问题种类", sort="kind"),
        Column("village", "行政村", "village.name", sort="place"),
        Column("township", "乡镇", "village.parent.name", default=False),
        Column("about", "对象", "about.label", classified=FieldClass.NAME),
        Column("words", "问题"),
        Column("inspection", "检查", "inspection.title", default=False),
        Column("found_on", "发现", kind="date", sort="found_on"),
        Column("unit", "责任单位", "order.unit.name"),
        Column("due_on", "整改时限", "order.due_on", kind="date", sort="order__due_on"),
        Column("state", "状态", finding_signal, kind="signal"),
    ),
    filters=(
        Filter("kind", "种类", choices=_kinds),
        Filter("order", "没有下发", choices=(("yes", "还没有下发"), ("no", "已下发")), apply=_without_order),
        Filter("state", "督办单", field="order__state", choices=TaskState),
        Filter("found_on", "发现日期", "day"),
        Filter("inspection", "检查", choices=_inspections),
    ),
    default_sort="-found_on",
    row_url=lambda row: reverse("finding_file", args=[row.uid]),
    row_label=lambda row: str(row.kind_name),
    views=(("unordered", "还没有下发", "f_order=yes"), ("closed", "已销号", "f_state=closed")),
    search=lambda rows, text: rows.filter(Q(words__icontains=text) | Q(village__name__icontains=text)),
    search_label="问题、村",
    print_title="督导问题台账",
    empty="没有问题。在检查的页面上登记。",
)

ORDERS = Ledger(
    id="order_list",
    title="督办单",
    lead="一单一个责任单位：下发、回复、复核，整改好了销号。",
    permission=Permission.ORDER_VIEW,
    rows=orders_seen_by,
    columns=(
        Column("number", "编号", sort="number"),
        Column("unit", "责任单位", "unit.name", sort="unit__name"),
        Column("inspection", "检查", "inspection.title", sort="inspection__starts_on"),
        Column("finding_count", "问题", kind="number", sort="finding_count"),
        Column("issued_on", "下发", kind="date", sort="issued_on"),
        Column("due_on", "时限", kind="date", sort="due_on"),
        Column("answered_on", "最近回复", kind="date", sort="answered_on"),
        Column("closed_on", "销号", kind="date", sort="closed_on", default=False),
        Column("state", "状态", task_signal, kind="signal", sort="state"),
    ),
    filters=(
        Filter("state", "状态", choices=TaskState),
        Filter("due", "时限", choices=DUE, apply=narrowed_by_due),
        Filter("due_on", "整改时限", "day"),
        Filter("issued_on", "下发日期", "day"),
        Filter("inspection", "检查", choices=_inspections),
    ),
    default_sort="-issued_on",
    row_url=lambda row: reverse("order_file", args=[row.uid]),
    views=(
        ("unanswered", "等单位回复", "f_due=unanswered"),
        ("answered", "待复核", "f_state=answered"),
        ("overdue", "超期", "f_due=overdue"),
        ("closed", "已销号", "f_state=closed"),
    ),
    search=lambda rows, text: rows.filter(Q(number__icontains=text) | Q(unit__name__icontains=text)),
    search_label="编号、单位",
    print_title="督办单台账",
    empty="没有督办单。",
)

WORK = (
    Work(Permission.ORDER_ANSWER, ORDERS, "f_due=soon", "督办单快到期", "整改好了回复。", reminds=True),
    Work(
        Permission.ORDER_ANSWER,
        ORDERS,
        "f_due=overdue",
        "督办单超期",
        "尽快整改、回复。",
        "bad",
        reminds=True,
    ),
    Work(Permission.ORDER_ISSUE, ORDERS, "f_state=answered", "督办单待复核", "整改好了销号，没有的退回。"),
    Work(Permission.ORDER_ISSUE, FINDINGS, "f_order=yes", "问题没有下发", "归到责任单位，下发督办单。"),
)
"""What waits on the workbench."""

"""Ledgers of due items: those in reach, and one's own (C-019, C-034, C-041, C-102…C-104)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.classification import FieldClass
from bangfu.access.permissions import Permission
from bangfu.duties.enums import DueState, WindowKind
from bangfu.duties.models import DueItem
from bangfu.duties.queries.duties import duty_choices
from bangfu.duties.queries.items import in_state, items_seen_by, own_items
from bangfu.duties.queries.mine import RECENT
from bangfu.duties.showing.words import item_window, state_cell
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger

_VIEW = Permission.DUTY_VIEW
_LATE = (("recent", "三个月以内"), ("older", "三个月以前"))


def _of_unit(rows: QuerySet[DueItem], name: str) -> QuerySet[DueItem]:
    """Of the unit of that name; where there is none, of those whose name has the text in it."""
    exact = rows.filter(holder__duty_holder__unit__name=name)
    return exact if exact.exists() else rows.filter(holder__duty_holder__unit__name__contains=name)


def _in_state(rows: QuerySet[DueItem], state: str) -> QuerySet[DueItem]:
    return rows.filter(in_state(state, timezone.localdate()))


def _late(rows: QuerySet[DueItem], answer: str) -> QuerySet[DueItem]:
    since = timezone.localdate() - RECENT
    return rows.filter(due_on__gte=since) if answer == "recent" else rows.filter(due_on__lt=since)


_COLUMNS = (
    Column("duty", "责任", "template.title", sort="template__code"),
    Column("holder", "责任人", "holder.label", sort="holder__label"),
    Column("unit", "单位", "holder.duty_holder.unit.name", sort="holder__duty_holder__unit__name"),
    Column("target", "联系对象", "target.label", sort="target__label", classified=FieldClass.NAME),
    Column("place", "区划", "place_name", sort="place"),
    Column("window", "哪一期", item_window, sort="window_start"),
    Column("needed", "要办", kind="number", sort="needed", total=True),
    Column("done", "已办", kind="number", sort="done", total=True),
    Column("due_on", "最迟", kind="date", sort="due_on"),
    Column("state", "状态", state_cell, kind="signal", sort="due_on"),
    Column("last_done_on", "最近一次", kind="date", sort="last_done_on"),
    Column("owed", "准免前要办", kind="number", sort="owed", default=False),
    Column("window_end", "期满", kind="date", sort="window_end", default=False),
)
_FILTERS = (
    Filter("duty", "责任", field="template__code", choices=duty_choices),
    Filter("state", "状态", choices=DueState, apply=_in_state),
    Filter("late", "最迟日", choices=_LATE, apply=_late),
    Filter("start", "一期起始日", kind="day", field="window_start"),
    Filter("unit", "单位", kind="text", apply=_of_unit),
    Filter("holder", "责任人", kind="text", field="holder__label"),
    Filter("kind", "多久一期", field="template__window", choices=WindowKind),
)
_VIEWS = (
    ("soon", "快到期", "f_state=soon"),
    ("overdue", "三个月内逾期", "f_state=overdue&f_late=recent"),
    ("done", "已完成", "f_state=done"),
    ("excused", "已准免", "f_state=excused"),
)


def _page(item: DueItem) -> str:
    return reverse("due_item", args=[item.pk])


def _label(item: DueItem) -> str:
    return f"{item.holder}：{item.template.title}"


DUE_ITEMS = Ledger(
    id="due_item_list",
    title="责任事项",
    lead="谁在哪一期要办什么、办了几次，从真实记录里数出来。只数事，不查人在哪里，不排名次。",
    permission=_VIEW,
    rows=items_seen_by,
    columns=_COLUMNS,
    filters=_FILTERS,
    default_sort="-due_on",
    row_url=_page,
    row_label=_label,
    views=_VIEWS,
    actions=(
        HeadAction("我的责任", "my_duties", _VIEW, "user"),
        HeadAction("履行情况", "duty_compliance", _VIEW, "chart-bar"),
        HeadAction("准免", "duty_excuse_list", _VIEW, "calendar-event"),
        HeadAction("责任规定", "duty_list", _VIEW, "clipboard-list"),
    ),
    empty="没有符合条件的。挂包帮关系登记好以后，每天自动算出各期的责任。",
)

MY_ITEMS = Ledger(
    id="my_due_item_list",
    title="我的责任清单",
    lead="您自己的各期责任，办过的、没办的都在。",
    permission=_VIEW,
    rows=own_items,
    columns=tuple(column for column in _COLUMNS if column.id not in ("holder", "unit")),
    filters=tuple(one for one in _FILTERS if one.id not in ("holder", "unit")),
    default_sort="-due_on",
    row_url=_page,
    row_label=_label,
    place_field="",
    views=_VIEWS,
    actions=(HeadAction("我的责任", "my_duties", _VIEW, "user"),),
    empty="没有符合条件的。",
)

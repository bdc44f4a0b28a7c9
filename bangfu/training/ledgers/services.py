"""The ledger of service orders (C-018, C-106, C-107, C-221)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.training.enums.services import OrderState, ReturnVerdict
from bangfu.training.models import ServiceOrder
from bangfu.training.queries.seen import orders_seen
from bangfu.training.terms import service_choices, service_kinds

UNSOLVED = (OrderState.ASKED, OrderState.TAKEN)
_SIGNALS = {
    OrderState.ASKED: "warn",
    OrderState.TAKEN: "now",
    OrderState.DONE: "now",
    OrderState.CLOSED: "ok",
    OrderState.DECLINED: "off",
}


def order_signal(row: ServiceOrder) -> tuple[str, str]:
    """Where an order stands, and by how much it is late."""
    late = (timezone.localdate() - row.due_on).days
    if row.state in UNSOLVED and late > 0:
        return "bad", f"{row.get_state_display()}，超期 {late} 天"
    return _SIGNALS[OrderState(row.state)], row.get_state_display()


def _limit(rows: QuerySet[ServiceOrder], text: str) -> QuerySet[ServiceOrder]:
    unsolved, today = rows.filter(state__in=UNSOLVED), timezone.localdate()
    return unsolved.filter(due_on__lt=today) if text == "overdue" else unsolved.filter(due_on__gte=today)


def _kinds(user: User) -> list[tuple[str, str]]:
    return service_choices()


ORDERS = Ledger(
    id="service_list",
    title="专家服务工单",
    lead="谁有什么问题、专家怎样解决、回访解决了没有；含法律顾问、农技巡回、信贷需求。",
    permission=Permission.SERVICE_VIEW,
    rows=orders_seen,
    columns=(
        Column("for_whom", "给谁办", sort="for_whom", classified=FieldClass.NAME),
        Column("kind", "种类", lambda row: service_kinds()[row.kind].label, kind="tag", sort="kind"),
        Column("region", "地方", "region.name", sort="place"),
        Column("problem", "问题"),
        Column("asked_on", "提出", kind="date", sort="asked_on"),
        Column("due_on", "期限", kind="date", sort="due_on"),
        Column("expert", "谁来办", "expert.name", sort="expert__name"),
        Column("done_on", "办理", kind="date", sort="done_on"),
        Column("state", "状态", order_signal, kind="signal", sort="state"),
        Column("verdict", "回访", sort="verdict", default=False),
        Column("wanted_fen", "需要贷款", kind="money", sort="wanted_fen", total=True, default=False),
        Column("granted_fen", "放款", kind="money", sort="granted_fen", total=True, default=False),
        Column("solution", "怎样解决", default=False),
        Column("asked_by", "提出人", "asked_by.name", default=False),
    ),
    filters=(
        Filter("kind", "种类", choices=_kinds),
        Filter("state", "状态", choices=OrderState),
        Filter("limit", "期限", choices=(("overdue", "超期没办"), ("within", "期限内没办")), apply=_limit),
        Filter("verdict", "回访", choices=ReturnVerdict, blank=True),
        Filter("asked_on", "提出日期", kind="day"),
        Filter("wanted_fen", "需要贷款", kind="money"),
    ),
    default_sort="-asked_on",
    row_url=lambda row: reverse("service_file", args=[row.uid]),
    views=(
        ("asked", "待接单", "f_state=asked"),
        ("done", "待回访", "f_state=done"),
        ("overdue", "超期没办", "f_limit=overdue"),
        ("credit", "信贷需求", "f_kind=credit_need"),
    ),
    actions=(HeadAction("提出服务", "ask_service", Permission.SERVICE_ASK, "plus", primary=True),),
    search=lambda rows, text: rows.filter(for_whom__startswith=text),
    search_label="给谁办",
    empty="还没有服务工单。",
)

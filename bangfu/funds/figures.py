"""Sums of money and notices against the rules as metrics that open their list (C-032, C-145)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.funds.enums.figures import FlowKind, Timing
from bangfu.funds.queries.flows import flow_rows
from bangfu.funds.queries.timing import narrowed_by_timing, over_management, sources_of_year
from bangfu.metrics.registry import ListUrl, Metric, list_of, register

_YEAR = "当年的指标、到那一天为止的账；收回和冲回是负数"
Rows = Callable[[User, str, date | None], QuerySet[Any]]


@dataclass(frozen=True)
class _Sum:
    """How a sum is called and defined."""

    label: str
    definition: str


_SUMS = {
    FlowKind.RECEIVED: _Sum("到县资金", f"登记的指标和捐赠的金额，{_YEAR}。"),
    FlowKind.ALLOCATED: _Sum("下达到项目的资金", f"下达减去收回的，{_YEAR}。"),
    FlowKind.PAID: _Sum("支付的资金", f"按凭证支付的和发放到户的，减去冲回的，{_YEAR}。"),
    FlowKind.INDUSTRY_BASE: _Sum(
        "下达到项目的资金（算产业占比的）",
        f"下达减去收回的；县参数“产业占比只算中央衔接资金”填“是”，只算中央的；{_YEAR}。",
    ),
    FlowKind.MANAGEMENT_BASE: _Sum(
        "到县资金（算管理费的）",
        f"登记的指标；县参数“管理费只按中央衔接资金算”填“是”，只算中央的；{_YEAR}。",
    ),
    FlowKind.COUNTY: _Sum("县级投入", f"来源是县级的指标，{_YEAR}。"),
}
_RATES = {
    "allocated": (FlowKind.ALLOCATED, FlowKind.RECEIVED, "下达进度", "下达到项目的，占到县资金"),
    "spending": (FlowKind.PAID, FlowKind.RECEIVED, "支出进度", "支付的，占到县资金"),
    "household": (FlowKind.HOUSEHOLD, FlowKind.RECEIVED, "到户资金占比", "发放到户的，占到县资金"),
    "industry": (
        FlowKind.INDUSTRY,
        FlowKind.INDUSTRY_BASE,
        "产业资金占比",
        "下达给产业发展类项目的，占已下达的",
    ),
    "management": (
        FlowKind.MANAGEMENT,
        FlowKind.MANAGEMENT_BASE,
        "项目管理费占比",
        "下达给项目管理费类项目的，占到县资金",
    ),
}
RATES = {code: f"fund_{code}_rate" for code in _RATES}
"""The ids of the rates."""


def register_fund_metrics() -> None:
    """Tell the metrics room what this one counts; called when the application starts."""
    whole = {kind: _sum(kind, said) for kind, said in _SUMS.items()}
    for code, (kind, of, label, words) in _RATES.items():
        _money(RATES[code], label, "%", f"{words}的比例；{_YEAR}。", kind, whole[of])
    _notices(
        "fund_notices_late",
        "下达慢、扣分的指标",
        "到县以后没有在满分的工作日里全部下达，还得一部分分的；没下达完的数到今天。",
        lambda rows: narrowed_by_timing(rows, Timing.PARTLY, timezone.localdate()),
        {"f_timing": Timing.PARTLY.value},
    )
    _notices(
        "fund_notices_zero",
        "下达太慢、零分的指标",
        "到县以后超过零分的工作日还没有全部下达，或者下达完已经超过的。",
        lambda rows: narrowed_by_timing(rows, Timing.ZERO, timezone.localdate()),
        {"f_timing": Timing.ZERO.value},
    )
    _notices(
        "fund_notices_over_management",
        "管理费超过规定的指标",
        "逐份指标看，下达给项目管理费类项目的超过规定比例的。",
        over_management,
        {"f_management": "yes"},
    )


def _sum(kind: FlowKind, said: _Sum) -> Metric:
    return _money(f"fund_{kind.value}", said.label, "元", said.definition, kind)


def _money(
    id: str, label: str, unit: str, definition: str, kind: FlowKind, of: Metric | None = None
) -> Metric:
    return _register(
        id,
        label,
        unit,
        definition,
        lambda user, place, on: flow_rows(kind, user, place, on or timezone.localdate()),
        flow_list(kind),
        of,
        "fen",
    )


def flow_list(kind: FlowKind) -> ListUrl:
    """The address of the entries of a sum."""

    def address(place: str, on: date | None) -> str:
        day = on or timezone.localdate()
        asked = {"f_flow": kind.value, "f_year": str(day.year), "f_on_to": day.isoformat()}
        return list_of("fund_flow_list", asked)(place, on)

    return address


def _notices(
    id: str, label: str, definition: str, narrowed: Callable[[QuerySet], QuerySet], asked: dict[str, str]
) -> None:
    def address(place: str, on: date | None) -> str:
        day = on or timezone.localdate()
        year = {"f_year": str(day.year), "f_received_on_to": day.isoformat()}
        return list_of("fund_check_list", {**asked, **year})(place, on)

    def rows(user: User, place: str, on: date | None) -> QuerySet[Any]:
        return narrowed(sources_of_year(user, place, on or timezone.localdate()))

    _register(id, label, "份", definition, rows, address)


def _register(
    id: str,
    label: str,
    unit: str,
    definition: str,
    rows: Rows,
    listed: ListUrl,
    of: Metric | None = None,
    sum_of: str = "",
) -> Metric:
    return register(
        Metric(
            id=id,
            label=label,
            unit=unit,
            definition=definition,
            permission=Permission.FUND_VIEW,
            rows=rows,
            list_url=listed,
            dimensions=("place",),
            ratio_of=of,
            group_of="份",
            sum_of=sum_of,
        )
    )

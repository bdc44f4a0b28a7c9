"""The numbers that records give of townships and units; what no record can say is typed elsewhere.

A township's number is a metric of the metrics room; a unit's one of ``UNIT_RECORDS``, within the period.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.access.scope import permits, places_of
from bangfu.assessment.definition.judging import Number, said
from bangfu.assessment.definition.model import Indicator
from bangfu.assessment.enums import Whom
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Region
from bangfu.metrics.counting import Figure, by_region
from bangfu.metrics.registry import Metric, metric_for, metrics_for
from bangfu.metrics.screen import list_address as metric_list
from bangfu.plans.enums import PlanState
from bangfu.plans.models import PlanStep
from bangfu.problems.enums import OWED, ProblemState
from bangfu.problems.models import Problem
from bangfu.support.enums.meetings import UNANSWERED
from bangfu.support.models import SupervisionOrder

_FOUR = Decimal("0.0001")
_CENT = Decimal("0.01")
_FEN = 100


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included, seen on a day."""

    starts_on: date
    ends_on: date
    today: date

    @property
    def seen_on(self) -> date:
        """The last day that counts: the period's end, or today while it runs."""
        return min(self.ends_on, self.today)


class Reading(NamedTuple):
    """A number that records give: what it is called, its unit, whether it may be a rate of nothing."""

    label: str
    unit: str
    is_rate: bool


Counts = Mapping[int, tuple[int, int | None]]
Reader = Callable[[User, Sequence[Unit], Period], Counts]


@dataclass(frozen=True)
class UnitRecord:
    """What a record says of units: (count, of) by unit; ``of`` None for what is no rate."""

    id: str
    label: str
    unit: str
    permission: Permission
    read: Reader
    list_url: Callable[[Unit], str]
    is_rate: bool = False


def _problems(user: User, units: Sequence[Unit], period: Period) -> QuerySet[Problem]:
    rows: QuerySet[Problem] = Problem.objects.visible_to(user, Permission.PROBLEM_VIEW)
    found = rows.filter(unit__in=units, found_on__gte=period.starts_on, found_on__lte=period.ends_on)
    return found.exclude(state=ProblemState.VOID).order_by()


def _closed_rate(user: User, units: Sequence[Unit], period: Period) -> Counts:
    rows = _problems(user, units, period).values("unit")
    closed = Count("pk", filter=Q(state=ProblemState.CLOSED))
    return {one["unit"]: (one["closed"], one["n"]) for one in rows.annotate(n=Count("pk"), closed=closed)}


def _late(user: User, units: Sequence[Unit], period: Period) -> Counts:
    late = _problems(user, units, period).filter(state__in=OWED, due_on__lt=period.seen_on)
    return _counted(late.values("unit"))


def _again(user: User, units: Sequence[Unit], period: Period) -> Counts:
    return _counted(_problems(user, units, period).filter(earlier__isnull=False).values("unit"))


def _orders_late(user: User, units: Sequence[Unit], period: Period) -> Counts:
    rows: QuerySet[SupervisionOrder] = SupervisionOrder.objects.visible_to(user, Permission.ORDER_VIEW)
    rows = rows.filter(unit__in=units, issued_on__gte=period.starts_on, issued_on__lte=period.ends_on)
    return _counted(rows.filter(state__in=UNANSWERED, due_on__lt=period.seen_on).order_by().values("unit"))


def _steps_behind(user: User, units: Sequence[Unit], period: Period) -> Counts:
    rows: QuerySet[PlanStep] = PlanStep.objects.visible_to(user, Permission.COUNTY_PLAN_VIEW)
    rows = rows.filter(
        task__units__unit__in=units,
        next_due_on__gte=period.starts_on,
        next_due_on__lt=period.seen_on,
        task__plan__state=PlanState.RUNNING,
    )
    named = rows.order_by().values("task__units__unit").annotate(n=Count("pk", distinct=True))
    return {one["task__units__unit"]: (one["n"], None) for one in named if one["task__units__unit"]}


def _counted(rows: QuerySet) -> Counts:
    return {one["unit"]: (one["n"], None) for one in rows.annotate(n=Count("pk"))}


def _list(name: str, query: str) -> Callable[[Unit], str]:
    return lambda unit: f"{reverse(name)}?{query}&{urlencode({'f_unit': unit.name})}"


_PROBLEMS = Permission.PROBLEM_VIEW
UNIT_RECORDS = {
    one.id: one
    for one in (
        UnitRecord(
            "unit_problem_closed_rate",
            "考核期发现的问题，销号的比例",
            "%",
            _PROBLEMS,
            _closed_rate,
            _list("problem_list", "f_pace=real"),
            is_rate=True,
        ),
        UnitRecord(
            "unit_problem_overdue",
            "考核期发现、逾期没改的问题",
            "个",
            _PROBLEMS,
            _late,
            _list("problem_list", "f_pace=overdue"),
        ),
        UnitRecord(
            "unit_problem_again",
            "考核期重复发生的问题",
            "个",
            _PROBLEMS,
            _again,
            _list("problem_list", "f_again=yes"),
        ),
        UnitRecord(
            "unit_order_overdue",
            "考核期下发、逾期没回的督办单",
            "张",
            Permission.ORDER_VIEW,
            _orders_late,
            lambda unit: f"{reverse('order_list')}?{urlencode({'q': unit.name})}",
        ),
        UnitRecord(
            "unit_step_overdue",
            "考核期到期没报的计划步骤",
            "步",
            Permission.COUNTY_PLAN_VIEW,
            _steps_behind,
            _list("plan_step_list", "f_pace=behind"),
        ),
    )
}


def known_readings(user: User, about: Whom) -> dict[str, Reading]:
    """Every number that records give the user of those who are assessed, by id."""
    if about is Whom.UNIT:
        return {one.id: Reading(one.label, one.unit, one.is_rate) for one in UNIT_RECORDS.values()}
    return {one.id: Reading(one.label, one.unit, one.ratio_of is not None) for one in metrics_for(user)}


def read_units(
    user: User, indicator: Indicator, units: Sequence[Unit], period: Period, place: str
) -> dict[int, Number]:
    """The indicator's number of each unit. Raises NotPermitted for who does not see all that is counted."""
    record = UNIT_RECORDS[indicator.reading]
    require(user, record.permission, place)
    counts = record.read(user, units, period)
    nothing = (0, 0) if record.is_rate else (0, None)
    return {
        unit.pk: _number(record.label, record.unit, *counts.get(unit.pk, nothing), is_money=False)
        for unit in units
    }


def read_townships(
    user: User, indicator: Indicator, regions: Sequence[Region], period: Period, place: str
) -> dict[int, Number]:
    """The indicator's number of each township of a county; raises NotPermitted like ``read_units``.

    Raises SituationForbids for a number that the county's ledger no longer gives.
    """
    metric = metric_for(user, indicator.reading)
    if metric is None:
        raise SituationForbids(
            f"“{indicator.title}”的口径“{indicator.reading}”现在没有了（那本台账停用了，或者改了定义），"
            "没有算。请把台账的口径补上，或者改用人工打分的方案。"
        )
    _require_all(user, metric, place)
    figures = {one.code: one.figure for one in by_region(metric, user, place, None)}
    none = Figure(0, 0 if metric.ratio_of else None, bool(metric.sum_of))
    numbers = {}
    for region in regions:
        figure = figures.get(region.code, none)
        numbers[region.pk] = _number(
            metric.label, metric.unit, figure.count, figure.of, is_money=figure.is_money
        )
    return numbers


def _require_all(user: User, metric: Metric, place: str) -> None:
    if not permits(user, metric.permission, place):
        raise NotPermitted(
            f"“{metric.label}”要有全县“{metric.permission.label}”的权限才数得全，没有算。请有权限的同事来算。"
        )


def _number(label: str, unit: str, count: int, of: int | None, *, is_money: bool) -> Number:
    shown = [_amount(each, is_money) for each in (count, of) if each is not None]
    if of is None:
        value = Decimal(count) / _FEN if is_money else Decimal(count)
        return Number(value, f"{label} {shown[0]} {unit}")
    if of == 0:
        return Number(None, f"{label}：{shown[0]} / 0，没有可算的")
    value = (Decimal(count) * 100 / of).quantize(_FOUR, ROUND_HALF_UP)
    rate = said(value.quantize(_CENT, ROUND_HALF_UP))
    return Number(value, f"{label} {shown[0]} / {shown[1]} = {rate}%")


def _amount(count: int, is_money: bool) -> str:
    return f"{Decimal(count) / _FEN:,.2f}" if is_money else f"{count:,}"


def list_address(user: User, about: Whom, reading: str, unit: Unit | None, region: Region | None) -> str:
    """Where the counted rows are listed today; empty for who may not open that list."""
    if about is Whom.UNIT and unit is not None:
        record = UNIT_RECORDS[reading]
        return record.list_url(unit) if places_of(user, record.permission) else ""
    metric = metric_for(user, reading)
    if metric is None or region is None:
        return ""
    return metric_list(metric, user, region.code, None)

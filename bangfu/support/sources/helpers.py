"""What helpers owe their households, by what a household was on each day (C-041, C-187).

A household is watched from its enrolment until its risk was removed: from the day of the county's approval
where a case says so, else from the first of the month that the register has. Before and after it is what
it is without: a registered household or a general one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from bangfu.duties.registry import Owing
from bangfu.households.enums import HouseholdType
from bangfu.households.models import Household, Pairing
from bangfu.monitoring.enums.cases import CaseKind
from bangfu.monitoring.models import Case
from bangfu.support.sources.narrowing import Holders, of_these, overlapping

Days = tuple[date, date | None]
"""The first and the last day, both included; None: no end."""
_DAY = timedelta(days=1)
_REGISTERED = Q(household__household_type=HouseholdType.REGISTERED)
_FIELDS = ("household", "helper__party__subject", "household__subject", "household__place")
_PIECE = 5000


def helper_monitored(start: date, end: date, holders: Holders = None) -> Iterable[Owing]:
    """Helpers to their monitored households, for the days on which these were watched."""
    rows = _pairings(start, end, holders).filter(household__monitored_category__gt="")
    watched = _watched(rows)
    for household, *rest, first, last in _values(rows):
        if household in watched:
            yield from _owed(rest, inside((first, last), watched[household]))


def helper_relieved(start: date, end: date, holders: Holders = None) -> Iterable[Owing]:
    """Helpers to registered households, for the days on which these were not watched."""
    return _unwatched(_pairings(start, end, holders).filter(_REGISTERED))


def helper_general(start: date, end: date, holders: Holders = None) -> Iterable[Owing]:
    """Helpers to households that are not registered, for the days on which these were not watched."""
    return _unwatched(_pairings(start, end, holders).filter(~_REGISTERED))


def _pairings(start: date, end: date, holders: Holders) -> QuerySet[Pairing]:
    rows = Pairing.objects.filter(overlapping(start, end), helper__party__isnull=False)
    found: QuerySet[Pairing] = of_these(rows, "helper__party__subject", holders)
    return found


def _unwatched(rows: QuerySet[Pairing]) -> Iterator[Owing]:
    watched = _watched(rows.filter(household__monitored_category__gt=""))
    for household, *rest, first, last in _values(rows):
        days = (first, last)
        free = outside(days, watched[household]) if household in watched else (days,)
        yield from _owed(rest, free)


def _values(rows: QuerySet[Pairing]) -> Iterator[Any]:
    return iter(rows.order_by().values_list(*_FIELDS, "valid_from", "valid_to").iterator(chunk_size=_PIECE))


def _owed(rest: list[Any], spans: Iterable[Days]) -> Iterator[Owing]:
    holder, target, place = rest
    for first, last in spans:
        yield Owing(holder, target, place, first, last)


def _watched(rows: QuerySet[Pairing]) -> dict[int, Days]:
    """The days on which the households of these pairings were watched; two statements."""
    homes = Household.objects.filter(pk__in=rows.order_by().values("household"))
    approved = _approvals(homes)
    found: dict[int, Days] = {}
    fields = ("pk", "identified_month", "risk_removed", "removed_month")
    for pk, identified, removed, removed_month in homes.order_by().values_list(*fields):
        begun = _exact(approved.get((pk, CaseKind.IDENTIFICATION)), identified) or date.min
        if not removed:
            found[pk] = (begun, None)
        elif (gone := _exact(approved.get((pk, CaseKind.REMOVAL)), removed_month)) and gone > begun:
            # 消除时间没有登记的，不知道看到哪天为止：当作没有在监测
            found[pk] = (begun, gone - _DAY)
    return found


def _approvals(homes: QuerySet[Household]) -> dict[tuple[int, str], date]:
    """The latest day of approval of a household, by what was approved."""
    cases = Case.objects.filter(household__in=homes.order_by().values("pk"), approval__isnull=False)
    rows = cases.order_by("approval__approved_on").values_list("household", "kind", "approval__approved_on")
    return {(household, kind): day for household, kind, day in rows}


def _exact(approved: date | None, month: date | None) -> date | None:
    """The day of the paper, if it is of the month that the register has; else that month's first."""
    if approved is not None and month is not None and approved.replace(day=1) == month:
        return approved
    return month


def inside(days: Days, span: Days) -> Iterator[Days]:
    """The part of ``days`` that lies in the span."""
    first, last = max(days[0], span[0]), _earlier(days[1], span[1])
    if last is None or first <= last:
        yield first, last


def outside(days: Days, span: Days) -> Iterator[Days]:
    """The parts of ``days`` before and after the span."""
    if days[0] < span[0]:
        yield days[0], _earlier(days[1], span[0] - _DAY)
    if span[1] is not None:
        yield from inside(days, (span[1] + _DAY, None))


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(filter(None, (one, other)), default=None)

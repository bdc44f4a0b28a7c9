"""How long notices took to be allocated, in working days, and their points (facts 3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import within
from bangfu.core.money import MoneyField
from bangfu.core.parameters import value
from bangfu.funds.enums.figures import FlowKind, Timing
from bangfu.funds.models import Allocation, Entry, FundSource
from bangfu.funds.queries.flows import condition, ruled
from bangfu.workflow.calendars import WorkCalendar, calendar_now
from bangfu.workflow.definition.model import LimitUnit

_CENT = Decimal("0.01")
_HUNDRED = 100


@dataclass(frozen=True)
class Scale:
    """Full points up to ``full`` working days, none after ``zero``, in between in proportion."""

    full: int
    zero: int
    points: Decimal

    def points_of(self, days: int) -> Decimal:
        """The points of so many working days, to a hundredth."""
        if days <= self.full:
            return self.points
        left = max(self.zero - days, 0)
        return (self.points * left / max(self.zero - self.full, 1)).quantize(_CENT, ROUND_HALF_UP)

    def timing_of(self, days: int) -> Timing:
        """Which of the three ranges the days lie in."""
        if days <= self.full:
            return Timing.FULL
        return Timing.PARTLY if days <= self.zero else Timing.ZERO


@dataclass(frozen=True)
class Timed:
    """A notice, the last day that counts, the working days until then and their points."""

    source: FundSource
    until: date
    days: int
    points: Decimal
    timing: Timing


def _scales(name: str, year: int | None, scale: int = 1) -> Case:
    """A parameter of the scale, times ``scale``, beside each source by its county and year."""
    found = [
        When(place=place, year=of, then=Value(int(value(name, on=day, place=place) * scale)))
        for place, of, day in ruled(year)
    ]
    return Case(*found, default=Value(0))


def sources_of_year(user: User, place: str, on: date) -> QuerySet[FundSource]:
    """The notices of the year of ``on`` that had come by then."""
    rows = sources_checked(user, on.year).filter(year=on.year, received_on__lte=on)
    return rows.filter(within("place", place)) if place else rows


def sources_checked(user: User, year: int | None = None) -> QuerySet[FundSource]:
    """The notices in reach with their last allocation, what is not allocated, and the scale they go by.

    ``year`` spares reading the scales of other years.
    """
    rows: QuerySet[FundSource] = FundSource.objects.visible_to(user, Permission.FUND_VIEW)
    last = Allocation.objects.filter(source=OuterRef("pk")).order_by("-on").values("on")[:1]
    rest = F("account__amount") - F("account__used")
    return rows.select_related("account", "region").annotate(
        rest=rest,
        last_on=Subquery(last),
        full_days=_scales("fund_allocation_full_days", year),
        zero_days=_scales("fund_allocation_zero_days", year),
        full_points=_scales("fund_allocation_points", year, _HUNDRED),
    )


def timed(sources: QuerySet[FundSource], today: date) -> list[Timed]:
    """Checked sources: until the last allocation when all is allocated, else until today."""
    calendar = calendar_now()
    return [timed_by(source, today, calendar) for source in sources]


def timed_by(source: FundSource, today: date, calendar: WorkCalendar) -> Timed:
    """One checked source by a calendar."""
    row: Any = source
    scale = Scale(row.full_days, row.zero_days, Decimal(row.full_points) / _HUNDRED)
    last: date | None = row.last_on
    until = last if last is not None and source.account.rest == 0 else today
    days = calendar.between(source.received_on, until, LimitUnit.WORKING)
    return Timed(source, until, days, scale.points_of(days), scale.timing_of(days))


def mean_points(timed: list[Timed]) -> Decimal | None:
    """The points of the county: of its notices weighted by their amounts; None without a notice."""
    whole = sum(each.source.account.amount for each in timed)
    if not whole:
        return None
    weighted = sum((each.points * each.source.account.amount for each in timed), Decimal(0))
    return (weighted / whole).quantize(_CENT, ROUND_HALF_UP)


def narrowed_by_timing(rows: QuerySet[FundSource], timing: str, today: date) -> QuerySet[FundSource]:
    """Those of checked sources that lie in one range of time."""
    return rows.filter(pk__in=[each.source.pk for each in timed(rows, today) if each.timing == timing])


def over_management(rows: QuerySet[FundSource], year: int | None = None) -> QuerySet[FundSource]:
    """Those of sources of which more went to management than their county allows of each (rule 159)."""
    entries = Entry.objects.filter(condition(FlowKind.MANAGEMENT, year), source=OuterRef("pk"))
    spent = entries.order_by().values("source")
    managed = Coalesce(Subquery(spent.annotate(sum=Sum("fen")).values("sum")), 0, output_field=MoneyField())
    above = Q(pk__in=())
    for place, of, day in ruled(year):
        most = int(Decimal(value("fund_management_share", on=day, place=place)) * _HUNDRED)
        above |= Q(place=place, year=of, managed__gt=F("account__amount") * most / _HUNDRED**2)
    return rows.annotate(managed=managed).filter(above)

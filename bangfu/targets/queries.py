"""Readers: targets in reach, and every place and period of them with what was reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import Http404

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.queries import regions_where, units_around
from bangfu.access.scope import get_visible, places_of, within_any
from bangfu.core.models import Region, RegionLevel
from bangfu.core.models.region import CODE_LENGTHS, COUNTY_LENGTH, county_of
from bangfu.targets.enums import Cut, How, Side, TargetState
from bangfu.targets.models import RecordReading, Target, TargetActual, TargetLine
from bangfu.targets.periods import Period, periods_of, running, year_before

_VIEW, _MANAGE = Permission.TARGET_VIEW, Permission.TARGET_MANAGE
_TENTH = Decimal("0.1")


def targets_seen(user: User) -> QuerySet[Target]:
    """Every target of the regions in reach, and those of the county in which a person works."""
    rows: QuerySet[Target] = Target.objects.filter(_reach(user))
    return rows.select_related("region", "unit")


def _reach(user: User) -> Q:
    places = places_of(user, _VIEW)
    around = {
        place[:length] for place in places for length in CODE_LENGTHS.values() if length >= COUNTY_LENGTH
    }
    return within_any("place", places) | Q(place__in=around)


def target_seen(user: User, uid: UUID) -> Target:
    """One target; raises Http404 outside the reach."""
    found = targets_seen(user).select_related("subject").filter(uid=uid).first()
    if found is None:
        raise Http404("这里没有您要的目标，或者它不在您管的范围里。")
    return found


def target_managed(user: User, uid: UUID) -> Target:
    """One target that the user may change; raises Http404 for any other."""
    rows = Target.objects.select_related("region", "unit", "subject")
    found: Target = get_visible(rows, user, _MANAGE, uid=uid)
    return found


def regions_to_set(user: User) -> QuerySet[Region]:
    """Where the user may set targets."""
    return regions_where(user, _MANAGE).select_related("parent")


def counties_to_read(user: User) -> QuerySet[Region]:
    """The counties whose records the user may read for targets."""
    reach = within_any("code", places_of(user, _MANAGE))
    return Region.objects.filter(reach, level=RegionLevel.COUNTY, valid_to=None).order_by("code")


def units_to_charge(user: User) -> QuerySet[Unit]:
    """Units that can answer for a target."""
    return units_around(user, _MANAGE)


def regions_below(target: Target, level: int) -> list[Region]:
    """The regions of a level in a target's region."""
    rows = Region.objects.filter(code__startswith=target.place, level=level, valid_to=None)
    return list(rows.exclude(code=target.place).order_by("code"))


@dataclass(frozen=True)
class Cell:
    """A place in a period: how much was wanted and reached; the same time of the year before."""

    wanted: Decimal | None
    reached: Decimal | None
    before: Decimal | None
    side: Side
    is_over: bool

    @property
    def percent(self) -> Decimal | None:
        """What was reached, of what was wanted."""
        if self.reached is None or not self.wanted:
            return None
        return (self.reached * 100 / self.wanted).quantize(_TENTH, ROUND_HALF_UP)

    @property
    def is_met(self) -> bool | None:
        """Whether it is reached; None where nothing is wanted or known."""
        if self.reached is None or self.wanted is None:
            return None
        return self.reached >= self.wanted if self.side is Side.AT_LEAST else self.reached <= self.wanted

    @property
    def is_behind(self) -> bool:
        """Whether the time is over and it was not reached, or a limit is exceeded at any time."""
        return self.is_met is False and (self.is_over or self.side is Side.AT_MOST)

    @property
    def change(self) -> Decimal | None:
        """More or less than a year before."""
        return None if self.reached is None or self.before is None else self.reached - self.before


class Line(NamedTuple):
    """What a place is to reach; ``parts`` as text, empty if it is not split over time."""

    place: str
    name: str
    amount: Decimal
    parts: str


@dataclass(frozen=True)
class Row:
    """A line with its cells by period, and the one of the whole time."""

    line: Line
    cells: list[Cell]
    whole: Cell


class Known:
    """What is known month by month of a record, or of what was typed."""

    def __init__(self, values: Mapping[str, Mapping[date, Decimal]], *, is_record: bool) -> None:
        self.values = values
        self.months = sorted({month for months in values.values() for month in months})
        self.is_record = is_record
        self._reached: dict[tuple[str, How, date, date], tuple[date, Decimal] | None] = {}

    def at(self, place: str, month: date) -> Decimal | None:
        """The number at the end of a month; where the county was counted, a region without rows has none."""
        found = self.values.get(place, {}).get(month)
        if found is None and self.is_record and month in self.values.get(county_of(place), {}):
            return Decimal(0)
        return found

    def reached(self, place: str, how: How, first: Period, last: Period) -> tuple[date, Decimal] | None:
        """What stands at the end of a time as far as is known, or came about in it; until which month."""
        key = (place, how, first.starts_on, last.ends_on)
        if key not in self._reached:
            self._reached[key] = self._reach(place, how, first, last)
        return self._reached[key]

    def _reach(self, place: str, how: How, first: Period, last: Period) -> tuple[date, Decimal] | None:
        end = self._newest(place, first.starts_on.replace(day=1), last.month)
        if end is None or how is How.LEVEL:
            return end
        opening = self.at(place, first.month_before)
        if opening is None:
            return None if self.is_record else end
        return end[0], end[1] - opening

    def _newest(self, place: str, since: date, until: date) -> tuple[date, Decimal] | None:
        for month in reversed(self.months):
            if since <= month <= until:
                found = self.at(place, month)
                if found is not None:
                    return month, found
        return None


@dataclass(frozen=True)
class Board:
    """A target, its lines (its own region first) and what is known; ``now`` is the period that runs."""

    target: Target
    periods: Sequence[Period]
    lines: Sequence[Line]
    known: Known
    today: date

    @property
    def now(self) -> int | None:
        """Which period runs."""
        return running(self.periods, self.today)

    @property
    def taken(self) -> date | None:
        """The last month of which something is known."""
        return self.known.months[-1] if self.known.months else None

    @cached_property
    def own(self) -> Row:
        """The row of the target's own region."""
        return self._row(self.lines[0])

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of all places."""
        return [self.own, *(self._row(line) for line in self.lines[1:])]

    @cached_property
    def behind(self) -> list[Line]:
        """The places behind at the end of the last period that is over; of limits, of the one that runs."""
        side, how = Side(self.target.side), How(self.target.how)
        over = [at for at, one in enumerate(self.periods) if one.ends_on < self.today]
        last = self.now if side is Side.AT_MOST else over[-1] if over else None
        if last is None:
            return []
        return [line for line in self.lines[1:] if self._is_behind(line, last, how, side)]

    def _is_behind(self, line: Line, last: int, how: How, side: Side) -> bool:
        found = self.known.reached(line.place, how, self.periods[0], self.periods[last])
        wanted = self._wanted_by(line, last, how)
        if found is None or wanted is None:
            return False
        return found[1] < wanted if side is Side.AT_LEAST else found[1] > wanted

    def _wanted_by(self, line: Line, last: int, how: How) -> Decimal | None:
        if not line.parts:
            return line.amount if last == len(self.periods) - 1 else None
        if how is How.LEVEL:
            return Decimal(line.parts.split()[last])
        return sum(map(Decimal, line.parts.split()[: last + 1]), Decimal(0))

    def _row(self, line: Line) -> Row:
        parts = [Decimal(part) for part in line.parts.split()]
        cells = [
            self._cell(line.place, parts[at] if parts else None, one, one)
            for at, one in enumerate(self.periods)
        ]
        return Row(line, cells, self._cell(line.place, line.amount, self.periods[0], self.periods[-1]))

    def _cell(self, place: str, wanted: Decimal | None, first: Period, last: Period) -> Cell:
        how, side = How(self.target.how), Side(self.target.side)
        found = self.known.reached(place, how, first, last) if first.starts_on <= self.today else None
        before = None
        if found is not None:
            was = self.known.at(place, year_before(found[0]))
            opening = self.known.at(place, year_before(first.month_before))
            opening = opening if how is How.GROWTH else Decimal(0)
            before = was - opening if was is not None and opening is not None else None
        return Cell(wanted, found[1] if found else None, before, side, last.ends_on < self.today)


def boards(user: User, targets: Iterable[Target], today: date) -> list[Board]:
    """Every target with the places in the user's reach; as many queries for one as for all."""
    targets = list(targets)
    lines, records, typed = _lines(user, targets), _records(targets), _typed(targets)
    return [
        Board(
            one,
            periods_of(one.year, one.years, Cut(one.cut)),
            lines[one.pk],
            records[one.reading] if one.reading else typed[one.pk],
            today,
        )
        for one in targets
    ]


def _lines(user: User, targets: Sequence[Target]) -> dict[int, list[Line]]:
    seen = within_any("place", places_of(user, _VIEW)) | Q(region=F("target__region"))
    rows = TargetLine.objects.filter(seen, target__in=[one.pk for one in targets]).order_by("place")
    found: dict[int, list[Line]] = defaultdict(list)
    for key, *line in rows.values_list("target", "place", "region__name", "amount", "parts"):
        found[key].append(Line(*line))
    for one in targets:
        found[one.pk].sort(key=lambda line: (line.place != one.place, line.place))
    return found


def _records(targets: Sequence[Target]) -> dict[str, Known]:
    wanted = {one.reading for one in targets if one.reading}
    counties = {county_of(one.place) for one in targets}
    rows = RecordReading.objects.filter(within_any("place", counties), reading__in=wanted)
    values: dict[str, dict[str, dict[date, Decimal]]] = {id: {} for id in wanted}
    for id, place, numbers in rows.values_list("reading", "place", "numbers"):
        values[id][place] = {
            date.fromisoformat(f"{month}-01"): Decimal(number) for month, number in numbers.items()
        }
    return {id: Known(known, is_record=True) for id, known in values.items()}


def _typed(targets: Sequence[Target]) -> dict[int, Known]:
    values: dict[int, dict[str, dict[date, Decimal]]] = {one.pk: defaultdict(dict) for one in targets}
    rows = TargetActual.objects.filter(target__in=list(values))
    for key, place, month, value in rows.values_list("target", "place", "month", "value"):
        values[key][place][month] = value
    return {key: Known(known, is_record=False) for key, known in values.items()}


def live_targets(user: User, year: int) -> list[Target]:
    """The targets in force that have to do with a year."""
    rows = targets_seen(user).filter(state=TargetState.LIVE, year__lte=year).order_by("place", "id")
    return [one for one in rows if one.year + one.years > year]


def years_seen(user: User) -> list[int]:
    """The years of which the user sees targets, the newest first."""
    spans = targets_seen(user).order_by().values_list("year", "years").distinct()
    return sorted({year + at for year, years in spans for at in range(years)}, reverse=True)

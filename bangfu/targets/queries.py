"""Readers: targets in reach, and every place and period of them with what was reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import Http404

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.queries import regions_where
from bangfu.access.scope import get_visible, places_of, within_any
from bangfu.core.models import Region, RegionLevel
from bangfu.core.models.region import CODE_LENGTHS
from bangfu.targets.enums import Cut, How, Side, TargetState
from bangfu.targets.models import RecordReading, Target, TargetActual, TargetLine
from bangfu.targets.periods import Period, periods_of, running, year_before

_VIEW, _MANAGE = Permission.TARGET_VIEW, Permission.TARGET_MANAGE
_COUNTY = CODE_LENGTHS[RegionLevel.COUNTY]
_TENTH = Decimal("0.1")


def targets_seen(user: User) -> QuerySet[Target]:
    """Every target of the regions in reach, and those of the county in which a person works."""
    rows: QuerySet[Target] = Target.objects.filter(_reach(user))
    return rows.select_related("region", "unit")


def _reach(user: User) -> Q:
    places = places_of(user, _VIEW)
    around = {place[:length] for place in places for length in CODE_LENGTHS.values() if length >= _COUNTY}
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
    counties = {place[:_COUNTY] for place in places_of(user, _MANAGE)}
    return Unit.objects.filter(within_any("place", counties), is_active=True).order_by("kind", "name")


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


@dataclass(frozen=True)
class Row:
    """A line with its cells by period, and the one of the whole time."""

    line: TargetLine
    cells: list[Cell]
    whole: Cell


@dataclass(frozen=True)
class Board:
    """A target with its rows, its own region first; ``now`` is the running period, ``taken`` the last
    month of which something is known.
    """

    target: Target
    periods: Sequence[Period]
    now: int | None
    rows: list[Row]
    taken: date | None

    @property
    def own(self) -> Row:
        """The row of the target's own region."""
        return self.rows[0]

    @property
    def behind(self) -> list[Row]:
        """The places behind in the last period that is over or, of limits, in the one that runs."""
        return [row for row in self.rows[1:] if any(cell.is_behind for cell in row.cells)]


class _Known:
    """What is known month by month of a record or of what was typed."""

    def __init__(self, values: Mapping[tuple[str, date], Decimal], *, is_record: bool) -> None:
        self.values = values
        self.months = sorted({month for _, month in values})
        self.is_record = is_record

    def at(self, place: str, month: date) -> Decimal | None:
        """The number at the end of a month; where the county was counted, a region without rows has none."""
        found = self.values.get((place, month))
        if found is None and self.is_record and (place[:_COUNTY], month) in self.values:
            return Decimal(0)
        return found

    def last(self, place: str, first: date, until: date) -> tuple[date, Decimal] | None:
        """The last month from one to another of which a number is known, and the number."""
        for month in reversed(self.months):
            if first <= month <= until:
                found = self.at(place, month)
                if found is not None:
                    return month, found
        return None

    def reached(self, place: str, how: How, starts: Period, ends: Period) -> tuple[date, Decimal] | None:
        """What stands at the end of a time as far as it is known, or came about in it."""
        end = self.last(place, starts.starts_on.replace(day=1), ends.month)
        if end is None or how is How.LEVEL:
            return end
        opening = self.at(place, starts.month_before)
        if opening is None:
            return (end[0], end[1]) if not self.is_record else None
        return end[0], end[1] - opening


def boards(user: User, targets: Iterable[Target], today: date) -> list[Board]:
    """Every target with the places in the user's reach; as many queries for one as for all."""
    targets = list(targets)
    keys = [target.pk for target in targets]
    lines: dict[int, list[TargetLine]] = defaultdict(list)
    seen = within_any("place", places_of(user, _VIEW)) | Q(region=F("target__region"))
    for line in TargetLine.objects.filter(seen, target__in=keys).select_related("region").order_by("place"):
        lines[line.target_id].append(line)
    records, typed = _records(targets), _typed(keys)
    return [_board(one, lines[one.pk], records.get(one.reading) or typed[one.pk], today) for one in targets]


def _records(targets: Sequence[Target]) -> dict[str, _Known]:
    wanted = {one.reading for one in targets if one.reading}
    counties = {one.place[:_COUNTY] for one in targets}
    rows = RecordReading.objects.filter(within_any("place", counties), reading__in=wanted)
    values: dict[str, dict[tuple[str, date], Decimal]] = {id: {} for id in wanted}
    for id, place, month, value in rows.values_list("reading", "place", "month", "value"):
        values[id][place, month] = value
    return {id: _Known(known, is_record=True) for id, known in values.items()}


def _typed(keys: Sequence[int]) -> dict[int, _Known]:
    values: dict[int, dict[tuple[str, date], Decimal]] = {key: {} for key in keys}
    rows = TargetActual.objects.filter(target__in=keys)
    for key, place, month, value in rows.values_list("target", "place", "month", "value"):
        values[key][place, month] = value
    return {key: _Known(known, is_record=False) for key, known in values.items()}


def _board(target: Target, lines: list[TargetLine], known: _Known, today: date) -> Board:
    periods = periods_of(target.year, target.years, Cut(target.cut))
    lines.sort(key=lambda line: (line.region_id != target.region_id, line.place))
    rows = [_row(target, line, periods, known, today) for line in lines]
    end = known.months[-1] if known.months else None
    return Board(target, periods, running(periods, today), rows, end)


def _row(target: Target, line: TargetLine, periods: Sequence[Period], known: _Known, today: date) -> Row:
    parts = [Decimal(part) for part in line.parts]
    cells = [
        _cell(target, line.place, parts[at] if parts else None, one, one, known, today)
        for at, one in enumerate(periods)
    ]
    return Row(line, cells, _cell(target, line.place, line.amount, periods[0], periods[-1], known, today))


def _cell(
    target: Target,
    place: str,
    wanted: Decimal | None,
    first: Period,
    last: Period,
    known: _Known,
    today: date,
) -> Cell:
    how, side = How(target.how), Side(target.side)
    found = known.reached(place, how, first, last) if first.starts_on <= today else None
    before = None
    if found is not None:
        end = year_before(found[0])
        was = known.at(place, end)
        opening = known.at(place, year_before(first.month_before)) if how is How.GROWTH else Decimal(0)
        before = was - opening if was is not None and opening is not None else None
    return Cell(wanted, found[1] if found else None, before, side, last.ends_on < today)


def live_targets(user: User, year: int) -> list[Target]:
    """The targets in force that have to do with a year."""
    rows = targets_seen(user).filter(state=TargetState.LIVE, year__lte=year).order_by("place", "id")
    return [one for one in rows if one.year + one.years > year]


def years_seen(user: User) -> list[int]:
    """The years of which the user sees targets, the newest first."""
    spans = targets_seen(user).order_by().values_list("year", "years").distinct()
    return sorted({year + at for year, years in spans for at in range(years)}, reverse=True)

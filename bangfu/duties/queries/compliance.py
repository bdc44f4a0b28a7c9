"""How much of what was owed is done, by region and by unit: works, never people (C-019, C-041)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import Substr

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import within
from bangfu.duties.enums import DueState
from bangfu.duties.models import DueItem
from bangfu.duties.queries.items import in_state

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Tally:
    """How many items stand how."""

    counts: Mapping[DueState, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def rate(self) -> Decimal | None:
        """Per cent done of what is done or overdue, one decimal half up; None while nothing is either."""
        done, missed = self.counts[DueState.DONE], self.counts[DueState.OVERDUE]
        if done + missed == 0:
            return None
        return (Decimal(done) * 100 / (done + missed)).quantize(_TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Asked:
    """Which items: windows that begin in a year, of one duty (empty: all), in a place (empty: all)."""

    year: int
    duty: str
    place: str

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day on which a window may begin."""
        return date(self.year, 1, 1), date(self.year, 12, 31)


def items_asked(user: User, asked: Asked) -> QuerySet[DueItem]:
    """The items counted, as far as the person reaches them."""
    rows = DueItem.objects.visible_to(user, Permission.DUTY_VIEW).filter(window_start__range=asked.days)
    if asked.duty:
        rows = rows.filter(template__code=asked.duty)
    return rows.filter(within("place", asked.place)) if asked.place else rows


@dataclass(frozen=True)
class Counted:
    """The tallies of regions by code, of units in the order of their places and names, and of all."""

    regions: dict[str, Tally]
    units: list[tuple[Unit | None, Tally]]
    whole: Tally


def count_items(rows: QuerySet[DueItem], codes: Iterable[str], today: date) -> Counted:
    """The tallies of each region in ``codes`` and of each unit; the items are walked once."""
    lengths = sorted({len(code) for code in codes})
    regions: dict[str, list[int]] = defaultdict(_none)
    units: dict[int | None, list[int]] = defaultdict(_none)
    whole = _none()
    for place, unit, *numbers in _groups(rows, lengths[-1] if lengths else 1, today):
        sums = [whole, units[unit], *(regions[place[:length]] for length in lengths)]
        for position, number in enumerate(numbers):
            if number:
                for held in sums:
                    held[position] += number
    tallies = {code: _tally(counts) for code, counts in regions.items()}
    return Counted(tallies, _named(units), _tally(whole))


def _none() -> list[int]:
    """No item in any state, in the order of the states."""
    return [0] * len(DueState)


def _tally(counts: Iterable[int]) -> Tally:
    return Tally(dict(zip(DueState, counts, strict=True)))


def _groups(rows: QuerySet[DueItem], length: int, today: date) -> Iterable[tuple[Any, ...]]:
    """By place (its first digits) and unit, how many items stand how, in the order of the states."""
    # 前面加字，免得和字段 done 同名
    counts = {f"in_{state}": Count("place", filter=in_state(state, today)) for state in DueState}
    keys = ("region", "holder__duty_holder__unit")
    grouped = rows.order_by().annotate(region=Substr("place", 1, length)).values(*keys).annotate(**counts)
    return grouped.values_list(*keys, *counts)


def _named(units: Mapping[int | None, list[int]]) -> list[tuple[Unit | None, Tally]]:
    known = Unit.objects.filter(pk__in=units.keys() - {None}).order_by("place", "name")
    named: list[tuple[Unit | None, Tally]] = [(unit, _tally(units[unit.pk])) for unit in known]
    return [*named, (None, _tally(units[None]))] if None in units else named


def years_with_items() -> list[int]:
    """The years from the first window's to the last one's, the newest first."""
    ends = DueItem.objects.aggregate(first=Min("window_start"), last=Max("window_start"))
    if ends["first"] is None:
        return []
    return list(range(ends["last"].year, ends["first"].year - 1, -1))

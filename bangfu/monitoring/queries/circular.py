"""The numbers of a month's circular as they were known then: from the month-end snapshot (C-048).

What was recorded later about that month does not change them; the same snapshot gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of
from bangfu.core.models import Region
from bangfu.core.parameters import value
from bangfu.households.models import Snapshot
from bangfu.households.snapshots.reading import COUNTY_DIGITS, kept_months, read_snapshot
from bangfu.monitoring.queries.circular_figures import FIGURES, CircularFigure, Month, Row

DATASETS = ("clues", "cases")
ELSEWHERE = "-"
"""The line of places that are in no region below: merged since, or the region's own."""


@dataclass(frozen=True)
class CircularLine:
    """The numbers of one region, by figure id."""

    code: str
    name: str
    numbers: dict[str, int]


@dataclass(frozen=True)
class Circular:
    """A month's numbers: the regions in the order of their codes, and all together.

    ``digest`` names the snapshot they were counted from, ``smallest`` the least number that is published.
    """

    month: date
    place: str
    lines: tuple[CircularLine, ...]
    whole: CircularLine
    digest: str
    smallest: int


def circular_months() -> list[date]:
    """The months that can be told: those with a snapshot of cases, the newest first."""
    return kept_months("cases")


def count_circular(
    user: User, month: date, place: str, place_name: str, regions: Sequence[Region]
) -> Circular:
    """The circular of ``place`` (empty: the whole scope), split by ``regions`` below it.

    Raises SituationForbids when a file of the snapshot is no longer there.
    """
    rows = {name: rows_then(user, name, month, place) for name in DATASETS}
    names = {region.code: region.name for region in sorted(regions, key=lambda one: one.code)}
    split = {code: {name: _within(rows[name], code) for name in DATASETS} for code in names}
    lines = [CircularLine(code, names[code], _numbers(split[code], month)) for code in names]
    whole = CircularLine("", place_name, _numbers(rows, month))
    rest = {one.id: whole.numbers[one.id] - sum(line.numbers[one.id] for line in lines) for one in FIGURES}
    if names and any(rest.values()):
        lines.append(CircularLine(ELSEWHERE, "其他（区划已变）", rest))
    return Circular(month, place, tuple(lines), whole, _digest(month, place), _smallest(month, place))


def rows_then(user: User, dataset: str, month: date, place: str) -> list[Row]:
    """The rows of a snapshot in ``place`` (empty: the whole scope), as far as the user counts there."""
    granted = places_of(user, Permission.METRIC_VIEW)
    reach = [place] if any(place.startswith(grant) for grant in granted) else []
    found: list[Row] = read_snapshot(dataset, month, reach if place else granted).to_pylist()
    return found


def counted_rows(user: User, figure: CircularFigure, month: date, place: str) -> list[Row]:
    """The rows behind a figure: exactly those that it counts."""
    then = Month(month)
    return [row for row in rows_then(user, figure.dataset, month, place) if figure.counts(row, then)]


def _within(rows: list[Row], code: str) -> list[Row]:
    return [row for row in rows if row["place"].startswith(code)]


def _numbers(rows: dict[str, list[Row]], month: date) -> dict[str, int]:
    then = Month(month)
    return {one.id: sum(one.counts(row, then) for row in rows[one.dataset]) for one in FIGURES}


def _smallest(month: date, place: str) -> int:
    return int(value("circular_smallest_shown", on=month, place=place))


def _digest(month: date, place: str) -> str:
    """The beginnings of the fingerprints of the files, by county and dataset."""
    kept = Snapshot.objects.filter(month=month, dataset__in=DATASETS).order_by("place", "dataset")
    if place:
        kept = kept.filter(place=place[:COUNTY_DIGITS])
    return " ".join(digest[:8] for digest in kept.values_list("digest", flat=True))

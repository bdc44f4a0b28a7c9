"""Finds the header of a sheet and decides what the sheet is.

A sheet is what its header says, never what the file is called. The header stands on any of the first rows,
below titles and notes; it may be two rows (group title over column titles).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from bangfu.tabular.spec import ColumnSpec, Kind, SheetSpec
from bangfu.tabular.text import is_blank, plain
from bangfu.tabular.titles import (
    ROW_BREAK,
    aliases,
    is_serial,
    joined,
    money_factor,
    shown,
    shown_whole,
    taken,
)
from bangfu.tabular.units import sheet_unit

#: The header stands on one of the first ten rows.
HEADER_ROWS = 10

Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


@dataclass(frozen=True)
class Place:
    """Where a column's values stand: the sheet's column (from 0), its title as written, its unit word."""

    index: int
    title: str
    unit: str | None
    rank: int  # position of the spelling among the column's titles
    loose: int = 0  # see Title


@dataclass(frozen=True)
class Layout:
    """What a header says: the sheet's kind (or None, with the error), where each column stands."""

    spec: SheetSpec | None
    header_row: int | None  # from 0; of two rows the lower
    first_row: int | None  # of two rows the upper
    titles: tuple[str, ...] = ()
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    money_scale: Decimal = Decimal(1)
    error: str | None = None

    def scale(self, column: ColumnSpec, place: Place) -> Decimal:
        """The factor of the unit in the column's header (or above the table) to the column's own unit."""
        if column.kind is Kind.MONEY:
            factor = money_factor(place.unit) if place.unit else None
            return self.money_scale if factor is None else factor
        if place.unit and place.unit.lower() in column.units:
            return Decimal(repr(column.units[place.unit.lower()]))
        return Decimal(1)


def recognise(rows: Sequence[Sequence[Any]], specs: Sequence[SheetSpec], merged: Merged = ()) -> Layout:
    """Find the header among the first rows and the kind of sheet it announces.

    ``rows``: the first rows of the sheet, at least HEADER_ROWS + 1 if there are as many. ``merged``: merged
    ranges ((row, column), (row, column)), from 0, both ends included. The row (or pair of rows) that makes
    most columns known wins, the first of equals; titles that are known only with their group count twice.
    Two kinds that fit equally well are a tie: no kind, and an error that names both.
    """
    best: tuple[int, int, int] | None = None
    chosen: Layout | None = None
    for row, upper, titles in _candidates(rows, merged):
        fits = _fits(titles, specs)
        if not fits:
            continue
        score = max(fits.values())
        key = (score, -row, 1 if upper is None else 0)
        if best is None or key > best:
            best, chosen = key, _layout(row, upper, titles, fits, rows, specs)
    return chosen or Layout(None, None, None)


def choose(layout: Layout, chosen: Mapping[str, str]) -> Layout:
    """The layout with columns taken for what a person said.

    ``chosen``: title as a person reads it (both rows of a joined one) → column id, ``""`` to pass it over. A
    column that a person names stands there alone; ids that the sheet has not are passed over as well.
    """
    if layout.spec is None or not chosen:
        return layout
    known = {column.id for column in layout.spec.columns}
    named = {i: chosen[shown_whole(t)] for i, t in enumerate(layout.titles) if shown_whole(t) in chosen}
    taken_over = set(named.values())
    places = {
        column: kept
        for column, listed in layout.places.items()
        if column not in taken_over and (kept := tuple(place for place in listed if place.index not in named))
    }
    for index, column in named.items():
        if column in known:
            title = layout.titles[index]
            place = Place(index, shown(title), taken(title).unit, 0)
            places[column] = (*places.get(column, ()), place)
    used = {place.index for listed in places.values() for place in listed}
    titles = enumerate(layout.titles)
    unknown = tuple(shown_whole(t) for i, t in titles if t and i not in used and not is_serial(t))
    return replace(layout, places=places, unknown=unknown)


def _candidates(
    rows: Sequence[Sequence[Any]], merged: Merged
) -> list[tuple[int, int | None, tuple[str, ...]]]:
    """Every row alone, and every pair joined: (last row, first row of a pair or None, titles)."""
    spread = _spread(rows, merged)
    found: list[tuple[int, int | None, tuple[str, ...]]] = []
    for row in range(min(HEADER_ROWS, len(rows))):
        filled = sum(not is_blank(cell) for cell in rows[row])
        if filled > 1:
            found.append((row, None, tuple(plain(cell) for cell in rows[row])))
        if filled and row + 1 < min(HEADER_ROWS, len(rows)):
            below = [plain(cell) for cell in rows[row + 1]]
            found.append((row + 1, row, joined(spread[row], below, _covered(row, merged))))
    return found


def _covered(row: int, merged: Merged) -> frozenset[int]:
    """The columns of a row that are part of a merged cell."""
    spans = [(left, right) for (top, left), (_bottom, right) in merged if top == row]
    return frozenset(column for left, right in spans for column in range(left, right + 1))


def _spread(rows: Sequence[Sequence[Any]], merged: Merged) -> list[list[str]]:
    """The first rows as text, merged titles repeated over the columns they cover."""
    text = [[plain(cell) for cell in row] for row in rows[: HEADER_ROWS + 1]]
    for (top, left), (_bottom, right) in merged:
        if top < len(text) and left < len(text[top]):
            for column in range(left + 1, min(right + 1, len(text[top]))):
                text[top][column] = text[top][column] or text[top][left]
    return text


def _fits(titles: Sequence[str], specs: Sequence[SheetSpec]) -> dict[str, int]:
    """The kinds of sheet that this header announces, each with how many of its columns it makes known."""
    found = {spec.id: places(titles, spec) for spec in specs}
    known = {f"{kind}.{column}" for kind, columns in found.items() for column in columns}
    fits = {}
    for spec in specs:
        columns = found[spec.id]
        if not all(any(column in columns for column in group) for group in spec.needs):
            continue
        if spec.deciding and not any(group <= columns.keys() for group in spec.deciding):
            continue
        if any(group <= known for group in spec.excluded_by):
            continue
        fits[spec.id] = _score(titles, columns)
    return fits


def _score(titles: Sequence[str], columns: Mapping[str, Sequence[Place]]) -> int:
    used = {place.index: place.loose for listed in columns.values() for place in listed}
    with_group = sum(ROW_BREAK in titles[index] and not loose for index, loose in used.items())
    return min(len(columns), len(used)) + with_group


def _layout(
    row: int,
    upper: int | None,
    titles: tuple[str, ...],
    fits: Mapping[str, int],
    rows: Sequence[Sequence[Any]],
    specs: Sequence[SheetSpec],
) -> Layout:
    first = row if upper is None else upper
    best = max(fits.values())
    winners = [spec for spec in specs if fits.get(spec.id) == best]
    if len(winners) > 1:
        both = "”和“".join(spec.title for spec in winners)
        error = f"表头同时像“{both}”，无法确定是哪一种名单。请删去不属于本名单的列后重新提交。"
        return Layout(None, row, first, titles, error=error)
    spec = winners[0]
    located = places(titles, spec)
    used = {place.index for listed in located.values() for place in listed}
    unknown = tuple(
        shown_whole(title)
        for index, title in enumerate(titles)
        if title and index not in used and not is_serial(title)
    )
    above = [plain(cell) for line in rows[:first] for cell in line if isinstance(cell, str)]
    return Layout(spec, row, first, titles, located, unknown, sheet_unit(above) or Decimal(1))


def places(titles: Sequence[str], spec: SheetSpec) -> dict[str, tuple[Place, ...]]:
    """Where each column of a kind of sheet stands in a header, best spelling first.

    A title known without its group counts only where no title is known as a whole.
    """
    listed = aliases(spec)
    found: dict[str, list[Place]] = {}
    for index, title in enumerate(titles):
        form, loose = next(((f, loose) for f, loose in taken(title).forms if f in listed), ("", 0))
        for column_id, rank in listed.get(form, ()):
            place = Place(index, shown(title), taken(title).unit, rank, loose)
            found.setdefault(column_id, []).append(place)
    return {column: _best(several) for column, several in found.items()}


def _best(several: Sequence[Place]) -> tuple[Place, ...]:
    least = min(place.loose for place in several)
    kept = [place for place in several if place.loose == least]
    return tuple(sorted(kept, key=lambda place: (place.rank, place.index)))

"""Finds the header of a sheet and decides what the sheet is.

A sheet is what its header says, never what the file is called. The header stands on any of the first rows,
below titles and notes; it may be two rows (group title over column titles).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from bangfu.tabular.spec import ColumnSpec, Kind, SheetSpec
from bangfu.tabular.text import is_blank, plain, strip_spaces
from bangfu.tabular.units import MONEY_UNITS, sheet_unit

#: The header stands on one of the first ten rows.
HEADER_ROWS = 10

_DECORATION = re.compile(r"是否已|是否有|是否|有无|^已")
_MARKS = re.compile(r"[*☆★#※]|[::]$|^\d{1,2}[.、)]")
_BRACKET = re.compile(r"[(\[【〔<《{]([^()\[\]【】〔〕<>《》{}]*)[)\]】〕>》}]")
_NOTE = re.compile(
    r"^(必填|选填|非必填|必填项|格式.*|yyyy.*|请.*|下拉.*|文本|可不填|是/否|有/无|男/女)$", re.IGNORECASE
)
_UNIT_TAIL = re.compile(r"[/:_\-]?(亿元|万元|千元|百元|元)$")
_SERIAL = frozenset(["序号", "编号", "no", "no.", "行号", "序"])


@dataclass(frozen=True)
class Title:
    """A column title taken apart: the forms it may be known by, best first, and its unit word."""

    forms: tuple[str, ...]
    unit: str | None


@dataclass(frozen=True)
class Place:
    """Where a column's values stand: the sheet's column (from 0), its title as written, its unit word."""

    index: int
    title: str
    unit: str | None
    rank: int  # position of the spelling among the column's titles


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
            return MONEY_UNITS.get(place.unit, self.money_scale) if place.unit else self.money_scale
        if place.unit and place.unit.lower() in column.units:
            return Decimal(repr(column.units[place.unit.lower()]))
        return Decimal(1)


def recognise(rows: Sequence[Sequence[Any]], specs: Sequence[SheetSpec], merged: Merged = ()) -> Layout:
    """Find the header among the first rows and the kind of sheet it announces.

    ``rows``: the first rows of the sheet, at least HEADER_ROWS + 1 if there are as many. ``merged``: merged
    ranges ((row, column), (row, column)), from 0, both ends included. The row (or pair of rows) that makes
    most columns known wins, the first of equals. Two kinds that fit equally well are a tie: no kind, and an
    error that names both.
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


Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


def _candidates(
    rows: Sequence[Sequence[Any]], merged: Merged
) -> list[tuple[int, int | None, tuple[str, ...]]]:
    """Every row alone, and every pair joined: (last row, first row of a pair or None, titles)."""
    spread = _spread(rows, merged)
    found: list[tuple[int, int | None, tuple[str, ...]]] = []
    for row in range(min(HEADER_ROWS, len(rows))):
        if sum(not is_blank(cell) for cell in rows[row]) < 2:
            continue
        found.append((row, None, tuple(plain(cell) for cell in rows[row])))
        if row + 1 < len(rows):
            found.append((row + 1, row, _joined(spread[row], [plain(cell) for cell in rows[row + 1]])))
    return found


def _spread(rows: Sequence[Sequence[Any]], merged: Merged) -> list[list[str]]:
    """The first rows as text, merged titles repeated over the columns they cover."""
    text = [[plain(cell) for cell in row] for row in rows[: HEADER_ROWS + 1]]
    for (top, left), (_bottom, right) in merged:
        if top < len(text) and left < len(text[top]):
            for column in range(left + 1, min(right + 1, len(text[top]))):
                text[top][column] = text[top][column] or text[top][left]
    return text


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    titles = []
    group = ""
    for column in range(max(len(upper), len(lower))):
        above = upper[column] if column < len(upper) else ""
        below = lower[column] if column < len(lower) else ""
        group = above or (group if below else "")
        titles.append(f"{group}\n{below}" if group and below else (below or above))
    return tuple(titles)


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
        if known.intersection(spec.excluded_by):
            continue
        fits[spec.id] = len({place.index for listed in columns.values() for place in listed})
    return fits


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
        error = f"表头同时像“{both}”,无法确定是哪一种名单。请删去不属于本名单的列后重新提交。"
        return Layout(None, row, first, titles, error=error)
    spec = winners[0]
    located = places(titles, spec)
    used = {place.index for listed in located.values() for place in listed}
    unknown = tuple(
        " ".join(title.split())
        for index, title in enumerate(titles)
        if title and index not in used and strip_spaces(title).lower() not in _SERIAL
    )
    above = [plain(cell) for line in rows[:first] for cell in line if isinstance(cell, str)]
    return Layout(spec, row, first, titles, located, unknown, sheet_unit(above) or Decimal(1))


def places(titles: Sequence[str], spec: SheetSpec) -> dict[str, tuple[Place, ...]]:
    """Where each column of a kind of sheet stands in a header, best spelling first."""
    aliases = _aliases(spec)
    found: dict[str, list[Place]] = {}
    for index, title in enumerate(titles):
        if not title:
            continue
        taken = _taken(title)
        for form in taken.forms:
            if form in aliases:
                for column_id, rank in aliases[form]:
                    found.setdefault(column_id, []).append(Place(index, _shown(title), taken.unit, rank))
                break
    return {
        column: tuple(sorted(listed, key=lambda p: (p.rank, p.index))) for column, listed in found.items()
    }


def _shown(title: str) -> str:
    """A title as a person reads it: of two joined rows the lower."""
    return " ".join(title.rsplit("\n", 1)[-1].split()) or title


@lru_cache(maxsize=256)
def _aliases(spec: SheetSpec) -> dict[str, list[tuple[str, int]]]:
    aliases: dict[str, list[tuple[str, int]]] = {}
    for column in spec.columns:
        seen = set()
        for rank, title in enumerate(column.titles):
            form = _taken(title).forms[0]
            if form not in seen:
                seen.add(form)
                aliases.setdefault(form, []).append((column.id, rank))
    return aliases


@lru_cache(maxsize=4096)
def _taken(title: str) -> Title:
    """A title's forms: joined and whole, then without brackets, without a unit word, the lower row alone."""
    unit: str | None = None
    forms: list[str] = []
    parts = [title] if "\n" not in title else [title, title.rsplit("\n", 1)[-1]]
    for part in parts:
        folded = _MARKS.sub("", strip_spaces(unicodedata.normalize("NFKC", part)).lower())
        kept, without, found = _brackets(folded)
        unit = unit or found
        forms += [_key(kept), _key(without)]
        tail = _UNIT_TAIL.search(without)
        if tail and without != tail.group(0):
            unit = unit or tail.group(1)
            forms.append(_key(without[: tail.start()]))
    return Title(tuple(dict.fromkeys(form for form in forms if form)), unit)


def _brackets(text: str) -> tuple[str, str, str | None]:
    """Text with brackets' contents kept, with them dropped, and the unit that stood in one."""
    unit: str | None = None

    def keep(match: re.Match[str]) -> str:
        nonlocal unit
        inside = re.sub(r"^(金额)?单位:?", "", match.group(1)).strip()
        if _is_unit(inside):
            unit = inside
            return ""
        return "" if _NOTE.match(inside) or match.group(1) != inside else inside

    kept = _BRACKET.sub(keep, text)
    return kept, _BRACKET.sub("", text), unit


_MEASURES = re.compile(
    r"^(元/[人户年月].*|亩|公顷|平方米|平米|m2|月|个月|个|分钟|分|小时|min|升|公升|l|升/.*|l/.*|毫升|公里|千米|km|米|m|里|%|人|户)$"
)


def _is_unit(text: str) -> bool:
    return text in MONEY_UNITS or bool(_MEASURES.match(text))


def _key(text: str) -> str:
    bare = _DECORATION.sub("", text)
    return bare or text

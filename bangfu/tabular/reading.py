"""Reads a file into typed tables, one for each sheet that is a known kind, with a receipt for every row."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from bangfu.tabular.cells import OTHER
from bangfu.tabular.columns import ARROW_TYPES, Cells, ColumnReader
from bangfu.tabular.cutting import WHOLE, Part
from bangfu.tabular.headers import HEADER_ROWS, Layout, Place, choose, recognise
from bangfu.tabular.marks import Flag, Repair
from bangfu.tabular.merges import FillDown, wide_rows
from bangfu.tabular.noise import Noise, noise_filter
from bangfu.tabular.opening import RawSheet, open_part, open_sheets
from bangfu.tabular.spec import Blank, ColumnSpec, Kind, SheetSpec
from bangfu.tabular.text import is_blank, plain

#: Columns beside the sheet's own in the table of usable rows.
ROW, REPAIRS, FLAGS, UNREAD = "_row", "_repairs", "_flags", "_unread"

#: Rows that are cells at one time: so few that the next ones find their memory still with the process.
_BLOCK = 2_000
_SAMPLES = 5
_UNREAD_FLAGS = Flag.MONTH_IN_DATE_COLUMN | Flag.UNREADABLE_VALUE | Flag.CODE_LOST_DIGITS


@dataclass(frozen=True)
class Problem:
    """A cell that makes its row unusable."""

    column: str | None  # title as written
    index: int | None  # the sheet's column, from 0
    found: str
    expected: str


@dataclass(frozen=True)
class RejectedRow:
    """A row that cannot be used, as it stands (merged cells filled down), and why."""

    row: int  # from 1
    cells: list[Any]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Wishes:
    """What the asker wants beside the usual.

    ``chosen``: title → column id (see :func:`bangfu.tabular.headers.choose`). ``keep``: of each sheet (by its
    name) the numbers of the rows whose cells are wanted as they stand.
    """

    chosen: Mapping[str, str] = field(default_factory=dict)
    keep: Mapping[str | None, frozenset[int]] = field(default_factory=dict)


@dataclass
class SheetReading:
    """What a sheet held. ``spec_id`` None: it is no known kind. ``table``: the usable rows, typed.

    ``titles``: all column titles; ``places``: which of them each column was taken from; ``samples``: the
    first data rows, ``kept``: the rows that were asked for, by number, both as they stand.
    """

    sheet: str | None
    spec_id: str | None
    header_row: int | None = None  # from 1
    unknown_columns: tuple[str, ...] = ()
    rows: int = 0
    table: pa.Table | None = None
    rejected: list[RejectedRow] = field(default_factory=list)
    header: list[list[Any]] = field(default_factory=list)
    error: str | None = None
    titles: tuple[str, ...] = ()
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    samples: list[list[Any]] = field(default_factory=list)
    kept: dict[int, list[Any]] = field(default_factory=dict)


def read_file(
    path: Path, specs: Sequence[SheetSpec], wishes: Wishes | None = None, part: Part = WHOLE
) -> list[SheetReading]:
    """Read all sheets of a file, or a part of them, against the kinds of sheet that are known.

    Raises UnreadableError where the file cannot be read to its end: then it gives no rows at all; and
    CannotCutError where it cannot be read in parts.
    """
    sheets = open_sheets(path) if part == WHOLE else open_part(path, part)
    return [read_sheet(raw, specs, wishes) for raw in sheets]


def joined(parts: Sequence[Sequence[SheetReading]]) -> list[SheetReading]:
    """What was read of a file in parts, as if it had been read whole."""
    whole = list(parts[0])
    for reading in (reading for part in parts[1:] for reading in part):
        (first,) = (one for one in whole if one.sheet == reading.sheet)
        first.rows += reading.rows
        first.rejected += reading.rejected
        first.kept |= reading.kept
        first.samples = (first.samples + reading.samples)[:_SAMPLES]
        if first.table is not None and reading.table is not None:
            first.table = pa.concat_tables([first.table, reading.table])
    return whole


def read_sheet(raw: RawSheet, specs: Sequence[SheetSpec], wishes: Wishes | None = None) -> SheetReading:
    """Read one sheet. Raises UnreadableError where its rows break off."""
    head = list(itertools.islice(raw.rows, HEADER_ROWS + 1)) if raw.titles is None else [raw.titles]
    wishes = wishes or Wishes()
    layout = choose(recognise(head, specs, raw.merged), wishes.chosen)
    if layout.spec is None or layout.header_row is None:
        for _ in raw.rows:  # a file is read to its end, or it gives nothing
            pass
        row = None if layout.header_row is None else layout.header_row + 1
        return SheetReading(raw.name, None, row, error=layout.error)
    # A unit stated above the table belongs to the header: a receipt without it would change the amounts.
    top = layout.first_row if layout.money_scale == 1 else 0
    header = [list(line) for line in head[top : layout.header_row + 1]]
    given = raw.titles is not None
    start = 0 if given else layout.header_row + 1
    first = max(start, raw.first)
    rows = itertools.chain([] if given else head[start:], raw.rows)
    body = itertools.islice(rows, first - start, None)
    above = head[: layout.first_row]
    keep = wishes.keep.get(raw.name, frozenset())
    reading = _SheetReader(layout, above, header, raw, start, keep).read(body, first)
    if given:
        reading.header_row = None
    return reading


class _SheetReader:
    """Reads the data rows of one sheet, block after block."""

    def __init__(
        self,
        layout: Layout,
        above: Sequence[Sequence[Any]],
        header: list[list[Any]],
        raw: RawSheet,
        start: int,
        keep: frozenset[int],
    ) -> None:
        assert layout.spec is not None and layout.header_row is not None
        self.layout, self.spec = layout, layout.spec
        self.start, self.keep = start, keep
        self.noise: Noise = noise_filter(layout, above, header, wide_rows(raw.merged))
        self.fill = FillDown(raw.merged, start)
        self.width = max([len(line) for line in header] + [len(layout.titles)])
        self.known = sorted({place.index for listed in layout.places.values() for place in listed})
        self.columns = [_Column(c, layout) for c in self.spec.columns if c.id in layout.places]
        self.result = SheetReading(
            raw.name,
            self.spec.id,
            layout.header_row + 1,
            layout.unknown,
            header=header,
            titles=layout.titles,
            places=layout.places,
        )
        self.person = [c.spec.id for c in self.columns if c.spec.id in self.spec.identifying]

    def read(self, body: Iterator[Sequence[Any]], position: int) -> SheetReading:
        """Read the rows of ``body``, the first of which has this number (from 0)."""
        batches = []
        while block := list(itertools.islice(body, _BLOCK)):
            batches.append(self._block(block, position))
            position += len(block)
        self.result.table = pa.concat_tables(batches).combine_chunks() if batches else self._empty()
        return self.result

    def _empty(self) -> pa.Table:
        return self._block([], self.start)

    def _block(self, block: list[Sequence[Any]], position: int) -> pa.Table:
        rows, numbers, filled = self._data_rows(block, position)
        self._show(rows, numbers)
        self.result.rows += len(rows)
        across = list(zip(*rows, strict=True)) if rows else [()] * self.width
        marks = _Marks(len(rows))
        for index in filled:
            marks.repairs[index] = int(Repair.FILLED_DOWN)
        arrays: dict[str, pa.Array] = {ROW: pa.array(numbers, pa.int64())}
        for column in self.columns:
            arrays.update(column.read(across, marks))
        self._require(arrays, marks, rows)
        arrays[REPAIRS] = pa.array(marks.repairs, pa.int32())
        arrays[FLAGS] = pa.array(marks.flags, pa.int32())
        arrays[UNREAD] = marks.unread_array(across)
        return self._without_rejected(pa.table(arrays), rows, numbers, marks)

    def _show(self, rows: Sequence[Sequence[Any]], numbers: Sequence[int]) -> None:
        """Note the first rows, and those that were asked for."""
        missing = _SAMPLES - len(self.result.samples)
        self.result.samples += [list(row) for row in rows[:missing]] if missing else []
        if self.keep:
            wanted = zip(numbers, rows, strict=True)
            self.result.kept |= {number: list(row) for number, row in wanted if number in self.keep}

    def _data_rows(
        self, block: list[Sequence[Any]], position: int
    ) -> tuple[list[Sequence[Any]], list[int], list[int]]:
        """Data rows of one width with merged cells filled down, their numbers from 1, which were filled."""
        rows: list[Sequence[Any]] = []
        numbers, filled = [], []
        identity, width = self.noise.identity, self.width
        after_header = position == self.start
        for offset, row in enumerate(block):
            number = position + offset
            self.fill.see(number, row)
            if not _has_number(row, identity) and not self.noise.is_data(
                row, number, after_header and offset == 0
            ):
                continue
            if len(row) != width:
                row = [*row[:width], *[""] * (width - len(row))]
            mended = self.fill.filled(number, row)
            if mended is not None:
                if any(i < len(row) and mended[i] is not row[i] for i in self.known):
                    filled.append(len(rows))
                row = mended
            rows.append(row)
            numbers.append(number + 1)
        return rows, numbers, filled

    def _require(self, arrays: dict[str, pa.Array], marks: _Marks, rows: Sequence[Any]) -> None:
        """A row needs a name or an ID, and every required column."""
        for index in _all_null([arrays[column] for column in self.person], len(rows)) if self.person else ():
            title = self.layout.places[self.person[0]][0]
            if index not in marks.problems:
                marks.reject(
                    index, Problem(title.title, title.index, "", "姓名或证件号码（两者都空，认不出是谁）")
                )
        for column in self.columns:
            if column.spec.required:
                place = column.places[0]
                for index in _all_null([arrays[column.spec.id]], len(rows)):
                    marks.reject(index, Problem(place.title, place.index, "", f"{place.title}，每行必填"))

    def _without_rejected(
        self, table: pa.Table, rows: Sequence[Sequence[Any]], numbers: Sequence[int], marks: _Marks
    ) -> pa.Table:
        if not marks.problems:
            return table
        for index in sorted(marks.problems):
            problems = tuple(marks.problems[index])
            self.result.rejected.append(RejectedRow(numbers[index], list(rows[index]), problems))
        return table.filter(pa.array([i not in marks.problems for i in range(len(rows))]))


def _has_number(row: Sequence[Any], identity: Sequence[int]) -> bool:
    """Whether a row plainly holds an ID: then it is data, and need not be looked at as noise."""
    for index in identity:
        if index < len(row):
            cell = row[index]
            if cell.__class__ is str and len(cell) >= 15 and cell[0].isdigit():
                return True
    return False


def has_source(column: ColumnSpec) -> bool:
    """Whether ``<column>_source`` stands beside it: under which of several titles the amount was found."""
    return column.kind is Kind.MONEY and len(column.titles) > 1


def has_given(column: ColumnSpec) -> bool:
    """Whether ``<column>_given`` stands beside it: not blank, where a blank means that there is none."""
    return column.blank is Blank.NONE and column.kind in (Kind.DATE, Kind.MONTH, Kind.MONEY)


def _all_null(arrays: Sequence[pa.Array], count: int) -> list[int]:
    if any(array.null_count == 0 for array in arrays):
        return []
    nulls = [array.is_null().to_pylist() for array in arrays]
    return [i for i in range(count) if all(column[i] for column in nulls)]


class _Marks:
    """What is noted of the rows of a block."""

    def __init__(self, count: int) -> None:
        self.repairs = [0] * count
        self.flags = [0] * count
        self.problems: dict[int, list[Problem]] = {}
        self.unread: dict[int, list[int]] = {}  # row → sheet columns whose text no code tells

    def reject(self, index: int, problem: Problem) -> None:
        self.problems.setdefault(index, []).append(problem)

    def unread_array(self, across: Sequence[Sequence[Any]]) -> pa.Array:
        """The texts of each row that no code tells apart: rows that differ only there are no duplicates."""
        texts: list[str | None] = [None] * len(self.flags)
        for index, columns in self.unread.items():
            texts[index] = "\x1f".join(plain(across[column][index]) for column in columns)
        return pa.array(texts, pa.string())


class _Column:
    """One known column of a sheet, which may stand in several places."""

    def __init__(self, spec: ColumnSpec, layout: Layout) -> None:
        self.spec = spec
        self.places: tuple[Place, ...] = layout.places[spec.id]
        self.readers = [ColumnReader(spec, layout.scale(spec, place)) for place in self.places]
        self.with_source, self.with_given = has_source(spec), has_given(spec)

    def read(self, across: Sequence[Sequence[Any]], marks: _Marks) -> dict[str, pa.Array]:
        """The column's arrays; notes go to ``marks``."""
        count = len(marks.flags)
        chosen = self._choose(across, count)
        values = self._read_places(across, chosen, marks)
        arrays = {self.spec.id: values}
        if self.with_source:
            titles = [self.places[0].title] * count if chosen is None else self._titles(chosen)
            arrays[f"{self.spec.id}_source"] = pa.array(titles, pa.string())
        if self.with_given:
            cells = across[self.places[0].index]
            arrays[f"{self.spec.id}_given"] = pa.array([not is_blank(cell) for cell in cells], pa.bool_())
        return arrays

    def _titles(self, chosen: list[int]) -> list[str]:
        return [self.places[place].title for place in chosen]

    def _choose(self, across: Sequence[Sequence[Any]], count: int) -> list[int] | None:
        """For each row the first place that is not blank; None where there is one place only."""
        if len(self.places) == 1:
            return None
        chosen = [0] * count
        for index in range(count):
            for number, place in enumerate(self.places):
                if not is_blank(across[place.index][index]):
                    chosen[index] = number
                    break
        return chosen

    def _read_places(
        self, across: Sequence[Sequence[Any]], chosen: list[int] | None, marks: _Marks
    ) -> pa.Array:
        if chosen is None:
            cells = self.readers[0].read(across[self.places[0].index])
            self._note(cells, range(len(marks.flags)), self.places[0], across, marks)
            return cells.values
        values: list[Any] = [None] * len(chosen)
        for number, place in enumerate(self.places):
            rows = [index for index, pick in enumerate(chosen) if pick == number]
            column = across[place.index]
            cells = self.readers[number].read([column[index] for index in rows])
            for index, value in zip(rows, cells.values.to_pylist(), strict=True):
                values[index] = value
            self._note(cells, rows, place, across, marks)
        return pa.array(values, ARROW_TYPES[self.spec.kind])

    def _note(
        self,
        cells: Cells,
        rows: Sequence[int],
        place: Place,
        across: Sequence[Sequence[Any]],
        marks: _Marks,
    ) -> None:
        for index, bits in cells.repairs.items():
            marks.repairs[rows[index]] |= bits
        for index, bits in cells.flags.items():
            marks.flags[rows[index]] |= bits
            if bits & _UNREAD_FLAGS:
                marks.unread.setdefault(rows[index], []).append(place.index)
        if self.spec.open_choice:  # two other kinds are no duplicates of each other
            for index, code in enumerate(cells.values.to_pylist()):
                if code == OTHER:
                    marks.unread.setdefault(rows[index], []).append(place.index)
        for index, expected in cells.expected.items():
            found = plain(across[place.index][rows[index]])
            marks.reject(rows[index], Problem(place.title, place.index, found, expected))

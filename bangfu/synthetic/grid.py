"""Lays the rows of a sheet out as lines, as people send them, and counts what a right reading counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bangfu.screening.catalogue.datasets import load_datasets
from bangfu.synthetic.layout import Sheet
from bangfu.synthetic.model import REJECTED, REPEATED, UNMATCHED, Raw, Record
from bangfu.synthetic.spelling import Spelling, spelling, spelt_name, spelt_number
from bangfu.tabular.spec import ColumnSpec, Kind

_DENSE, _SPARSE = 60, 50  # the first rows are spelt in every way in turn, afterwards one in fifty
_SERIAL = "序号"
_UNKNOWN = ColumnSpec("", (), Kind.TEXT)


@dataclass(slots=True)
class Counts:
    """What the reading of one sheet should count."""

    rows: int = 0
    accepted: int = 0
    repaired: int = 0
    rejected: int = 0
    duplicates: int = 0
    unmatched: int = 0

    def count(self, fate: str, repaired: bool) -> None:
        """One more data row."""
        self.rows += 1
        if fate == REJECTED:
            self.rejected += 1
        elif fate == REPEATED:
            self.duplicates += 1
        else:
            self.accepted += 1
            self.repaired += repaired
            self.unmatched += fate == UNMATCHED


@dataclass(slots=True)
class Line:
    """One line of a sheet; ``joined``: merged column ranges; ``merged_up``: a cell one with that above."""

    cells: list[Any]
    joined: tuple[tuple[int, int], ...] = ()
    merged_up: int | None = None
    hidden: bool = False


@dataclass
class Grid:
    """The lines of one sheet. ``counts`` are right once all lines have been taken."""

    sheet: Sheet
    records: Iterator[Record]
    counts: Counts = field(default_factory=Counts)

    def __post_init__(self) -> None:
        self._gbk = self.sheet.encoding == "gbk"
        self._medium = "typed" if self.sheet.typed else "workbook" if self._real_cells() else "text"
        self._columns = [(column or title, self._spec(column)) for column, title in self.sheet.columns]
        self._spellings = [self._spelling(spec) for _, spec in self._columns]
        self._shift = int(self.sheet.serial)
        self._usual = [
            (key, spelt.usual) for (key, _), spelt in zip(self._columns, self._spellings, strict=True)
        ]
        money = [place for place, (_, spec) in enumerate(self._columns) if spec.kind is Kind.MONEY]
        self._summed = money if self.sheet.dress.total else []
        self._sums: dict[int, int] = {}

    def _real_cells(self) -> bool:
        return self.sheet.workbook and not self.sheet.as_text

    def _spec(self, column: str | None) -> ColumnSpec:
        return load_datasets()[self.sheet.dataset].sheet.column(column) if column else _UNKNOWN

    def _spelling(self, spec: ColumnSpec) -> Spelling:
        return spelling(spec.kind, spec.id, self._medium, self.sheet.units.get(spec.id), self._gbk)

    @property
    def titles(self) -> list[str]:
        """The header line."""
        told = [
            f"{title}（{self.sheet.units[column]}）" if column and column in self.sheet.units else title
            for column, title in self.sheet.columns
        ]
        if self.sheet.dress.noisy_titles:
            told = [_noisy(title, index, self.sheet.workbook) for index, title in enumerate(told)]
        return [_SERIAL, *told] if self.sheet.serial else told

    @property
    def kinds(self) -> list[Kind]:
        """What each column holds."""
        return [Kind.NUMBER] * self._shift + [spec.kind for _, spec in self._columns]

    def position(self, column: str) -> int:
        """Where a column stands, from 0."""
        return next(i for i, (key, _) in enumerate(self._columns) if key == column) + self._shift

    def lines(self) -> Iterator[Line]:
        """All lines: titles, header, data and what stands between, totals, footer."""
        dress = self.sheet.dress
        yield from (Line([title]) for title in dress.titles)
        if dress.groups:
            yield self._group_line()
        yield Line(self.titles)
        yield from self._body()
        if dress.total:
            yield self._total_line(dress.total)
        yield from (Line([text]) for text in dress.footer)

    def _group_line(self) -> Line:
        cells: list[Any] = [None] * len(self.titles)
        joined = []
        for title, first, last in self.sheet.dress.groups:
            cells[self.position(first)] = title
            joined.append((self.position(first), self.position(last)))
        return Line(cells, tuple(joined))

    def _total_line(self, word: str) -> Line:
        cells: list[Any] = [None] * len(self.titles)
        cells[0] = word
        for index, fen in self._sums.items():
            cells[index + self._shift] = self._spellings[index].usual(fen)
        return Line(cells)

    def _body(self) -> Iterator[Line]:
        dress = self.sheet.dress
        above: Any = None
        township: Any = None
        in_township = 0
        for index, (fate, repeats, values) in enumerate(self.records):
            if dress.subtotals and township not in (None, values.get("township")):
                yield Line(["小计", None, None, None, f"{in_township}户"])
                in_township = 0
            township, in_township = values.get("township"), in_township + 1
            if dress.header_again_every and index and index % dress.header_again_every == 0:
                yield Line(self.titles)
            if dress.blank_row_every and index and index % dress.blank_row_every == 0:
                yield Line([])
            line, repaired = self._data_line(index, values)
            if dress.merged:
                above = self._merge(line, above, values.get(dress.merged))
            self.counts.count(fate, repaired or line.merged_up is not None)
            line.hidden = dress.hidden_row and index == 2
            yield line
            for _ in range(repeats):
                self.counts.count(REJECTED if fate == REJECTED else REPEATED, False)
                yield Line(list(line.cells))

    def _merge(self, line: Line, above: Any, value: Any) -> Any:
        """Merge the cell with the one above if they say the same; what the next line has above it."""
        if value is not None and value == above:
            line.merged_up = self.position(self.sheet.dress.merged or "")
            line.cells[line.merged_up] = None
        return value

    def _data_line(self, index: int, values: dict[str, Any]) -> tuple[Line, bool]:
        """The row as a line, and whether a reader has to repair something in it."""
        for place in self._summed:
            amount = values.get(self._columns[place][0])
            if amount.__class__ is int:
                self._sums[place] = self._sums.get(place, 0) + amount
        serial = [self.counts.rows + 1] if self.sheet.serial else []
        if self.sheet.dress.uneven and (index < _DENSE or index % _SPARSE == 0):
            cells, repaired = self._uneven(values, index if index < _DENSE else index // _SPARSE)
            return Line(serial + cells), repaired
        return Line(serial + self._even(values)), False

    def _even(self, values: dict[str, Any]) -> list[Any]:
        cells: list[Any] = []
        for key, usual in self._usual:
            value = values.get(key)
            if value is None:
                cells.append(None)
            elif value.__class__ is Raw:
                cells.append(self._raw(value))
            else:
                cells.append(usual(value))
        return cells

    def _uneven(self, values: dict[str, Any], nth: int) -> tuple[list[Any], bool]:
        """The cells in the ``nth`` of the ways they can be spelt."""
        cells: list[Any] = []
        repaired = False
        for place, (key, spec) in enumerate(self._columns):
            value = values.get(key)
            if value.__class__ is Raw:
                value = self._raw(value)
            elif spec.kind in (Kind.IDENTITY, Kind.NAME) and value is not None:
                value, mended = self._typed_by_hand(spec, value, nth)
                repaired = repaired or mended
            elif value is not None:
                others = self._spellings[place].others
                value = others[(nth + place) % len(others)](value)
            cells.append(value)
        return cells, repaired

    def _raw(self, raw: Raw) -> Any:
        return raw.cell if self._real_cells() else _as_text(raw.cell)

    def _typed_by_hand(self, spec: ColumnSpec, value: str, nth: int) -> tuple[Any, bool]:
        if spec.id == "name":
            return spelt_name(value, nth, self._gbk)
        if spec.id == "id_number" and len(value) == 18:
            return spelt_number(value, nth, self._real_cells())
        return value, False


def _as_text(cell: Any) -> Any:
    """A number in a file without number cells, as Excel saves it there."""
    return f"{cell:.5E}" if isinstance(cell, float) else cell


def _noisy(title: str, index: int, workbook: bool) -> str:
    """A title as people decorate it."""
    if index % 4 == 0:
        return f"*{title}"
    if index % 4 == 1:
        return f"{title[0]} {title[1:]}"
    return f"{title[:2]}\n{title[2:]}" if index % 4 == 2 and workbook else title

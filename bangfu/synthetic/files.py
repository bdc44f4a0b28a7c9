"""Writes grids into files: workbooks, CSV (also gzipped), Parquet."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from bangfu.synthetic.grid import Grid, Line
from bangfu.synthetic.layout import notes_sheet
from bangfu.tabular.spec import Kind

_ROW_GROUP = 100_000


class WorkbookWriter:
    """One workbook, sheet after sheet. ``streaming`` keeps memory small, but cannot merge downwards."""

    def __init__(self, path: Path, as_of: dt.date, streaming: bool) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": streaming})
        # The day stands in for the moment of writing: the same seed gives the same bytes.
        self._book.set_properties({"created": dt.datetime(as_of.year, as_of.month, as_of.day)})
        self._date = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._centred = self._book.add_format({"align": "center", "valign": "vcenter"})

    def add(self, grid: Grid, name: str) -> None:
        """Write a grid as the next sheet."""
        page = self._book.add_worksheet(name)
        dress = grid.sheet.dress
        if dress.hidden:
            page.hide()
        for column in dress.hidden_columns:
            page.set_column(grid.position(column), grid.position(column), None, None, {"hidden": True})
        merged = grid.position(dress.merged) if dress.merged else None
        top, value, row = 0, None, -1
        for row, line in enumerate(grid.lines()):
            self._write(page, row, line)
            if merged is not None and line.merged_up is None:
                self._merge_down(page, merged, top, row - 1, value)
                top, value = row, line.cells[merged] if len(line.cells) > merged else None
        if merged is not None:
            self._merge_down(page, merged, top, row, value)

    def add_notes(self) -> None:
        """Write the sheet that is no list."""
        name, lines = notes_sheet()
        page = self._book.add_worksheet(name)
        for row, line in enumerate(lines):
            page.write_string(row, 0, line)

    def close(self) -> None:
        """Finish the file. Raises OSError where it cannot be written."""
        try:
            self._book.close()
        except FileCreateError as error:
            raise error.args[0] from error

    def _write(self, page: Any, row: int, line: Line) -> None:
        if line.hidden:
            page.set_row(row, None, None, {"hidden": True})
        for column, cell in enumerate(line.cells):
            if cell.__class__ is str:
                page.write_string(row, column, cell)
            elif isinstance(cell, dt.date):
                page.write_datetime(row, column, cell, self._date)
            elif cell is not None:
                page.write_number(row, column, cell)
        for first, last in line.joined:
            page.merge_range(row, first, row, last, line.cells[first], self._centred)

    def _merge_down(self, page: Any, column: int, top: int, bottom: int, value: Any) -> None:
        if bottom > top:
            page.merge_range(top, column, bottom, column, value, self._centred)


def write_csv(path: Path, grid: Grid) -> None:
    """Write a grid as CSV in its sheet's encoding; gzipped where the name ends in .gz."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _text_file(path, grid.sheet.encoding) as file:
        writer = csv.writer(file, lineterminator="\r\n")
        width = len(grid.titles)
        for line in grid.lines():
            writer.writerow(line.cells + [None] * (width - len(line.cells)))


@contextmanager
def _text_file(path: Path, encoding: str) -> Iterator[IO[str]]:
    if path.suffix != ".gz":
        with path.open("w", encoding=encoding, newline="") as file:
            yield file
        return
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=4, fileobj=raw, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding=encoding, newline="") as file,
    ):
        yield file


_TYPES = {Kind.DATE: pa.date32(), Kind.MONTH: pa.date32(), Kind.MONEY: pa.decimal128(18, 2)}


def write_parquet(path: Path, grid: Grid) -> None:
    """Write a grid as typed columns; the sheet has no dress."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fields = [
        pa.field(title, _TYPES.get(kind, pa.string()))
        for title, kind in zip(grid.titles, grid.kinds, strict=True)
    ]
    schema = pa.schema(fields)
    lines = islice(grid.lines(), 1, None)  # without the header
    with pq.ParquetWriter(path, schema) as writer:
        while rows := [line.cells for line in islice(lines, _ROW_GROUP)]:
            by_column = zip(zip(*rows, strict=True), fields, strict=True)
            columns = [pa.array(cells, field.type) for cells, field in by_column]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))

"""Brings rows into files: puts them by township after township, then writes list after list."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from bangfu.synthetic.files import WorkbookWriter, write_csv, write_parquet
from bangfu.synthetic.grid import Counts, Grid
from bangfu.synthetic.layout import Sheet, notes_sheet
from bangfu.synthetic.model import Record

_SHEET_ROWS = 1_000_000  # a list's rows in one sheet; Excel ends at 1,048,576


@dataclass(frozen=True)
class Place:
    """Where files go, and the day they are of; ``streaming`` keeps large workbooks out of memory."""

    out: Path
    put_by: Path
    as_of: dt.date
    dirty: bool
    streaming: bool


@dataclass(frozen=True)
class Source:
    """What a right reading of one sheet counts; ``dataset`` None for a sheet that is no list."""

    path: str
    sheet: str | None
    dataset: str | None
    counts: Counts

    def as_json(self) -> dict[str, Any]:
        """The source as it stands in truth.json."""
        told = {"path": self.path, "sheet": self.sheet, "dataset": self.dataset}
        return told | asdict(self.counts)


def put_by(place: Place, township: int, key: str, records: list[Record]) -> None:
    """Keep a township's rows of a list until the list is written."""
    with (place.put_by / f"{township}.{key}").open("wb") as file:
        pickle.dump(records, file, pickle.HIGHEST_PROTOCOL)


def rows_put_by(place: Place, key: str, townships: int) -> Iterator[Record]:
    """A list's rows, township after township; one township's at a time in memory."""
    for number in range(townships):
        with (place.put_by / f"{number}.{key}").open("rb") as file:
            yield from pickle.load(file)


def write_sheets(place: Place, sheets: list[tuple[Sheet, Iterator[Record]]]) -> list[Source]:
    """Write the sheets of one file."""
    first, records = sheets[0]
    path = place.out / first.path
    if first.workbook:
        return _write_workbook(place, path, sheets)
    grid = Grid(first, records)
    (write_parquet if first.typed else write_csv)(path, grid)
    return [Source(first.path, None, first.dataset, grid.counts)]


def _write_workbook(place: Place, path: Path, sheets: list[tuple[Sheet, Iterator[Record]]]) -> list[Source]:
    merging = any(sheet.dress.merged for sheet, _ in sheets)
    writer = WorkbookWriter(path, place.as_of, place.streaming and not merging)
    sources = []
    for sheet, records in sheets:
        for number, part in enumerate(_parts(records, _SHEET_ROWS), start=1):
            name = f"{sheet.name}({number})" if number > 1 else str(sheet.name)
            grid = Grid(sheet, part)
            writer.add(grid, name)
            sources.append(Source(sheet.path, name, sheet.dataset, grid.counts))
    if sheets[0][0].dress.notes_beside:
        writer.add_notes()
        sources.append(Source(sheets[0][0].path, notes_sheet()[0], None, Counts()))
    writer.close()
    return sources


def _parts(records: Iterator[Record], size: int) -> Iterator[Iterator[Record]]:
    """The records in runs of at most ``size``; one empty run where there are none."""
    ahead = next(records, None)
    if ahead is None:
        yield iter(())
    while ahead is not None:
        yield chain([ahead], islice(records, size - 1))
        ahead = next(records, None)

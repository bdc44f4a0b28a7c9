"""From files to accepted rows: what each sheet is, which rows count, which are duplicates."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from bangfu.screening.catalogue.datasets import Dataset, load_datasets, sheet_specs
from bangfu.screening.result import RejectedSheet, Rejection, SourceReport
from bangfu.tabular.columns import ARROW_TYPES
from bangfu.tabular.discovery import FoundFile
from bangfu.tabular.identity import id_of_certificate
from bangfu.tabular.isolation import Outcome, read_files
from bangfu.tabular.marks import Flag, Repair, names
from bangfu.tabular.reading import FLAGS, REPAIRS, UNREAD, RejectedRow, SheetReading, has_given, has_source
from bangfu.tabular.spec import Blank, Kind

#: Position of the source (sheet) and of the row across all sources of a dataset, in reading order.
SOURCE, ORDER = "_source", "_order"

Progress = Callable[[int, int], None]


@dataclass
class Intake:
    """All that was read. ``accepted``: dataset id → rows that count, with SOURCE, ORDER, ROW and marks."""

    sources: list[SourceReport] = field(default_factory=list)
    accepted: dict[str, pa.Table] = field(default_factory=dict)
    rejected: list[RejectedSheet] = field(default_factory=list)


def take_in(files: Sequence[FoundFile], as_of: dt.date, progress: Progress | None = None) -> Intake:
    """Read all files; reject, repair, flag and drop duplicates as the command line's contract says."""
    return take_outcomes(
        files, read_files([Path(file.path) for file in files], sheet_specs(), progress), as_of
    )


def take_outcomes(
    files: Sequence[FoundFile],
    outcomes: Iterable[Outcome],
    as_of: dt.date,
    datasets: Iterable[Dataset] | None = None,
) -> Intake:
    """Judge what was read of each file: rejected, repaired, flagged, without duplicates.

    ``datasets`` are those that count; not given, those of the catalogue.
    """
    intake = Intake()
    tables: dict[str, list[pa.Table]] = {}
    for file, outcome in zip(files, outcomes, strict=True):
        if isinstance(outcome, str):
            intake.sources.append(SourceReport(file.shown, None, None, error=outcome))
            continue
        for reading in outcome:
            table = _enter(intake, file, reading)
            if table is not None and reading.spec_id is not None:
                tables.setdefault(reading.spec_id, []).append(table)
    for dataset in load_datasets().values() if datasets is None else datasets:
        if dataset.id in tables:
            intake.accepted[dataset.id] = _accept(tables[dataset.id], dataset, as_of, intake.sources)
    return intake


def count_marks(sources: Sequence[SourceReport], table: pa.Table) -> None:
    """Count the accepted rows' repairs and flags into their sources."""
    for source, rows in _by_source(table.select([SOURCE, REPAIRS, FLAGS])).items():
        report = sources[source]
        repairs = rows[REPAIRS].to_pylist()
        report.repaired = sum(bits != 0 for bits in repairs)
        report.repairs = _counted(repairs, Repair)
        report.flags = _counted(rows[FLAGS].to_pylist(), Flag)


def add_flag(table: pa.Table, orders: Mapping[int, Flag]) -> pa.Table:
    """The table with flags added to the rows of these positions (ORDER)."""
    if not orders:
        return table
    flags = [
        bits | int(orders.get(order, 0))
        for bits, order in zip(table[FLAGS].to_pylist(), table[ORDER].to_pylist(), strict=True)
    ]
    return table.set_column(table.column_names.index(FLAGS), FLAGS, pa.array(flags, pa.int32()))


def column_or_nulls(table: pa.Table, name: str) -> list[Any]:
    """A column's values, unknown throughout where the table has no such column."""
    return table[name].to_pylist() if name in table.column_names else [None] * len(table)


def with_all_columns(table: pa.Table, dataset: Dataset) -> pa.Table:
    """The table with every column of its dataset: what no sheet had is unknown, or none."""
    for column in dataset.sheet.columns:
        if column.id not in table.column_names:
            table = table.append_column(column.id, pa.nulls(len(table), ARROW_TYPES[column.kind]))
        if has_source(column) and f"{column.id}_source" not in table.column_names:
            table = table.append_column(f"{column.id}_source", pa.nulls(len(table), pa.string()))
        if has_given(column) and f"{column.id}_given" not in table.column_names:
            table = table.append_column(f"{column.id}_given", pa.array([False] * len(table), pa.bool_()))
    return table


def _counted(bits: Sequence[int], of: type[Repair] | type[Flag]) -> dict[str, int]:
    named: Counter[str] = Counter()
    for value, count in Counter(bits).items():
        for name in names(value, of):
            named[name] += count
    return {name: named[name] for name in names(~0, of) if named[name]}


def _by_source(table: pa.Table) -> dict[int, pa.Table]:
    present = pc.unique(table[SOURCE]).to_pylist()
    return {source: table.filter(pc.equal(table[SOURCE], source)) for source in present}


def _enter(intake: Intake, file: FoundFile, reading: SheetReading) -> pa.Table | None:
    """Report a sheet; give its usable rows with the number of their source."""
    report = SourceReport(
        file.shown,
        reading.sheet,
        reading.spec_id,
        reading.header_row,
        rows=reading.rows,
        rejected=len(reading.rejected),
        unknown_columns=list(reading.unknown_columns),
        rejections=[_rejection(row) for row in reading.rejected],
        error=reading.error,
    )
    intake.sources.append(report)
    if reading.rejected:
        intake.rejected.append(_for_receipt(file, reading))
    if reading.table is None:
        return None
    table = _level_of_certificate(reading.table) if reading.spec_id == "disability" else reading.table
    return table.append_column(SOURCE, pa.array([len(intake.sources) - 1] * len(table), pa.int64()))


def _level_of_certificate(table: pa.Table) -> pa.Table:
    """Where a sheet has no level column, the level is the 20th digit of the disability number (facts 2.1)."""
    if "level" in table.column_names or "disability_number" not in table.column_names:
        return table
    numbers = table["disability_number"].to_pylist()
    levels = [n[19] if n and len(n) >= 20 and id_of_certificate(n) else None for n in numbers]
    return table.append_column("level", pa.array(levels, pa.string()))


def _rejection(row: RejectedRow) -> Rejection:
    return _rejections(row)[0]


def _rejections(row: RejectedRow) -> list[Rejection]:
    return [Rejection(row.row, p.column, p.found, p.expected) for p in row.problems]


def _for_receipt(file: FoundFile, reading: SheetReading) -> RejectedSheet:
    return RejectedSheet(
        file.relative,
        reading.sheet,
        reading.header,
        [(row.row, row.cells) for row in reading.rejected],
        {row.row: _rejections(row) for row in reading.rejected},
        file.shown,
    )


def _accept(
    tables: Sequence[pa.Table], dataset: Dataset, as_of: dt.date, sources: Sequence[SourceReport]
) -> pa.Table:
    """Rows of one dataset from all sources, without duplicates, every column of the dataset present."""
    whole = pa.concat_tables(tables, promote_options="default")
    whole = _blank_as_none(whole, dataset)
    whole = whole.append_column(ORDER, pa.array(range(len(whole)), pa.int64()))
    kept = _without_repeated(whole, dataset)
    for source, count in _counts(whole).items():
        sources[source].duplicates = count
    for source, count in _counts(kept).items():
        sources[source].accepted = count
        sources[source].duplicates -= count
    return _flag_future(kept, dataset, as_of)


def _counts(table: pa.Table) -> dict[int, int]:
    """How many rows each source has."""
    return {each["values"]: each["counts"] for each in pc.value_counts(table[SOURCE]).to_pylist()}


def _blank_as_none(whole: pa.Table, dataset: Dataset) -> pa.Table:
    """Where a blank means none, a sheet without the column says none too."""
    for column in dataset.sheet.columns:
        if column.id in whole.column_names and column.kind is Kind.CHOICE and column.blank is Blank.NONE:
            index = whole.column_names.index(column.id)
            whole = whole.set_column(index, column.id, pc.fill_null(whole[column.id], "none"))
        given = f"{column.id}_given"
        if given in whole.column_names:
            index = whole.column_names.index(given)
            whole = whole.set_column(index, given, pc.fill_null(whole[given], False))
    return whole


def _without_repeated(whole: pa.Table, dataset: Dataset) -> pa.Table:
    """The rows that equal no earlier row in all of the dataset's columns (blank equals blank)."""
    columns = [c.id for c in dataset.sheet.columns if c.id in whole.column_names] + [UNREAD]
    keys = ", ".join(f'"{column}"' for column in columns)
    with duckdb.connect() as connection:
        connection.register("whole", whole)
        found = connection.execute(
            # Grouping by all columns of all rows is dear: a hash finds the few that may be equal.
            f"WITH hashed AS (SELECT {ORDER}, hash({keys}) AS h FROM whole), "
            "suspects AS (SELECT h FROM hashed GROUP BY h HAVING count(*) > 1), "
            f"alike AS (SELECT whole.* FROM whole JOIN hashed USING ({ORDER}) WHERE h IN (FROM suspects)) "
            f"SELECT {ORDER} FROM (SELECT {ORDER}, row_number() OVER "
            f"(PARTITION BY {keys} ORDER BY {ORDER}) AS n FROM alike) WHERE n > 1"
        ).fetchall()
    if not found:
        return whole
    later = pa.array([row[0] for row in found], pa.int64())
    return whole.filter(pc.invert(pc.is_in(whole[ORDER], value_set=later)))


def _flag_future(table: pa.Table, dataset: Dataset, as_of: dt.date) -> pa.Table:
    future = None
    for column in dataset.sheet.columns:
        if column.kind in (Kind.DATE, Kind.MONTH) and column.id in table.column_names:
            late = pc.fill_null(pc.greater(table[column.id], pa.scalar(as_of, pa.date32())), False)
            future = late if future is None else pc.or_(future, late)
    if future is None or not pc.any(future).as_py():
        return table
    bit = pc.if_else(future, pa.scalar(int(Flag.FUTURE_DATE), pa.int32()), pa.scalar(0, pa.int32()))
    return table.set_column(table.column_names.index(FLAGS), FLAGS, pc.bit_wise_or(table[FLAGS], bit))

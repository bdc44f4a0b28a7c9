"""Prepared Parquet counties of any size for the benchmarks: formulas of row numbers, no clock, no chance.

Member ``i`` lives in household ``i * 3 // 10`` (3.3 members a household, in the order of the register, as
import sorts them). Every value is a formula of a row number and DuckDB's ``hash``, so that a list knows its
person's household without a join and the same size always gives the same files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb

from bangfu.bench.county_columns import HOUSEHOLD, LISTS, MEMBER, ListShape, filled
from bangfu.screening.catalogue.datasets import ROSTER, load_datasets
from bangfu.screening.county import County

PARTITION = 1_000_000  # members; a multiple of 10, so that no household is cut


def generate(folder: Path, members: int, partition: int = PARTITION) -> None:
    """Write counties of at most ``partition`` members each, ``members`` in all, under ``folder``."""
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "2GB"})
    connection.execute("SET enable_progress_bar = false")  # stdout is for the figures
    for number, start in enumerate(range(0, members, partition)):
        into = folder / f"{number:04d}"
        into.mkdir(parents=True)
        _write_partition(connection, into, start, min(start + partition, members))
    connection.close()


def counties(folder: Path) -> list[County]:
    """The counties that :func:`generate` wrote, in order."""
    return [_county(part) for part in sorted(folder.iterdir())]


def _county(part: Path) -> County:
    lists = {path.stem: path for path in sorted((part / "lists").glob("*.parquet"))}
    return County(household=part / "household.parquet", member=part / "member.parquet", lists=lists)


def _write_partition(connection: duckdb.DuckDBPyConnection, into: Path, start: int, stop: int) -> None:
    (into / "lists").mkdir()
    for path, query in _queries(start, stop):
        connection.execute(f"COPY ({query}) TO '{into / path}' (FORMAT parquet)")


def _queries(start: int, stop: int) -> Iterator[tuple[str, str]]:
    roster = load_datasets()[ROSTER]
    of_home = [c for c in roster.fact_columns if c.id in roster.household_columns]
    of_person = [c for c in roster.fact_columns if c.id not in roster.household_columns]
    homes = f"(SELECT range AS h FROM range({start * 3 // 10}, {-(-stop * 3 // 10)}))"
    people = f"(SELECT range AS i, range * 3 // 10 AS h FROM range({start}, {stop}))"
    yield "household.parquet", _select(filled(of_home, HOUSEHOLD, "h"), homes)
    yield "member.parquet", _select(filled(of_person, MEMBER, "i"), people)
    for name, shape in LISTS.items():
        columns = filled(load_datasets()[name].fact_columns, shape.columns, "k")
        yield f"lists/{name}.parquet", _select(columns, _rows(shape, start, stop))


def _rows(shape: ListShape, start: int, stop: int) -> str:
    """Row numbers ``k`` of a list, each with the member ``i`` and household ``h`` that it is about."""
    if shape.where is None:
        someone = f"({start} + hash(range, 'who') % {stop - start})::BIGINT"
        rows = f"SELECT range AS k, {someone} AS i, i * 3 // 10 AS h FROM range({start // 2}, {stop // 2})"
        return f"({rows})"
    people = f"SELECT range AS k, range AS i, range * 3 // 10 AS h FROM range({start}, {stop})"
    return f"(SELECT * FROM ({people}) WHERE {shape.where})"


def _select(columns: Mapping[str, str], source: str) -> str:
    return f"SELECT {', '.join(f'{sql} AS {name}' for name, sql in columns.items())} FROM {source}"

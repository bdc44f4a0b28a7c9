"""Roster rows numbered by household and person, and put together: one row a household, one a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from bangfu.exchange.datasets import Refusal
from bangfu.households.importing.facts import roster
from bangfu.screening.linking.intake import ORDER, SOURCE, column_or_nulls
from bangfu.screening.linking.merging import contradictions, merge_rows
from bangfu.screening.linking.register import number_rows
from bangfu.tabular.marks import Flag
from bangfu.tabular.reading import FLAGS, ROW

HOME, PERSON = "_home", "_person"
#: Whether a cell of the household or person could not be read: then blanks empty nothing.
UNCLEAR = "_unclear"


@dataclass(frozen=True)
class Why:
    """Why a household, a person or a row may not come in; see ``bangfu.exchange.datasets.Refusal``."""

    column: str | None
    found: str
    expected: str


@dataclass
class Rows:
    """The rows of a roster, which household and person each belongs to, and which stay outside."""

    table: pa.Table
    homes: Sequence[int]
    persons: Sequence[int]
    refused_homes: dict[int, Why] = field(default_factory=dict)
    refused_persons: dict[int, Why] = field(default_factory=dict)
    refused_rows: dict[int, Why] = field(default_factory=dict)

    @property
    def all_come_in(self) -> bool:
        """Whether nothing is refused."""
        return not (self.refused_homes or self.refused_persons or self.refused_rows)

    def refusal_of(self, index: int) -> Why | None:
        """Why the row at this position stays outside; None if it comes in."""
        return (
            self.refused_rows.get(index)
            or self.refused_persons.get(self.persons[index])
            or self.refused_homes.get(self.homes[index])
        )

    def refusals(self) -> list[Refusal]:
        """All rows that stay outside, in reading order."""
        sources, numbers = self.table[SOURCE].to_pylist(), self.table[ROW].to_pylist()
        found = []
        if not self.all_come_in:
            for index, (source, number) in enumerate(zip(sources, numbers, strict=True)):
                why = self.refusal_of(index)
                if why is not None:
                    found.append(Refusal(source, number, why.column, why.found, why.expected))
        return found


@dataclass(frozen=True)
class Merged:
    """Households and persons, in order of first appearance; ``contradicting`` rows say otherwise."""

    homes: pa.Table
    persons: pa.Table
    contradicting: int


def number(table: pa.Table) -> Rows:
    """Number the rows; refuse those whose person stands in another household before."""
    homes, persons = (column.to_pylist() for column in number_rows(table))
    rows = Rows(table, homes, persons)
    home_of: dict[int, int] = {}
    for index, (home, person) in enumerate(zip(homes, persons, strict=True)):
        if home_of.setdefault(person, home) != home:
            code = column_or_nulls(table, "member_code")[index] or ""
            column = "member_code" if code else "household_code"
            rows.refused_rows[index] = Why(column, code, "只在一户里的人（前面的行把这个人写在另一户）")
    return rows


def merge(rows: Rows) -> Merged:
    """Put together the rows that are not refused: the first value that is not blank counts."""
    kept, homes, persons = _kept(rows)
    dataset = roster()
    with duckdb.connect() as connection:
        merge_rows(connection, kept, pa.array(homes, pa.int64()), pa.array(persons, pa.int64()), dataset)
        unclear = pc.not_equal(pc.bit_wise_and(kept[FLAGS], int(Flag.UNREADABLE_VALUE)), 0)
        marks = {HOME: homes, PERSON: persons, UNCLEAR: unclear, ORDER: kept[ORDER]}
        connection.register("marks", pa.table(marks))
        contradicting = len(contradictions(connection, kept, dataset))
        return Merged(_table(connection, "home", HOME), _table(connection, "person", PERSON), contradicting)


def refuse_unfit(rows: Rows, table: pa.Table, key: str, checks: Mapping[str, tuple[str, str]]) -> None:
    """Refuse households or persons (``key``) with a value that its field cannot hold."""
    refused = rows.refused_homes if key == HOME else rows.refused_persons
    with duckdb.connect() as connection:
        connection.register("checked", table)
        for column, (condition, expected) in checks.items():
            sql = f'SELECT {key}, "{column}" FROM checked WHERE {condition}'
            for number_, value in connection.execute(sql).fetchall():
                refused.setdefault(number_, Why(column, str(value)[:40], expected))


def without(table: pa.Table, key: str, refused: Mapping[int, Any]) -> pa.Table:
    """The table without refused households or persons."""
    if not refused:
        return table
    out = pa.array(list(refused), pa.int64())
    return table.filter(pc.invert(pc.is_in(table[key], value_set=out)))


def _kept(rows: Rows) -> tuple[pa.Table, list[int], list[int]]:
    numbers = range(len(rows.table))
    if rows.all_come_in:
        return rows.table, list(rows.homes), list(rows.persons)
    indices = [index for index in numbers if rows.refusal_of(index) is None]
    table = rows.table.take(pa.array(indices, pa.int64()))
    return table, [rows.homes[i] for i in indices], [rows.persons[i] for i in indices]


def _table(connection: duckdb.DuckDBPyConnection, name: str, key: str) -> pa.Table:
    """The merged rows in order of first appearance, with the mark of unreadable cells."""
    table: pa.Table = connection.execute(
        f"SELECT {name}.*, u.{UNCLEAR} FROM {name} JOIN"
        f" (SELECT {key}, bool_or({UNCLEAR}) AS {UNCLEAR} FROM marks GROUP BY {key}) u USING ({key})"
        f" ORDER BY {key}"
    ).to_arrow_table()
    return table

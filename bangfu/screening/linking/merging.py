"""Merges roster rows of one household or member: the first non-blank value in reading order counts.

Nearly all rows of a household say the same of it: a hash finds the few that do not, and only those are looked
at value by value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from bangfu.screening.catalogue.datasets import Dataset
from bangfu.screening.linking.intake import ORDER
from bangfu.tabular.columns import ARROW_TYPES
from bangfu.tabular.marks import Flag
from bangfu.tabular.spec import Blank, ColumnSpec, Kind

_SQL_TYPES = {
    pa.string(): "VARCHAR",
    pa.date32(): "DATE",
    pa.decimal128(18, 2): "DECIMAL(18,2)",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
}


def merge_rows(
    connection: duckdb.DuckDBPyConnection, rows: pa.Table, homes: pa.Array, people: pa.Array, dataset: Dataset
) -> None:
    """Make the tables ``home`` and ``person`` of the first non-blank values, with every column of the roster.

    ``homes`` and ``people`` number the household and the member of each row (``_home``, ``_person``).
    """
    household, person = _columns(rows, dataset)
    connection.register("rows", rows.append_column("_home", homes).append_column("_person", people))
    connection.execute(
        f"CREATE VIEW numbered AS SELECT _home, _person, {ORDER}, {_said(household + person)}, "
        f"hash({_names(household)}) AS home_hash, hash({_names(person)}) AS person_hash FROM rows"
    )
    connection.execute(_merged("home", household))
    if pc.count_distinct(people).as_py() == len(rows):
        connection.execute(_alone("person", person, ", _home"))
    else:
        connection.execute(_merged("person", person, f", arg_min(_home, {ORDER}) AS _home"))
    for column in dataset.sheet.columns:
        table = "home" if column.id in dataset.household_columns else "person"
        if column.id not in rows.column_names:
            sql_type = _SQL_TYPES[ARROW_TYPES[column.kind]]
            connection.execute(f'ALTER TABLE {table} ADD COLUMN "{column.id}" {sql_type}')


def contradictions(
    connection: duckdb.DuckDBPyConnection, rows: pa.Table, dataset: Dataset
) -> Mapping[int, Flag]:
    """The rows (by ORDER) that say otherwise than the first non-blank value of their household or member."""
    household, person = _columns(rows, dataset)
    found = connection.execute(
        f"SELECT n.{ORDER} FROM numbered n JOIN home m USING (_home) "
        f"WHERE NOT m.agreed AND {_differs(household)} "
        f"UNION SELECT n.{ORDER} FROM numbered n JOIN person m USING (_person) "
        f"WHERE n._home <> m._home OR (NOT m.agreed AND {_differs(person)})"
    ).fetchall()
    return {row[0]: Flag.CONTRADICTION for row in found}


def _columns(rows: pa.Table, dataset: Dataset) -> tuple[list[ColumnSpec], list[ColumnSpec]]:
    """The roster's columns that some sheet had: of the household, of the person."""
    present = [c for c in dataset.sheet.columns if c.id in rows.column_names]
    household = [c for c in present if c.id in dataset.household_columns]
    return household, [c for c in present if c.id not in dataset.household_columns]


def _alone(name: str, columns: Sequence[ColumnSpec], extra: str = "") -> str:
    """SQL of one table where each has one row: nothing is to be merged."""
    own = _names(columns)
    return f"CREATE TABLE {name} AS SELECT _{name}, {ORDER}, true AS agreed{extra}, {own} FROM numbered"


def _merged(name: str, columns: Sequence[ColumnSpec], extra: str = "") -> str:
    """SQL of one table: the row itself where all rows agree, else the first value of each column."""
    key = f"_{name}"
    own = _names(columns)
    firsts = ", ".join(f'arg_min("{c.id}", {ORDER}) AS "{c.id}"' for c in columns)
    return f"""
        CREATE TABLE {name} AS
        WITH keyed AS (
            SELECT {key}, min({ORDER}) AS {ORDER}, min({name}_hash) = max({name}_hash) AS agreed{extra}
            FROM numbered GROUP BY {key})
        SELECT keyed.*, {own} FROM keyed JOIN numbered USING ({ORDER}) WHERE agreed
        UNION ALL BY NAME
        SELECT keyed.*, {own} FROM keyed JOIN (
            SELECT {key}, {firsts} FROM numbered WHERE {key} IN (SELECT {key} FROM keyed WHERE NOT agreed)
            GROUP BY {key}) USING ({key})"""


def _names(columns: Sequence[ColumnSpec]) -> str:
    return ", ".join(f'"{column.id}"' for column in columns)


def _said(columns: Sequence[ColumnSpec]) -> str:
    """SQL of what a row says: NULL where it says nothing, also where a blank means none."""
    return ", ".join(
        f'nullif("{c.id}", \'none\') AS "{c.id}"' if says_none(c) else f'"{c.id}"' for c in columns
    )


def says_none(column: ColumnSpec) -> bool:
    """Whether a blank cell of the column was read as the code ``none``."""
    return column.kind is Kind.CHOICE and column.blank is Blank.NONE


def _differs(columns: Sequence[ColumnSpec]) -> str:
    return "(" + " OR ".join(f'coalesce(n."{c.id}" <> m."{c.id}", false)' for c in columns) + ")"

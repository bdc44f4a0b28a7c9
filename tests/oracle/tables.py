"""Plain rows as the tables that the engine reads: all columns of County, typed as the datasets declare."""

from __future__ import annotations

import pyarrow as pa

from bangfu.screening.catalogue.datasets import ROSTER, Dataset, load_datasets
from bangfu.screening.county import County
from bangfu.tabular.spec import Blank, ColumnSpec, Kind
from tests.oracle.county import PlainCounty, Row

TYPES = {
    Kind.TEXT: pa.string(),
    Kind.CODE: pa.string(),
    Kind.CHOICE: pa.string(),
    Kind.DATE: pa.date32(),
    Kind.MONTH: pa.date32(),
    Kind.MONEY: pa.decimal128(18, 2),
    Kind.NUMBER: pa.float64(),
    Kind.PERCENT: pa.float64(),
    Kind.YES_NO: pa.bool_(),
}

HOUSEHOLD = {
    "household_key": pa.int64(),
    "registered_household": pa.bool_(),
    "monitored": pa.bool_(),
    "members": pa.int64(),
    "per_capita_net_income": pa.float64(),
}

MEMBER = {
    "person_key": pa.int64(),
    "household_key": pa.int64(),
    "stated_birth_date": pa.date32(),
    "id_status": pa.string(),
    "id_problem": pa.string(),
    "id_birth_date": pa.date32(),
    "id_sex": pa.string(),
    "id_shared": pa.bool_(),
}

LISTED = {"person_key": pa.int64(), "household_key": pa.int64()}


def as_county(plain: PlainCounty) -> County:
    """The county as tables in memory."""
    roster = load_datasets()[ROSTER]
    of_household = [c for c in roster.fact_columns if c.id in roster.household_columns]
    of_member = [c for c in roster.fact_columns if c.id not in roster.household_columns]
    return County(
        household=_table(plain.households, HOUSEHOLD, of_household),
        member=_table(plain.members, MEMBER, of_member),
        lists={name: _list(load_datasets()[name], rows) for name, rows in plain.lists.items()},
    )


def _list(dataset: Dataset, rows: list[Row]) -> pa.Table:
    return _table(rows, LISTED, list(dataset.fact_columns))


def _table(rows: list[Row], keys: dict[str, pa.DataType], columns: list[ColumnSpec]) -> pa.Table:
    types = {name: kind for column in columns for name, kind in _typed(column)} | keys
    schema = pa.schema(list(types.items()))
    return pa.Table.from_pylist([{name: row.get(name) for name in types} for row in rows], schema=schema)


def _typed(column: ColumnSpec) -> list[tuple[str, pa.DataType]]:
    typed = [(column.id, TYPES[column.kind])]
    if column.blank is Blank.NONE and column.kind is not Kind.CHOICE:
        typed.append((f"{column.id}_given", pa.bool_()))
    if column.kind is Kind.MONEY and len(column.titles) > 1:
        typed.append((f"{column.id}_source", pa.string()))
    return typed

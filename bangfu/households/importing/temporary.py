"""Temporary tables of this connection: filled outside any lock, gone with the connection."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
from django.db import connection, models, transaction
from pyarrow.csv import WriteOptions, write_csv

from bangfu.core.statistics import analyze_named

_ROOM = -512 * 1024  # KiB, as SQLite has it


def make(name: str, model: type[models.Model], more: Mapping[str, str], table: pa.Table) -> None:
    """A temporary table with the model's columns and ``more`` (name → SQL type), holding ``table``'s rows.

    Columns that ``table`` has not are null. Values must be as the database takes them.
    """
    own = ", ".join(f'"{field.column}"' for field in model._meta.local_concrete_fields)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        cursor.execute(f"CREATE TEMP TABLE {name} AS SELECT {own} FROM {model._meta.db_table} LIMIT 0")
        for column, sql_type in more.items():
            cursor.execute(f'ALTER TABLE {name} ADD COLUMN "{column}" {sql_type}')
        _fill(cursor, name, table)
    analyze_named([name])


@contextmanager
def room() -> Iterator[None]:
    """A page cache that holds what a county's import writes, so that SQLite does not spill it half-way."""
    if connection.vendor == "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA cache_size = {_ROOM}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {before}")


def drop(names: Sequence[str]) -> None:
    """Let them go."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TABLE IF EXISTS {name}")


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Keys for new rows that nobody else will get; those not used are lost, which does no harm."""
    if not count:
        return []
    table, column = model._meta.db_table, model._meta.pk.column
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _reserve_sequence(cursor, table, column, count)
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        if row is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
            return list(range(1, count + 1))
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        return list(range(row[0] + 1, row[0] + count + 1))


def _reserve_sequence(cursor: Any, table: str, column: str, count: int) -> list[int]:
    """A run of the sequence's numbers, taken while nobody else can draw one: drawing each is slow."""
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
    (sequence,) = cursor.fetchone()
    cursor.execute(f"ALTER SEQUENCE {sequence} INCREMENT BY 1")  # changes nothing, but locks until the end
    cursor.execute("SELECT nextval(%s)", [sequence])
    (first,) = cursor.fetchone()
    cursor.execute("SELECT setval(%s, %s)", [sequence, first + count - 1])
    return list(range(first, first + count))


def _fill(cursor: Any, name: str, table: pa.Table) -> None:
    columns = ", ".join(f'"{column}"' for column in table.column_names)
    if connection.vendor == "postgresql":
        buffer = io.BytesIO()
        write_csv(table, buffer, WriteOptions(include_header=False))  # null is nothing, an empty text ""
        with cursor.copy(f"COPY {name} ({columns}) FROM STDIN WITH (FORMAT csv)") as copy:
            copy.write(buffer.getbuffer())
        return
    marks = ", ".join(["?"] * table.num_columns)
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    # A savepoint locks nothing but the temporary tables; the driver itself takes an iterator of many rows.
    cursor.execute("SAVEPOINT fill")
    cursor.connection.cursor().executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", rows)
    cursor.execute("RELEASE fill")

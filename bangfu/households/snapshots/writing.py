"""Writing one dataset as Parquet: rows stream into typed batches, the file appears whole or not at all.

SQLite gives dates as text, flags as 0 and 1 and lists as text; PostgreSQL gives them typed. Both become the
columns of ``columns.py``.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import cast
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import connection
from django.db.models import Field

from bangfu.core.models.region import range_end
from bangfu.households.snapshots.columns import AMOUNT, DAY, FLAG, TEXT, WORDS, Dataset, LakeColumn

BATCH_ROWS = 25_000
_CENT = Decimal("0.01")


def write_parquet(dataset: Dataset, place: str, path: Path) -> tuple[int, str]:
    """Write the rows of ``place`` to ``path``; gives the number of rows and the file's SHA-256.

    The file is written under another name, flushed to disk and renamed, so that ``path`` never holds half;
    what a killed run left under such a name is removed.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left_over in path.parent.glob(f".{path.name}.*"):
        left_over.unlink()
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    rows = 0
    with draft.open("wb") as file:
        with pq.ParquetWriter(file, dataset.schema, compression="zstd") as writer:
            for batch in _batches(dataset, place):
                writer.write_batch(batch)
                rows += batch.num_rows
        file.flush()
        os.fsync(file.fileno())
    digest = digest_of(draft)
    draft.replace(path)
    _flush_folder(path.parent)
    return rows, digest


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush_folder(folder: Path) -> None:
    """Make the rename itself last."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _batches(dataset: Dataset, place: str) -> Iterator[pa.RecordBatch]:
    converters = [_converter(column.type) for column in dataset.columns]
    with connection.cursor() as cursor:
        cursor.execute(_select(dataset), [place, range_end(place)])
        while rows := cursor.fetchmany(BATCH_ROWS):
            yield _batch(dataset, converters, rows)


def _select(dataset: Dataset) -> str:
    joined = dict(dataset.joined)
    names = [joined.get(column.name) or _database_name(dataset, column) for column in dataset.columns]
    table = dataset.model._meta.db_table
    return (
        f"SELECT {', '.join(names)} FROM {table} r {dataset.joins}"
        " WHERE r.place >= %s AND r.place < %s ORDER BY r.place, r.id"
    )


def _database_name(dataset: Dataset, column: LakeColumn) -> str:
    """The column in SQL; on SQLite a sign before it keeps the driver from parsing each value on its own."""
    field = cast(Field, dataset.model._meta.get_field(column.field))
    name = f"r.{field.column}"
    sign = "+" if connection.vendor == "sqlite" else ""
    return sign + name


def _batch(dataset: Dataset, converters: Sequence[Callable], rows: list[tuple]) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [convert(column) for convert, column in zip(converters, columns, strict=True)]
    return pa.record_batch(arrays, schema=dataset.schema)


def _converter(type: pa.DataType) -> Callable[[tuple], pa.Array]:
    special = {DAY: _days, FLAG: _flags, AMOUNT: _amounts, WORDS: _words, TEXT: _texts}
    return special.get(type) or (lambda values: pa.array(values, type))


def _days(values: tuple) -> pa.Array:
    return pa.array(values).cast(DAY)


def _flags(values: tuple) -> pa.Array:
    return pa.array(values).cast(FLAG)


def _amounts(values: tuple) -> pa.Array:
    """Two decimals; SQLite keeps them as text or number."""
    known = {value: None if value is None else Decimal(str(value)).quantize(_CENT) for value in set(values)}
    return pa.array([known[value] for value in values], AMOUNT)


def _words(values: tuple) -> pa.Array:
    known = {str(value): json.loads(value) if isinstance(value, str) else value for value in values}
    return pa.array([known[str(value)] for value in values], WORDS)


def _texts(values: tuple) -> pa.Array:
    """Text; PostgreSQL gives identifiers as UUID, SQLite as 32 digits, the lake keeps the digits."""
    if isinstance(values[0], UUID):
        return pa.array([value.hex for value in values], TEXT)
    return pa.array(values, TEXT)

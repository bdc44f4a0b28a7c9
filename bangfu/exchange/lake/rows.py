"""From a list's accepted rows to what may lie in the lake: facts, derived flags and keyed marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from bangfu.access.crypto import WHOLE, indexes_of
from bangfu.exchange.lake.keys import BY_HEAD, BY_VILLAGE, NAME, NAME_BIRTH, ROW, TOWNSHIP, joined, marks_of
from bangfu.screening.catalogue.datasets import Dataset
from bangfu.screening.linking.intake import ORDER, with_all_columns
from bangfu.screening.linking.linker import (
    ID_LENGTH,
    TOWNSHIP_TAILS,
    VILLAGE_TAILS,
    SaidRow,
    bare_place,
    said_rows,
)
from bangfu.tabular.reading import UNREAD
from bangfu.tabular.spec import Kind

#: Whom a row is about: its number's index and what is wrong with it, and marks of the circumstances.
NUMBER_INDEX, PERSON_KEY = "number_index", "person_key"
ROW_KEY = "row_key"
_LONG_NUMBER = "[0-9０-９]{7,}[0-9０-９XxＸｘ]*"


@dataclass(frozen=True)
class ListRows:
    """Rows for the lake, with each number's index in place of the person's key; and the numbers by index."""

    table: pa.Table
    numbers: dict[str, str]
    said: Sequence[SaidRow]


def list_rows(rows: pa.Table, dataset: Dataset) -> ListRows:
    """What of the accepted rows may lie in the lake; ``numbers`` are for the vault alone."""
    said = list(said_rows(rows, dataset))
    identifying = [one.id_number if one.id_number and len(one.id_number) >= ID_LENGTH else "" for one in said]
    indexes = indexes_of(WHOLE, identifying)
    columns = {
        ORDER: pa.array([one.order for one in said], pa.int64()),
        ROW_KEY: pa.array(marks_of(ROW, _whole_rows(rows, dataset)), pa.int64()),
        NUMBER_INDEX: pa.array([index or None for index in indexes], pa.string()),
        "id_problem": pa.array([one.checked.problem if one.checked else None for one in said], pa.string()),
        "id_valid": pa.array([one.valid if one.checked else None for one in said], pa.bool_()),
        **circumstances(said),
        **_facts(rows, dataset),
    }
    numbers = {index: number for index, number in zip(indexes, identifying, strict=True) if index}
    return ListRows(pa.table(columns), numbers, said)


def circumstances(said: Sequence[SaidRow]) -> dict[str, pa.Array]:
    """Marks of name, birth date, village and head, by which somebody without a valid number is found.

    A name's own mark is kept only beside a number that fails its check, which counts together with the name.
    """
    births = [joined(one.name, one.birth_date) for one in said]
    names = [one.name if one.checked and not one.valid else None for one in said]
    villages = [bare_place(one.village, VILLAGE_TAILS) if one.village else (None, None) for one in said]
    townships = [bare_place(one.township, TOWNSHIP_TAILS) if one.township else (None, None) for one in said]
    by_village = [joined(birth, village) for birth, (village, _) in zip(births, villages, strict=True)]
    by_head = [joined(birth, one.head_name) for birth, one in zip(births, said, strict=True)]
    return {
        "name_mark": pa.array(marks_of(NAME, names), pa.int64()),
        "name_birth_mark": pa.array(marks_of(NAME_BIRTH, births), pa.int64()),
        "village_mark": pa.array(marks_of(BY_VILLAGE, by_village), pa.int64()),
        "village_kind": pa.array([kind for _, kind in villages], pa.int8()),
        "township_mark": pa.array(marks_of(TOWNSHIP, [name for name, _ in townships]), pa.int64()),
        "township_kind": pa.array([kind for _, kind in townships], pa.int8()),
        "head_mark": pa.array(marks_of(BY_HEAD, by_head), pa.int64()),
    }


def _whole_rows(rows: pa.Table, dataset: Dataset) -> list[str]:
    """Each row as one text of all its columns, so that the same row of another file is known again."""
    whole = with_all_columns(rows, dataset)
    parts = [f"coalesce(CAST(\"{name}\" AS VARCHAR), '∅')" for name in (*_ids(dataset), UNREAD)]
    with duckdb.connect() as connection:
        connection.register("whole", whole)
        sql = f"SELECT concat_ws(chr(31), {', '.join(parts)}) AS text FROM whole ORDER BY {ORDER}"
        texts: list[str] = connection.execute(sql).to_arrow_table()["text"].to_pylist()
    return texts


def _ids(dataset: Dataset) -> list[str]:
    return [column.id for column in dataset.sheet.columns]


def _facts(rows: pa.Table, dataset: Dataset) -> dict[str, pa.ChunkedArray]:
    """The dataset's facts; out of what somebody typed freely, long numbers are taken."""
    whole = with_all_columns(rows, dataset)
    facts = {column.id: column for column in dataset.fact_columns}
    listed = []
    for name in whole.column_names:
        column = facts.get(name.removesuffix("_source").removesuffix("_given"))
        if column is None:
            continue
        typed = column.kind is Kind.TEXT or name.endswith("_source")
        quoted = f'"{name}"'
        shown = f"regexp_replace({quoted}, '{_LONG_NUMBER}', '…', 'g')" if typed else quoted
        listed.append(f"{shown} AS {quoted}")
    with duckdb.connect() as connection:
        connection.register("whole", whole)
        table = connection.execute(f"SELECT {', '.join(listed)} FROM whole ORDER BY {ORDER}").to_arrow_table()
    return {name: table[name] for name in table.column_names}

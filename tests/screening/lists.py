"""Rosters and lists as files, and what is taken in of them; all people made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from bangfu.screening.catalogue.datasets import load_datasets
from bangfu.screening.linking.intake import Intake, take_in
from bangfu.screening.linking.linker import Linker, Links
from bangfu.screening.linking.register import Register, build_register
from bangfu.tabular.discovery import find_files
from tests.tabular import books

AS_OF = dt.date(2026, 10, 31)
ROSTER = ["户编号", "人编号", "姓名", "证件号码", "出生日期", "与户主关系", "乡镇", "村"]
BILLS = ["姓名", "身份证号", "结算日期", "医疗类别", "个人自付"]
Rows = Sequence[Sequence[Any]]


def write(folder: Path, files: Mapping[str, Rows | Mapping[str, Rows]]) -> Path:
    """Write files named by their paths: workbooks by openpyxl, the rest as CSV in UTF-8."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".xlsx"):
            books.xlsx(path, content)
        else:
            assert not isinstance(content, Mapping)
            books.csv_file(path, content)
    return folder


def take(folder: Path, files: Mapping[str, Rows | Mapping[str, Rows]], as_of: dt.date = AS_OF) -> Intake:
    """What the importer makes of the files."""
    return take_in(find_files([str(write(folder, files))]), as_of)


def table(dataset: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Accepted rows of a dataset as the importer gives them, from values that are read already."""
    from bangfu.screening.linking.intake import ORDER, SOURCE, with_all_columns
    from bangfu.tabular.reading import FLAGS, REPAIRS, ROW, UNREAD

    whole = with_all_columns(
        pa.table({ORDER: pa.array(range(len(rows)), pa.int64())}), load_datasets()[dataset]
    )
    columns: dict[str, pa.Array] = {
        name: pa.array([row.get(name) for row in rows], whole.schema.field(name).type)
        for name in whole.column_names
        if name != ORDER
    }
    for column in load_datasets()[dataset].sheet.columns:
        if column.blank == "none" and column.kind == "choice":
            columns[column.id] = pa.array([row.get(column.id) or "none" for row in rows], pa.string())
    numbers = pa.array(range(len(rows)), pa.int64())
    nothing = pa.array([0] * len(rows), pa.int32())
    marks = {ROW: numbers, REPAIRS: nothing, FLAGS: nothing, UNREAD: pa.nulls(len(rows), pa.string())}
    return pa.table({**columns, **marks, SOURCE: pa.array([0] * len(rows), pa.int64()), ORDER: numbers})


def register(*rows: Mapping[str, Any]) -> Register:
    """The register of roster rows."""
    return build_register(table("household_roster", rows))[0]


def link(members: Sequence[Mapping[str, Any]], row: Mapping[str, Any], dataset: str = "death") -> Links:
    """One row of a list linked to the members of a roster."""
    return Linker(register(*members).members).link(table(dataset, [row]), load_datasets()[dataset])

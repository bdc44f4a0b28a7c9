"""Made-up rosters as files, and the whole path of a batch for tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bangfu.access.models import User
from bangfu.exchange import actions
from bangfu.exchange.models import Batch
from tests.cast import NOW, TOWN
from tests.households.builders import id_number

HEADER = (
    "乡镇",
    "行政村",
    "户编号",
    "人编号",
    "姓名",
    "证件号码",
    "与户主关系",
    "户类型",
    "健康状况",
    "联系电话",
)
Row = dict[str, Any]


def person(household: str, name: str, relation: str = "户主", **cells: Any) -> Row:
    """A row of a roster in the village 上寨村; a valid number of its own unless ``证件号码`` is given."""
    row = {
        "乡镇": "青石镇",
        "行政村": "上寨村",
        "户编号": household,
        "姓名": name,
        "证件号码": id_number(date(1974, 5, 6)),
        "与户主关系": relation,
        "户类型": "脱贫户",
        "健康状况": "健康",
    }
    return row | cells


def family(household: str, *names: str) -> list[Row]:
    """A household: the first is its head, the others its children."""
    return [person(household, name, "之子" if index else "户主") for index, name in enumerate(names)]


def csv_bytes(rows: Sequence[Mapping[str, Any]], header: Sequence[str] = HEADER) -> bytes:
    """The rows as a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, header, extrasaction="raise")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def upload(
    rows: Sequence[Mapping[str, Any]], by: User, *, place: str = TOWN, header: Sequence[str] = HEADER
) -> Batch:
    """The rows as an uploaded batch."""
    content = csv_bytes(rows, header)
    return actions.upload_batch(by=by, at=NOW, file_name="名册.csv", content=content, place=place)


def preflighted(
    rows: Sequence[Mapping[str, Any]], by: User, *, place: str = TOWN, header: Sequence[str] = HEADER
) -> Batch:
    """The rows as a batch whose preflight is done."""
    batch = upload(rows, by, place=place, header=header)
    actions.run_preflight(batch, by=by, at=NOW, progress=silent)
    return batch


def committed(
    rows: Sequence[Mapping[str, Any]], by: User, *, place: str = TOWN, header: Sequence[str] = HEADER
) -> Batch:
    """The rows as a batch that is in the register."""
    batch = preflighted(rows, by, place=place, header=header)
    actions.run_commit(batch, by=by, at=NOW, progress=silent)
    return batch


def silent(done: int, total: int | None, step: str) -> None:
    """Nobody watches."""


def file_of(rows: Sequence[Mapping[str, Any]], folder: Path, name: str = "名册.csv") -> Path:
    """The rows as a file on disk."""
    path = folder / name
    path.write_bytes(csv_bytes(rows))
    return path

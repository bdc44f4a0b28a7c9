"""What the preflight says of a list: which month, which earlier list it replaces, who is in the register."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from bangfu.exchange.lake.batches import valid_lists
from bangfu.exchange.lake.keys import mark_of_index
from bangfu.exchange.lake.linking import Linker
from bangfu.exchange.lake.population import population_of
from bangfu.exchange.lake.rows import NUMBER_INDEX, ListRows
from bangfu.exchange.models import ListBatch
from bangfu.screening.catalogue.datasets import Dataset
from bangfu.screening.linking.linker import SaidRow, why_unmatched
from bangfu.tabular.spec import ColumnSpec, Kind

_YEAR = 366
_MOST_REASONS = 8
_CHANGING = re.compile(r"[\d\s（）()\[\]【】._-]+|年|月|日|期|第|最新|新|修改|更正|重报|副本")


def month_of(rows: pa.Table, dataset: Dataset, on: date) -> date:
    """The month that a list is about: of its latest day within a year, else of ``on``."""
    latest = [_latest(rows[column.id], on) for column in dataset.fact_columns if _dated(column)]
    recent = [day for day in latest if day is not None and (on - day).days < _YEAR]
    return max(recent, default=on).replace(day=1)


def _dated(column: ColumnSpec) -> bool:
    return column.kind in (Kind.DATE, Kind.MONTH)


def _latest(days: pa.ChunkedArray, on: date) -> date | None:
    known = days.drop_null()
    latest: date | None = pc.max(known.filter(pc.less_equal(known, pa.scalar(on)))).as_py()
    return latest


def replaceable(place: str, dataset: str) -> list[ListBatch]:
    """The lists of a dataset that a new one of the same place may replace, the newest first."""
    return [one for one in valid_lists(place, dataset).reverse() if one.place == place]


def sent_again(file_name: str, month: date, candidates: Sequence[ListBatch]) -> ListBatch | None:
    """The list of the same month whose file has the same name, dates and numbers aside: it is sent again."""
    name = _name(file_name)
    same = (one for one in candidates if one.month == month and _name(one.batch.file_name) == name)
    return next(same, None)


def linked_now(listed: ListRows, place: str) -> dict[str, Any]:
    """How many rows belong to people who are in the register today, and why the others do not."""
    table = listed.table
    marks = [mark_of_index(index) if index else None for index in table[NUMBER_INDEX].to_pylist()]
    table = table.append_column("number_mark", pa.array(marks, pa.int64()))
    table = table.append_column("n", pa.array(range(len(table)), pa.int64()))
    with duckdb.connect() as connection:
        linker = Linker(connection, population_of(place))
        links = linker.link(table)
        several = linker.several()
    found = set(links["n"].to_pylist())
    return {
        "linked_rows": len(found),
        "linked_people": len(pc.unique(links["person_key"])),
        "by_circumstances": pc.sum(pc.invert(links["by_number"])).as_py() or 0,
        "unmatched": _reasons(listed.said, found, several),
    }


def _reasons(said: Sequence[SaidRow], found: set[int], several: dict[int, int]) -> list[dict[str, Any]]:
    """The rows that belong to nobody, by reason, the commonest first."""
    counted = Counter(
        why_unmatched(one, several.get(index, 0)) for index, one in enumerate(said) if index not in found
    )
    return [{"reason": reason, "count": count} for reason, count in counted.most_common(_MOST_REASONS)]


def _name(file_name: str) -> str:
    return _CHANGING.sub("", PurePath(file_name).name.split(".")[0])

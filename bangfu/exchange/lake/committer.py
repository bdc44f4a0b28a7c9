"""The committer of departments' lists: facts into the lake, numbers into the vault, one row a list."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Change
from bangfu.exchange.datasets import Counts, Refusal, Request, Staged, Written
from bangfu.exchange.lake.batches import row_keys, valid_lists
from bangfu.exchange.lake.files import digest_of, draft_path, drafted, in_lake, list_path, put
from bangfu.exchange.lake.judging import linked_now, month_of, replaceable, sent_again
from bangfu.exchange.lake.rows import NUMBER_INDEX, PERSON_KEY, ROW_KEY, ListRows, list_rows
from bangfu.exchange.lake.vault import keys_for
from bangfu.exchange.models import Batch, ListBatch
from bangfu.exchange.storage import read, store
from bangfu.screening.catalogue.datasets import ROSTER, Dataset, load_datasets

_ROWS, _NUMBERS = "list-rows", "list-numbers"
KIND = "list"
"""What the differences of a list call themselves, for the page."""


class ListCommitter:
    """Brings the lists of one dataset into the lake."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset

    def check_permitted(self, by: User, place: str) -> None:
        """Raise NotPermitted unless ``by``, who may import here, sees households: lists name people."""
        if not has_permission(by, Permission.HOUSEHOLD_VIEW):
            raise NotPermitted("部门名单里是一个个的人，要能看户的人来导入。没有读入任何行。")

    def stage(self, rows: pa.Table, request: Request) -> Staged:
        """Take the facts, link them to the register of today, and lay them down sealed."""
        request.progress(2, 4, "认人")
        listed = list_rows(rows, self.dataset)
        known = row_keys(list(valid_lists(request.place, self.dataset.id)))
        same = sum(key in known for key in listed.table[ROW_KEY].to_pylist())
        _lay_down(request.folder, listed)
        return Staged(Counts(len(rows) - same, 0, same), (), self._differences(listed, request))

    def refused_before(self, folder: Path) -> Sequence[Refusal]:
        """None: what can be read comes in; who is in the register is asked at each screening."""
        return ()

    @contextmanager
    def loading(self, folder: Path) -> Iterator[ListLoad]:
        """The numbers in the vault, the rows in a file that has no name yet."""
        table, numbers = _laid_down(folder)
        keys = keys_for(numbers)
        people = pa.array([keys.get(index) for index in table[NUMBER_INDEX].to_pylist()], pa.int64())
        table = table.drop_columns([NUMBER_INDEX]).add_column(0, PERSON_KEY, people)
        with drafted(table, draft_path(folder.name)) as draft:
            yield ListLoad(self.dataset.id, draft, len(table))

    def _differences(self, listed: ListRows, request: Request) -> dict[str, Any]:
        month = month_of(listed.table, self.dataset, request.on)
        return {
            "kind": KIND,
            "month": month.isoformat()[:7],
            "month_words": f"{month.year}年{month.month}月",
            **linked_now(listed, request.place),
        }


@dataclass(frozen=True)
class ListLoad:
    """A list as a file that waits for its name."""

    dataset: str
    draft: Path
    rows: int

    def write(self, change: Change) -> Written:
        """Name the file and keep its row; SituationForbids when the list it replaces counts no more."""
        batch = Batch.objects.get(number=change.batch)
        differences = batch.preflight["differences"]
        path = list_path(batch.place, self.dataset, batch.number)
        in_lake(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = ListBatch.objects.create(
            batch=batch,
            dataset=self.dataset,
            place=batch.place,
            month=date.fromisoformat(f"{month_said(batch)}-01"),
            rows=self.rows,
            linked_rows=differences["linked_rows"],
            linked_people=differences["linked_people"],
            path=str(path),
            digest=digest_of(self.draft),
            replaces=replaced_by(batch),
        )
        put(self.draft, in_lake(path))
        counts = batch.preflight["counts"]
        same = counts["same"] - counts["duplicates"]
        made = {"rows": kept.rows, "linked_rows": kept.linked_rows, "linked_people": kept.linked_people}
        return Written(Counts(self.rows - same, 0, same), (), made)


def month_said(batch: Batch) -> str:
    """The month (``2026-10``) that a person said the list is about, else what the preflight took."""
    month: str = batch.answers.get("month") or batch.preflight["differences"]["month"]
    return month


def replaced_by(batch: Batch) -> ListBatch | None:
    """The list that a batch is to replace: the one a person named (or none), else the same sent before.

    Raises SituationForbids when the one that was named counts no more.
    """
    candidates = replaceable(batch.place, batch.dataset)
    said = batch.answers.get("replaces")
    if said is None:
        return sent_again(batch.file_name, date.fromisoformat(f"{month_said(batch)}-01"), candidates)
    if not said:
        return None
    for one in candidates:
        if one.batch.number == said:
            return one
    raise SituationForbids(f"要替代的批次 {said} 已经撤回或被替代，没有提交。请重新选择。")


def _lay_down(folder: Path, listed: ListRows) -> None:
    buffer = pa.BufferOutputStream()
    with pa.ipc.new_file(buffer, listed.table.schema) as file:
        file.write_table(listed.table)
    store(folder, _ROWS, buffer.getvalue().to_pybytes())
    store(folder, _NUMBERS, json.dumps(listed.numbers).encode())


def _laid_down(folder: Path) -> tuple[pa.Table, dict[str, str]]:
    rows, numbers = read(folder, _ROWS), read(folder, _NUMBERS)
    if rows is None or numbers is None:
        raise SituationForbids("这一批预检的结果已经不在了，没有写入任何行。请重新预检。")
    return pa.ipc.open_file(pa.BufferReader(rows)).read_all(), json.loads(numbers)


def list_committers() -> list[ListCommitter]:
    """One for each of the catalogue's datasets but the roster."""
    return [ListCommitter(dataset) for dataset in load_datasets().values() if dataset.id != ROSTER]

"""Problem tables: judged at the preflight, again at the commit; a receipt, and undone as a whole (C-078)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core.errors import NotPermitted
from bangfu.core.models import Change
from bangfu.exchange.datasets import SIMPLE, Counts, Refusal, Request, Staged, Written
from bangfu.exchange.storage import read, store
from bangfu.problems.actions.problems import ProblemFacts, new_problem
from bangfu.problems.importing.judging import SAME, ProblemRows, Refused, Row
from bangfu.screening.catalogue.datasets import Dataset, read_dataset
from bangfu.screening.linking.intake import SOURCE
from bangfu.tabular.reading import ROW

_ROWS, _REFUSED = "problem-rows", "problem-refused"
MADE = {"problems": "问题"}
UNDO = ["这一批登记的问题去掉；已经报过整改的那一批，不能整批撤回。"]


@cache
def problem_table() -> Dataset:
    """What columns the table has, from ``problems.yaml``."""
    return read_dataset(yaml.safe_load(Path(__file__).with_name("problems.yaml").read_text("utf-8")))


class ProblemCommitter:
    """Brings a table of problems in, each row once however often the table comes."""

    def __init__(self) -> None:
        self.dataset = problem_table()

    def check_permitted(self, by: User, place: str) -> None:
        """Raise NotPermitted unless ``by`` records problems somewhere."""
        if not has_permission(by, Permission.PROBLEM_RECORD):
            label = Permission.PROBLEM_RECORD.label
            raise NotPermitted(f"导入问题清单要有“{label}”的权限。没有读入任何行。")

    def stage(self, rows: pa.Table, request: Request) -> Staged:
        """Judge the rows against today and lay them down; nothing is written."""
        listed = rows.to_pylist()
        request.progress(2, 4, "认地方、单位、种类")
        judged = _judged(listed, request.by, request.place, request.on)
        refused = _refusals(listed, judged)
        names = [*(column.id for column in self.dataset.sheet.columns), SOURCE, ROW]
        kept = [{name: _plain(row.get(name)) for name in names} for row in listed]
        about = {"by": request.by.pk, "place": request.place, "rows": kept}
        store(request.folder, _ROWS, json.dumps(about).encode())
        store(request.folder, _REFUSED, json.dumps([asdict(one) for one in refused]).encode())
        return Staged(_counts(judged), refused, {"kind": SIMPLE, "made": MADE, "undo": UNDO})

    def refused_before(self, folder: Path) -> Sequence[Refusal]:
        """The refusals that ``stage`` gave."""
        return [Refusal(**one) for one in json.loads(read(folder, _REFUSED) or b"[]")]

    @contextmanager
    def loading(self, folder: Path) -> Iterator[ProblemLoad]:
        """The rows as they were read; they are judged again when written."""
        about = json.loads(read(folder, _ROWS) or b"{}")
        yield ProblemLoad(User.objects.get(pk=about["by"]), about["place"], about["rows"])


@dataclass(frozen=True)
class ProblemLoad:
    """Rows that wait to be written."""

    by: User
    place: str
    rows: list[Row]

    def write(self, change: Change) -> Written:
        """Judge once more, for somebody may have been first, and write what still fits."""
        judged = _judged(self.rows, self.by, self.place, timezone.localdate(change.at))
        new = [one for one in judged if isinstance(one, ProblemFacts)]
        for facts in new:
            new_problem(self.by, facts)
        return Written(_counts(judged), _refusals(self.rows, judged), {"problems": len(new)})


def _judged(rows: Sequence[Row], by: User, place: str, on: date) -> list[ProblemFacts | str | Refused]:
    judge = ProblemRows(by, place, on)
    return [judge.judge(row) for row in rows]


def _counts(judged: Sequence[ProblemFacts | str | Refused]) -> Counts:
    new = sum(isinstance(one, ProblemFacts) for one in judged)
    return Counts(new, 0, sum(one == SAME for one in judged))


def _refusals(rows: Sequence[Row], judged: Sequence[ProblemFacts | str | Refused]) -> list[Refusal]:
    return [
        Refusal(row[SOURCE], row[ROW], one.column, one.found, one.expected)
        for row, one in zip(rows, judged, strict=True)
        if isinstance(one, Refused)
    ]


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, type(None))) else str(value)

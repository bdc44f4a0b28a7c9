"""The committer of the project table: judged at the preflight, again at the commit, written in sets."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
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
from bangfu.core.models import Change, Subject
from bangfu.exchange.datasets import SIMPLE, Counts, Refusal, Request, Staged, Written
from bangfu.exchange.storage import read, store
from bangfu.projects.importing.judging import NEW, SAME, Entry, Problem, Row, TableRows
from bangfu.projects.models import PlannedSource, Project
from bangfu.screening.catalogue.datasets import Dataset, read_dataset
from bangfu.screening.linking.intake import SOURCE
from bangfu.tabular.reading import ROW

_ROWS, _REFUSED = "project-rows", "project-refused"
_DAYS = ("starts_on", "ends_on")
_MONEY = ("planned", "central", "province", "city", "county", "other")
MADE = {"projects": "入库项目"}
UNDO = ["这一批登记的项目和资金来源去掉；已经列入计划、签了合同的，先办完那边再撤。"]


@cache
def project_table() -> Dataset:
    """What columns the table has, from ``lists.yaml``."""
    return read_dataset(yaml.safe_load(Path(__file__).with_name("lists.yaml").read_text("utf-8")))


class ProjectCommitter:
    """Brings an existing library in: what is in the table has been decided on paper before."""

    def __init__(self) -> None:
        self.dataset = project_table()

    def check_permitted(self, by: User, place: str) -> None:
        """Raise NotPermitted unless ``by`` decides about the library somewhere."""
        if not has_permission(by, Permission.PROJECT_APPROVE):
            label = Permission.PROJECT_APPROVE.label
            raise NotPermitted(f"导入项目库表要有“{label}”的权限。没有读入任何行。")

    def stage(self, rows: pa.Table, request: Request) -> Staged:
        """Judge the rows against today and lay them down; nothing is written."""
        listed = rows.to_pylist()
        request.progress(2, 4, "认地点、类别、单位")
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
    def loading(self, folder: Path) -> Iterator[ProjectLoad]:
        """The rows as they were read; they are judged again when written."""
        about = json.loads(read(folder, _ROWS) or b"{}")
        rows = [_typed(row) for row in about["rows"]]
        yield ProjectLoad(User.objects.get(pk=about["by"]), about["place"], rows)


@dataclass(frozen=True)
class ProjectLoad:
    """Rows that wait to be written."""

    by: User
    place: str
    rows: list[Row]

    def write(self, change: Change) -> Written:
        """Judge once more, for somebody may have been first, and write what still fits."""
        judged = _judged(self.rows, self.by, self.place, timezone.localdate(change.at))
        new = [one for one in judged if isinstance(one, Entry) and one.project is not None]
        projects = [one.project for one in new if one.project is not None]
        Subject.objects.bulk_create([project.subject for project in projects])
        for project in projects:
            project.applied_by = self.by
        Project.objects.bulk_create(projects)
        PlannedSource.objects.bulk_create(
            PlannedSource(project=one.project, kind=kind, amount=fen)
            for one in new
            for kind, fen in one.sources.items()
        )
        return Written(_counts(judged), _refusals(self.rows, judged), {"projects": len(projects)})


def _judged(rows: Sequence[Row], by: User, place: str, on: date) -> list[Entry | Problem]:
    judge = TableRows(by, place, on)
    return [judge.judge(row) for row in rows]


def _counts(judged: Sequence[Entry | Problem]) -> Counts:
    counted = Counter(one.verdict for one in judged if isinstance(one, Entry))
    return Counts(counted[NEW], 0, counted[SAME])


def _refusals(rows: Sequence[Row], judged: Sequence[Entry | Problem]) -> list[Refusal]:
    return [
        Refusal(row[SOURCE], row[ROW], one.column, one.found, one.expected)
        for row, one in zip(rows, judged, strict=True)
        if isinstance(one, Problem)
    ]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, (date, Decimal)) else value


def _typed(row: Row) -> Row:
    days = {name: date.fromisoformat(row[name]) for name in _DAYS if row.get(name)}
    money = {name: Decimal(str(row[name])) for name in _MONEY if row.get(name) is not None}
    return row | days | money

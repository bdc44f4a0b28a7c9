"""The committer of this room's lists: judged at the preflight, again at the commit, written in sets."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
from django.db import connection
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core.errors import NotPermitted
from bangfu.core.models import Change
from bangfu.duties.registry import note_ties
from bangfu.exchange.datasets import SIMPLE, Counts, Refusal, Request, Staged, Written
from bangfu.exchange.storage import read, store
from bangfu.households.models import Pairing
from bangfu.screening.catalogue.datasets import Dataset
from bangfu.screening.linking.intake import SOURCE
from bangfu.support.importing.judging import CHANGED, NEW, SAME, Plan, Row
from bangfu.support.importing.world import Problem, World
from bangfu.support.models import Party, Team, TeamMember, Tie, UnitPost
from bangfu.tabular.reading import ROW

_ROWS, _REFUSED = "support-rows", "support-refused"
_DAYS = ("valid_from", "planned_to", "valid_to")
UNDO = [
    "这一批登记的单位资料、任职、关系、结对和驻村去掉，改过的恢复成导入以前的样子。",
    "同时建的单位和人员也去掉；后来别处用上了的留着，回执上写明是哪些、为什么。",
]


class Judge(Protocol):
    """Judges the rows of one list, one after another: a later row sees what an earlier one would do."""

    def judge(self, row: Row) -> Plan | Problem:
        """What the row would do, or why it stays outside."""
        ...


@dataclass(frozen=True)
class Kind:
    """One list: its columns, who may bring and see it, who judges, who writes, what counts are called."""

    dataset: Dataset
    permission: Permission
    seen_with: Permission
    judge: Callable[[World, Iterable[Row]], Judge]
    write: Callable[[Sequence[Plan], World, datetime], Mapping[str, int]]
    made: Mapping[str, str]


class SupportCommitter:
    """Brings the lists of one kind in."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.dataset = kind.dataset

    def check_permitted(self, by: User, place: str) -> None:
        """Raise NotPermitted unless ``by`` may manage somewhere what the list is about."""
        if not has_permission(by, self.kind.permission):
            label = self.kind.permission.label
            raise NotPermitted(f"导入{self.dataset.title}要有“{label}”的权限。没有读入任何行。")

    def stage(self, rows: pa.Table, request: Request) -> Staged:
        """Judge the rows against today and lay them down; nothing is written."""
        listed = rows.to_pylist()
        request.progress(2, 4, "认单位认人")
        judged = _judged(
            self.kind, listed, World(request.by, request.place, request.on, self.kind.permission)
        )
        refused = _refusals(listed, judged)
        names = [*(column.id for column in self.dataset.sheet.columns), SOURCE, ROW]
        kept = [{name: _plain(row.get(name)) for name in names} for row in listed]
        about = {"by": request.by.pk, "place": request.place, "rows": kept}
        store(request.folder, _ROWS, json.dumps(about).encode())
        store(request.folder, _REFUSED, json.dumps([asdict(one) for one in refused]).encode())
        differences = {"kind": SIMPLE, "made": dict(self.kind.made), "undo": UNDO}
        return Staged(_counts(judged), refused, differences)

    def refused_before(self, folder: Path) -> Sequence[Refusal]:
        """The refusals that ``stage`` gave."""
        return [Refusal(**one) for one in json.loads(read(folder, _REFUSED) or b"[]")]

    @contextmanager
    def loading(self, folder: Path) -> Iterator[SupportLoad]:
        """The rows as they were read; they are judged under the lock."""
        about = json.loads(read(folder, _ROWS) or b"{}")
        rows = [_dated(row) for row in about["rows"]]
        yield SupportLoad(self.kind, User.objects.get(pk=about["by"]), about["place"], rows)


@dataclass(frozen=True)
class SupportLoad:
    """Rows that wait to be written."""

    kind: Kind
    by: User
    place: str
    rows: list[Row]

    def write(self, change: Change) -> Written:
        """Judge once more, for somebody may have been first, and write what still fits."""
        _lock()
        world = World(self.by, self.place, timezone.localdate(change.at), self.kind.permission)
        judged = _judged(self.kind, self.rows, world)
        plans = [one for one in judged if isinstance(one, Plan)]
        named = [plan.unit for plan in plans if plan.unit is not None]
        fresh = [unit for unit in named if unit.pk is None]
        made = self.kind.write(plans, world, change.at)
        note_ties(at=change.at)
        people = [user.pk for user in world.new_people if user.pk is not None]
        kept = {"people": people, "units": [unit.pk for unit in fresh]}
        return Written(_counts(judged), _refusals(self.rows, judged), made, kept)


def _judged(kind: Kind, rows: list[Row], world: World) -> list[Plan | Problem]:
    judge = kind.judge(world, rows)
    return [judge.judge(row) for row in rows]


def _counts(judged: Sequence[Plan | Problem]) -> Counts:
    counted = Counter(one.verdict for one in judged if isinstance(one, Plan))
    return Counts(counted[NEW], counted[CHANGED], counted[SAME])


def _refusals(rows: Sequence[Row], judged: Sequence[Plan | Problem]) -> list[Refusal]:
    return [
        Refusal(row[SOURCE], row[ROW], one.column, one.found, one.expected)
        for row, one in zip(rows, judged, strict=True)
        if isinstance(one, Problem)
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _dated(row: Row) -> Row:
    return row | {name: date.fromisoformat(row[name]) for name in _DAYS if row.get(name)}


def _lock() -> None:
    """Nobody else ties or pairs until the transaction ends; SQLite has locked everything already."""
    if connection.vendor != "postgresql":
        return
    tables = ", ".join(model._meta.db_table for model in (Party, Tie, UnitPost, Pairing, Team, TeamMember))
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")

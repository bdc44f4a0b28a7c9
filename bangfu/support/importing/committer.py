"""The committer of this room's lists: judged at the preflight, again at the commit, written in sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core.errors import NotPermitted
from bangfu.core.models import Change
from bangfu.duties.registry import note_ties
from bangfu.exchange.tables import Asking, Judge, Made, Refused, Row, TableCommitter
from bangfu.households.models import Pairing
from bangfu.screening.catalogue.datasets import Dataset
from bangfu.support.importing.judging import Plan
from bangfu.support.importing.world import World
from bangfu.support.models import Party, Team, TeamMember, Tie, UnitPost


@dataclass(frozen=True)
class Kind:
    """One list: its columns, who may bring and see it, who judges, who writes, what counts are called."""

    dataset: Dataset
    permission: Permission
    seen_with: Permission
    judge: Callable[[World, Iterable[Row]], Judge]
    write: Callable[[Sequence[Plan], World, datetime], Mapping[str, int]]
    made: Mapping[str, str]


@dataclass(frozen=True)
class _Judging:
    """Judges the rows of a list in a world that collects who is new."""

    world: World
    judging: Judge

    def judge(self, row: Row) -> Plan | Refused:
        """What the row would do, or why it stays outside."""
        verdict = self.judging.judge(row)
        assert isinstance(verdict, Plan | Refused)
        return verdict


class SupportCommitter(TableCommitter):
    """Brings the lists of one kind in."""

    step = "认单位认人"
    undo = (
        "这一批登记的单位资料、任职、关系、结对和驻村去掉，改过的恢复成导入以前的样子。",
        "同时建的单位和人员也去掉；后来别处用上了的留着，回执上写明是哪些、为什么。",
    )

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.dataset = kind.dataset
        self.made = kind.made

    def check_permitted(self, by: User, place: str) -> None:
        """Raise NotPermitted unless ``by`` may manage somewhere what the list is about."""
        if not has_permission(by, self.kind.permission):
            label = self.kind.permission.label
            raise NotPermitted(f"导入{self.dataset.title}要有“{label}”的权限。没有读入任何行。")

    def judge_of(self, rows: Sequence[Row], asking: Asking) -> _Judging:
        """Judges rows against the units, people and ties that are known."""
        world = World(asking.by, asking.place, asking.on, self.kind.permission)
        return _Judging(world, self.kind.judge(world, rows))

    def write(self, judged: Sequence[Plan], judge: _Judging, asking: Asking, change: Change) -> Made:
        """Write what the rows plan; units and people that were made are kept for the undo."""
        named = [plan.unit for plan in judged if plan.unit is not None]
        fresh = [unit for unit in named if unit.pk is None]
        made = self.kind.write(judged, judge.world, change.at)
        note_ties(at=change.at)
        people = [user.pk for user in judge.world.new_people if user.pk is not None]
        return Made(made, {"people": people, "units": [unit.pk for unit in fresh]})

    def lock(self) -> None:
        """Nobody else ties or pairs until the transaction ends; SQLite has locked everything already."""
        if connection.vendor != "postgresql":
            return
        tables = ", ".join(
            model._meta.db_table for model in (Party, Tie, UnitPost, Pairing, Team, TeamMember)
        )
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")

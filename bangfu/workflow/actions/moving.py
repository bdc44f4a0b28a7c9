"""Moving runs from one state to another: set-based, so that a batch costs what one run costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Case, F, OuterRef, Subquery, When
from django.db.models.functions import Least

from bangfu.access.models import User
from bangfu.core.changing import Actor
from bangfu.core.models import Change
from bangfu.workflow.among import among, among_sql
from bangfu.workflow.definition.model import State, Transition
from bangfu.workflow.limits import last_days
from bangfu.workflow.models import FlowCopy, FlowRun, FlowStep
from bangfu.workflow.versions import flow_of_run

_NOTE_LENGTH = 500


@dataclass(frozen=True)
class Move:
    """Who moves, when it was written, the day it was done, under which change, why, with what data."""

    by: Actor
    at: datetime
    on: date
    change: Change
    reason: str
    data: Mapping[str, Any]
    number: str = ""

    @property
    def person(self) -> User | None:
        """The user; None for the installation itself."""
        return self.by if isinstance(self.by, User) else None


def move_runs(runs: Sequence[FlowRun], way: Transition, move: Move) -> None:
    """Close the step, enter the next one, send the copies. All runs stand in one state of one version."""
    state = flow_of_run(runs[0]).states[way.to]
    _close_steps(runs, way, move)
    _enter(runs, state, way, move)
    _open_steps(runs, move)
    _send_copies(runs, way, move)


def _close_steps(runs: Sequence[FlowRun], way: Transition, move: Move) -> None:
    # 暂停过的，期限顺延了：照流程上现在的记
    due = FlowRun.objects.filter(pk=OuterRef("run")).values("step_due_on")
    FlowStep.objects.filter(run__in=among(run.pk for run in runs), left_at=None).update(
        due_on=Subquery(due),
        left_on=move.on,
        left_at=move.at,
        left_by=move.person,
        transition=way.id,
        returned=way.is_return,
        note=move.reason[:_NOTE_LENGTH],
        number_given=move.number,
    )


def _enter(runs: Sequence[FlowRun], state: State, way: Transition, move: Move) -> None:
    """One update for each last day that differs: usually one."""
    flow = flow_of_run(runs[0])
    due_by_place = last_days(flow.limits.get(state.limit), move.on, {run.place for run in runs})
    groups: dict[date | None, list[int]] = defaultdict(list)
    for run in runs:
        groups[due_by_place[run.place]].append(run.pk)
    for due, ids in groups.items():
        FlowRun.objects.filter(pk__in=among(ids)).update(
            state=state.id,
            step_number=F("step_number") + 1,
            owner_permission=state.owner,
            entered_on=move.on,
            step_due_on=due,
            due_on=_nearer_in_sql(state, due),
            returned=way.is_return,
            note=move.reason[:_NOTE_LENGTH],
            ended_on=move.on if state.is_end else None,
            outcome=state.outcome,
        )


def _nearer_in_sql(state: State, due: date | None) -> Any:
    """``limits.nearer`` for rows: nulls count for nothing on both databases."""
    if state.is_end:
        return None
    if state.settled:
        return due
    if due is None:
        return F("total_due_on")
    return Case(When(total_due_on__isnull=True, then=due), default=Least(F("total_due_on"), due))


def _open_steps(runs: Sequence[FlowRun], move: Move) -> None:
    """The steps that begin, copied from the runs by the database itself."""
    values: dict[str, tuple[str, list[Any]]] = {
        "run_id": ("r.id", []),
        "number": ("r.step_number", []),
        "state": ("r.state", []),
        "entered_on": ("r.entered_on", []),
        "due_on": ("r.step_due_on", []),
        "entered_at": ("%s", [_instant(move.at)]),
        "transition": ("%s", [""]),
        "note": ("%s", [""]),
        "number_given": ("%s", [""]),
        "returned": ("%s", [False]),
        "change_id": ("%s", [move.change.pk]),
        "version": ("%s", [1]),
    }
    _insert_from_runs(FlowStep._meta.db_table, values, runs)


def _send_copies(runs: Sequence[FlowRun], way: Transition, move: Move) -> None:
    for permission in way.copies:
        values: dict[str, tuple[str, list[Any]]] = {
            "run_id": ("r.id", []),
            "place": ("r.place", []),
            "step_number": ("r.step_number", []),
            "permission": ("%s", [permission]),
            "words": ("%s", [way.title[:100]]),
            "sent_at": ("%s", [_instant(move.at)]),
        }
        _insert_from_runs(FlowCopy._meta.db_table, values, runs)


def _insert_from_runs(
    table: str, values: Mapping[str, tuple[str, list[Any]]], runs: Sequence[FlowRun]
) -> None:
    """One row for each run. By hand, for the ORM inserts in pieces of a few dozen rows on SQLite."""
    chosen, parameters = among_sql(run.pk for run in runs)
    columns, expressions = ", ".join(values), ", ".join(each for each, _ in values.values())
    given = [parameter for _, parameters in values.values() for parameter in parameters]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {expressions}"
            f" FROM {FlowRun._meta.db_table} r WHERE r.id IN ({chosen}) ORDER BY r.id",
            [*given, *parameters],
        )


def _instant(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)

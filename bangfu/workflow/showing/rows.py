"""Runs as rows of a list: what the columns need, fetched with the rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import CharField, DateField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.workflow.calendars import calendar_now, keep, kept
from bangfu.workflow.limits import due_view, soon_until
from bangfu.workflow.models import FlowRun
from bangfu.workflow.registry import FlowRoom, rooms_at
from bangfu.workflow.versions import flow_of_run, state_of

_NEVER = date(9999, 12, 31)


def with_limits(rows: QuerySet[Any], on: date, run: str = "") -> QuerySet[Any]:
    """Rows with day, calendar and village name: a column then asks the database nothing."""
    calendar = calendar_now()
    return rows.annotate(
        on=Value(on, DateField()),
        soon=Value(soon_until(on, calendar), DateField()),
        table=Value(keep(calendar), CharField()),
        sort_due=Coalesce(f"{run}due_on", Value(_NEVER), output_field=DateField()),
        village=Subquery(Region.objects.filter(code=OuterRef(f"{run}place")).values("name")[:1]),
    )


def due_cell(row: Any) -> tuple[str, str, str]:
    """The light of a run's limit: kind, word, icon."""
    view = due_view(row, row.on, kept(row.table), row.soon)
    return view.signal, view.word, "clock-pause" if view.kind == "paused" else "clock"


def flow_title(run: FlowRun) -> str:
    """What flow it is."""
    return flow_of_run(run).title


def state_title(run: FlowRun) -> str:
    """Where it stands."""
    return state_of(run).title


def step_title(run: FlowRun, state: str) -> str:
    """The title of one of its states."""
    return flow_of_run(run).states[state].title


def way_title(run: FlowRun, state: str, transition: str) -> str:
    """What a transition is called."""
    way = flow_of_run(run).states[state].transition(transition)
    return way.title if way else transition


def due_within(kind: str, on: date) -> Q:
    """Soon due or overdue, as ``due_view`` says it."""
    if kind == "overdue":
        return Q(due_on__lt=on)
    return Q(due_on__gte=on, due_on__lte=soon_until(on, calendar_now()))


def _rooms_seen(user: User) -> list[FlowRoom]:
    return rooms_at([user.unit.place] if user.unit else [])


def flow_choices(user: User) -> list[tuple[str, str]]:
    """The flows there are."""
    return [(room.code, room.flow.title) for room in _rooms_seen(user)]


def state_choices(user: User) -> list[tuple[str, str]]:
    """The steps of the flows, as ``flow.state``."""
    return [
        (f"{room.code}.{state.id}", f"{room.flow.title}：{state.title}")
        for room in _rooms_seen(user)
        for state in room.flow.states.values()
        if not state.is_end
    ]


def in_state(rows: QuerySet[Any], answer: str, run: str = "") -> QuerySet[Any]:
    """The rows that stand in ``flow.state``."""
    flow, _, state = answer.partition(".")
    return rows.filter(**{f"{run}flow": flow, f"{run}state": state})

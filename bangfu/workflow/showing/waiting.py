"""The next to-dos of a person, for the workbench."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bangfu.access.models import User
from bangfu.workflow.models import FlowRun
from bangfu.workflow.queries import todo_runs
from bangfu.workflow.registry import room_of
from bangfu.workflow.showing.rows import due_cell, flow_title, state_title, with_limits


@dataclass(frozen=True)
class Waiting:
    """A to-do in a line: what, whose, where, its step, its light, its page."""

    run: FlowRun
    flow: str
    state: str
    village: str
    light: tuple[str, str, str]
    url: str


def next_runs(user: User, on: date, count: int) -> list[Waiting]:
    """The to-dos that are due first."""
    rows = with_limits(todo_runs(user), on).order_by("sort_due", "pk")[:count]
    return [
        Waiting(
            run,
            flow_title(run),
            state_title(run),
            run.village or "",
            due_cell(run),
            room_of(run.flow).page(run),
        )
        for run in rows
    ]

"""What happens to a project when its flows move: admitted, refused, approved, begun, finished, maintained."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bangfu.core.changing import Actor
from bangfu.core.errors import SituationForbids
from bangfu.projects.actions.admission import admit
from bangfu.projects.actions.writing import held
from bangfu.projects.enums.admission import ProjectState
from bangfu.projects.policies.checks import project_of
from bangfu.workflow.models import FlowRun
from bangfu.workflow.registry import RunAction


def admit_project(run: FlowRun, by: Actor, at: datetime, data: dict[str, Any]) -> None:
    """Into the library, with number, day and code."""
    admit(project_of(run), number=str(data["number"]).strip(), on=data["on"])


def approve_works(run: FlowRun, by: Actor, at: datetime, data: dict[str, Any]) -> None:
    """The approval of the project itself; from its day on contracts may be signed."""
    row = held(project_of(run))
    if row.admitted_on is not None and data["on"] < row.admitted_on:
        raise SituationForbids(f"立项批复 {data['on']} 早于入库 {row.admitted_on}，没有批复。请核对日期。")
    row.approval_number, row.approved_on = str(data["number"]).strip(), data["on"]
    row.save()


def _to(state: ProjectState) -> RunAction:
    def move(run: FlowRun, by: Actor, at: datetime, data: dict[str, Any]) -> None:
        row = held(project_of(run))
        row.state = state
        row.save()

    return move


ACTIONS: dict[str, RunAction] = {
    "admit_project": admit_project,
    "refuse_project": _to(ProjectState.REFUSED),
    "drop_project": _to(ProjectState.DRAFT),
    "approve_works": approve_works,
    "begin_works": _to(ProjectState.UNDERWAY),
    "finish_works": _to(ProjectState.DONE),
    "maintain_works": _to(ProjectState.MAINTAINED),
}
"""By the names that the definitions use."""

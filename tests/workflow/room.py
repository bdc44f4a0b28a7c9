"""A flow of the tests' own: study, verification, approval; refused or enrolled."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from bangfu.core.changing import Actor
from bangfu.core.definitions import register_definitions
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Subject, SubjectKind
from bangfu.workflow.actions.running import start_flow
from bangfu.workflow.models import FlowRun
from bangfu.workflow.registry import Check, FlowRoom, register_room
from tests.cast import NOW, TODAY, VILLAGE

HERE = Path(__file__).parent
WITHOUT_OPINION = "没有写研判意见"
"""A run with this label lacks what the step needs."""

kept: list[tuple[str, dict[str, Any]]] = []
"""What the action was given: the run's state at that moment and the data."""


def has_opinion(run: FlowRun) -> Check:
    return Check(run.label != WITHOUT_OPINION, "还没有写研判意见。")


def not_alone(run: FlowRun, by: Actor, on: date) -> None:
    if run.label == "一个人核查":
        raise SituationForbids("入户核查要两个人。")


def keep(run: FlowRun, by: Actor, at: datetime, data: dict[str, Any]) -> None:
    kept.append((run.state, data))


ROOM = FlowRoom(
    code="test_flow",
    path=HERE / "flow.yaml",
    page=lambda run: f"/runs/{run.uid}/",
    checks={"has_opinion": has_opinion},
    policies={"not_alone": not_alone},
    actions={"keep": keep},
    needed=frozenset({"approval.approve"}),
)


def register() -> None:
    """Make the test flow known."""
    register_definitions(HERE / "parameters.yaml")
    register_room(ROOM)


def make_run(
    by: Actor,
    label: str = "张某户",
    place: str = VILLAGE,
    discovered_on: date = TODAY,
    on: date | None = None,
) -> FlowRun:
    """A run at its first step."""
    subject = Subject.objects.create(kind=SubjectKind.VILLAGE, place=place, label=label)
    return start_flow(
        by=by,
        at=NOW,
        code="test_flow",
        subject=subject,
        place=place,
        discovered_on=discovered_on,
        label=label,
        on=on,
    )

"""The flows of this room: the way into the library, one life for each kind, the counties' own among them."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse

from bangfu.projects.actions.admission import LIBRARY_FLOW
from bangfu.projects.actions.flowing import ACTIONS
from bangfu.projects.enums.admission import ProjectKind
from bangfu.projects.models import OwnKind
from bangfu.projects.policies.checks import CHECKS
from bangfu.workflow.models import FlowRun
from bangfu.workflow.registry import Family, FlowRoom, register_family, register_room

_FOLDER = Path(__file__).parents[1] / "flows"
_NEEDED_OF_LIBRARY = frozenset({"approve.admit_project", "notice.apply_notice"})
_NEEDED_OF_LIFE = frozenset({"approve.approve_works", "announce.finish_works"})


def project_page(run: FlowRun) -> str:
    """From a run to the page of its project."""
    return reverse("project_file_of_run", args=[run.uid])


def register_project_flows() -> None:
    """Tell the workflow; raises WrongDefinition when a definition cannot run."""
    codes = [LIBRARY_FLOW, *(f"project_{kind.value}" for kind in ProjectKind)]
    for code in codes:
        needed = _NEEDED_OF_LIBRARY if code == LIBRARY_FLOW else _NEEDED_OF_LIFE
        room = FlowRoom(
            code=code,
            path=_FOLDER / f"{code}.yaml",
            page=project_page,
            checks=CHECKS,
            actions=ACTIONS,
            needed=needed,
        )
        register_room(room)
    register_family(Family("project_own_", _room_of_kind, _rooms_of_kinds))


def _room(kind: OwnKind) -> FlowRoom:
    return FlowRoom(
        code=kind.flow,
        written=kind.text,
        place=kind.place,
        page=project_page,
        checks=CHECKS,
        actions=ACTIONS,
        needed=_NEEDED_OF_LIFE,
    )


def _room_of_kind(code: str) -> FlowRoom | None:
    kind = OwnKind.objects.filter(code=code.removeprefix("project_")).first()
    return _room(kind) if kind else None


def _rooms_of_kinds() -> list[FlowRoom]:
    return [_room(kind) for kind in OwnKind.objects.all()]

"""Readers of flow definitions: what holds for a person, its versions, what changed between them."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, scope_q, within
from bangfu.core.models import Region
from bangfu.workflow.definition.model import Flow
from bangfu.workflow.enums import DefinitionState
from bangfu.workflow.models import FlowDefinition, FlowRun
from bangfu.workflow.registry import FlowRoom, room_of, rooms_at
from bangfu.workflow.versions import flow_of, in_force


@dataclass(frozen=True)
class FlowLine:
    """A flow as it holds for a person: the county's version, or the software's (``version`` None)."""

    room: FlowRoom
    flow: Flow
    version: FlowDefinition | None
    open_runs: int
    drafts: int


def flow_lines(user: User, on: date) -> list[FlowLine]:
    """Every flow, with the version that holds where the person works."""
    place = home_of(user)
    reached = scope_q(FlowRun, user, Permission.FLOW_VIEW)
    running = FlowRun.objects.filter(reached).exclude(owner_permission="").order_by()
    open_runs = dict(running.values_list("flow").annotate(Count("pk")))
    waiting = definitions_seen_by(user).filter(state=DefinitionState.DRAFT).order_by()
    drafts = dict(waiting.values_list("code").annotate(Count("pk")))
    return [_line(room, place, on, open_runs, drafts) for room in rooms_at([place])]


def _line(
    room: FlowRoom, place: str, on: date, open_runs: dict[str, int], drafts: dict[str, int]
) -> FlowLine:
    version = in_force(room.code, place, on)
    flow = flow_of(version) if version else room.flow
    return FlowLine(room, flow, version, open_runs.get(room.code, 0), drafts.get(room.code, 0))


def flow_line(user: User, code: str, on: date) -> FlowLine:
    """One of them; raises Http404 for an unknown flow."""
    for line in flow_lines(user, on):
        if line.room.code == code:
            return line
    raise Http404("没有这个流程。")


def home_of(user: User) -> str:
    """Where the person works: the first place in which they may see flows."""
    return next(iter(places_of(user, Permission.FLOW_VIEW)), "")


def definitions_seen_by(user: User) -> QuerySet[FlowDefinition]:
    """The versions for the person's places and for what lies around them; drafts only for who manages."""
    reached = Q(place="")
    for grant in places_of(user, Permission.FLOW_VIEW):
        around = [grant[:length] for length in range(1, len(grant))]
        reached |= within("place", grant) | Q(place__in=around)
    named = Region.objects.filter(code=OuterRef("place")).values("name")[:1]
    rows = FlowDefinition.objects.filter(reached).select_related("made_by", "published_by")
    rows = rows.annotate(place_name=Subquery(named))
    managed = scope_q(FlowDefinition, user, Permission.FLOW_MANAGE)
    return rows.filter(managed | ~Q(state=DefinitionState.DRAFT))


def definition_seen_by(user: User, permission: Permission, uid: UUID) -> FlowDefinition:
    """A version that the permission reaches; raises Http404 for any other."""
    rows = definitions_seen_by(user)
    if permission is not Permission.FLOW_VIEW:
        rows = rows.filter(scope_q(FlowDefinition, user, permission))
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Http404("这里没有您要的内容，或者它不在您管的范围里。")
    return found


def managed_places(user: User) -> list[tuple[str, str]]:
    """The person's places for new versions, as choices."""
    codes = places_of(user, Permission.FLOW_MANAGE)
    return list(Region.objects.filter(code__in=codes).order_by("code").values_list("code", "name"))


@dataclass(frozen=True)
class DiffLine:
    """A line of a comparison: in both (" "), only before ("-"), only after ("+")."""

    sign: str
    text: str


def differences(before: str, after: str) -> list[DiffLine]:
    """The lines that differ between two texts, with three lines around them."""
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3)
    return [DiffLine(line[0], line[1:]) for line in found if not line.startswith(("---", "+++"))]


def text_before(definition: FlowDefinition) -> tuple[str, str]:
    """What a version is compared with: the published one before it for its place, else the software's."""
    around = [definition.place[:length] for length in range(len(definition.place) + 1)]
    earlier = FlowDefinition.objects.filter(
        code=definition.code, number__lt=definition.number, place__in=around
    ).exclude(state=DefinitionState.DRAFT)
    row = earlier.order_by("-number").first()
    if row is not None:
        return f"第 {row.number} 版", row.text
    return "随软件带来的版本", room_of(definition.code).text

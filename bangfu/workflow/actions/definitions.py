"""New versions of flows: drafted, edited, published after checking, retired."""

from __future__ import annotations

from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.versioned_texts import TextKind, for_anybody
from bangfu.workflow.definition.checking import checked_flow
from bangfu.workflow.definition.reading import WrongDefinition
from bangfu.workflow.models import FlowDefinition
from bangfu.workflow.registry import room_of


def draft_definition(
    *, by: User, at: datetime, code: str, place: str, text: str, note: str = ""
) -> FlowDefinition:
    """Begin a new version for a place; its text may still be wrong. Raises NotPermitted."""
    return _FLOWS.draft(by=by, at=at, verb="draft_definition", code=code, place=place, text=text, note=note)


def edit_definition(
    *, by: User, at: datetime, definition: FlowDefinition, version: int, text: str, note: str = ""
) -> FlowDefinition:
    """Change the text of a draft; raises NotPermitted, StaleVersion, SituationForbids for one in use."""
    return _FLOWS.edit(
        definition, by=by, at=at, verb="edit_definition", version=version, text=text, note=note
    )


def publish_definition(
    *, by: User, at: datetime, definition: FlowDefinition, version: int, valid_from: date
) -> FlowDefinition:
    """Let a draft hold from a day on; what runs keeps its version.

    Raises NotPermitted, StaleVersion, SituationForbids with every mistake by line, or for a day in the past.
    """
    return _FLOWS.publish(
        definition,
        by=by,
        at=at,
        verb="publish_definition",
        version=version,
        valid_from=valid_from,
        published_by=by,
    )


def retire_definition(
    *, by: User, at: datetime, definition: FlowDefinition, version: int, reason: str
) -> FlowDefinition:
    """Let a version begin nothing new; what runs with it goes on.

    Raises NotPermitted, StaleVersion, SituationForbids for the software's own version or without a reason.
    """
    return _FLOWS.retire(definition, by=by, at=at, verb="retire_definition", version=version, reason=reason)


def title_in(code: str, text: str) -> str:
    """The title that a text gives; that of the shipped flow while the text is wrong."""
    room = room_of(code)
    try:
        return checked_flow(text, room.known(), code).title[:100]
    except WrongDefinition:
        return room.flow.title[:100]


def _mistakes(code: str, text: str) -> list[str]:
    try:
        checked_flow(text, room_of(code).known(), code)
    except WrongDefinition as wrong:
        return [f"{problem}" for problem in wrong.problems]
    return []


_FLOWS = TextKind(FlowDefinition, Permission.FLOW_MANAGE, "flow", title_in, for_anybody(_mistakes))

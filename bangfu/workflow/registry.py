"""What upper rooms bring: flows, and the functions that the definitions name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bangfu.access.permissions import Permission
from bangfu.core.changing import Actor
from bangfu.core.definitions import definitions
from bangfu.core.models import Parameter, SubjectKind
from bangfu.evidence.enums import PaperKind
from bangfu.workflow.definition.checking import Known, checked_flow
from bangfu.workflow.definition.model import Flow
from bangfu.workflow.definition.reading import read_flow

if TYPE_CHECKING:
    from bangfu.workflow.models import FlowRun


@dataclass(frozen=True)
class Check:
    """Whether something is there; ``reason`` says what is missing, as a sentence."""

    met: bool
    reason: str = ""


RunCheck = Callable[["FlowRun"], Check]
RunPolicy = Callable[["FlowRun", Actor, date], None]
RunAction = Callable[["FlowRun", Actor, datetime, dict[str, Any]], None]
ManyCheck = Callable[[Sequence["FlowRun"]], Mapping[int, Check]]
ManyPolicy = Callable[[Sequence["FlowRun"], Actor, date], None]
ManyAction = Callable[[Sequence["FlowRun"], Actor, datetime, dict[str, Any]], None]


@dataclass(frozen=True)
class FlowRoom:
    """A flow as a room brings it.

    The definition is the file ``path``, or the text ``written`` of a flow that a county added as data; then
    ``place`` is that county. ``page`` gives the address of a run's own page. ``checks``, ``policies`` and
    ``actions`` are the names that the definition may use; a policy raises SituationForbids. An action gets
    what was asked (``reason``, ``date``, ``number``), ``note``, ``on`` and what else the caller gave, before
    the run moves. ``many_…`` answer for many runs at once (checks by run id); without one, a batch asks the
    single one for each run. ``needed`` names what no new version may drop, ``stages`` the marks that each
    version sets (see ``definition.checking.Known``).
    """

    code: str
    page: Callable[[FlowRun], str]
    path: Path | None = None
    written: str = ""
    place: str = ""
    checks: Mapping[str, RunCheck] = field(default_factory=dict)
    policies: Mapping[str, RunPolicy] = field(default_factory=dict)
    actions: Mapping[str, RunAction] = field(default_factory=dict)
    many_checks: Mapping[str, ManyCheck] = field(default_factory=dict)
    many_policies: Mapping[str, ManyPolicy] = field(default_factory=dict)
    many_actions: Mapping[str, ManyAction] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The definition that the software brings."""
        return self.path.read_text("utf-8") if self.path else self.written

    @property
    def flow(self) -> Flow:
        """That definition, parsed."""
        return _parsed(self.text)

    def known(self) -> Known:
        """The names that a version of this flow may use."""
        return Known(
            subjects=frozenset(SubjectKind.values),
            permissions=frozenset(Permission.values),
            papers=frozenset(PaperKind.values),
            parameters=frozenset(one.code for one in definitions() if one.kind == Parameter.Kind.INTEGER),
            checks=frozenset({*self.checks, *self.many_checks}),
            policies=frozenset({*self.policies, *self.many_policies}),
            actions=frozenset({*self.actions, *self.many_actions}),
            needed=self.needed,
            stages=self.stages,
        )


@lru_cache(maxsize=128)
def _parsed(text: str) -> Flow:
    return read_flow(text).flow


@dataclass(frozen=True)
class Family:
    """Flows that counties add as data: codes begin with ``prefix``; ``find`` gives one, ``every`` all."""

    prefix: str
    find: Callable[[str], FlowRoom | None]
    every: Callable[[], Sequence[FlowRoom]]


_rooms: dict[str, FlowRoom] = {}
_families: dict[str, Family] = {}


def register_family(family: Family) -> None:
    """Make flows known that are rows of an upper room; called when the application starts."""
    _families[family.prefix] = family


def register_room(room: FlowRoom) -> None:
    """Make a flow known, after the parameters that it names; called when the application starts.

    Raises WrongDefinition when the file cannot run: what the software brings must be right.
    """
    checked_flow(room.text, room.known(), room.code)
    _rooms[room.code] = room


def room_of(code: str) -> FlowRoom:
    """The room of a flow; raises LookupError for an unknown one."""
    if code in _rooms:
        return _rooms[code]
    found = (each.find(code) for each in _families.values() if code.startswith(each.prefix))
    room = next(filter(None, found), None)
    if room is None:
        raise LookupError(f"no flow {code!r}")
    return room


def rooms() -> list[FlowRoom]:
    """All flows by code, those of every county among them."""
    added = (room for family in _families.values() for room in family.every())
    return sorted([*_rooms.values(), *added], key=lambda room: room.code)


def rooms_at(places: Sequence[str]) -> list[FlowRoom]:
    """The flows that concern these places: without one county's own for another county."""
    return [room for room in rooms() if not room.place or any(_touch(room.place, place) for place in places)]


def _touch(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)

"""The parts of a flow definition, as read from its YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class LimitUnit(StrEnum):
    """In what a limit counts."""

    CALENDAR = "calendar"
    WORKING = "working"

    @property
    def word(self) -> str:
        """As people say it."""
        return "天" if self is LimitUnit.CALENDAR else "个工作日"


class StateKind(StrEnum):
    """Work to do, a time to wait, or an end."""

    WORK = "work"
    WAIT = "wait"
    END = "end"


class RequirementKind(StrEnum):
    """What a step needs: a record in the register, a paper, or a condition."""

    RECORD = "record"
    PAPER = "paper"
    POLICY = "policy"


class Tone(StrEnum):
    """How a transition's button looks."""

    PRIMARY = "primary"
    DANGER = "danger"
    QUIET = "quiet"


class AskKind(StrEnum):
    """What a transition asks of the person who takes it."""

    NOTE = "note"
    REASON = "reason"
    DATE = "date"
    NUMBER = "number"


ASK_TITLES = {
    AskKind.NOTE: "说明",
    AskKind.REASON: "原因",
    AskKind.DATE: "办理日期",
    AskKind.NUMBER: "文号",
}


@dataclass(frozen=True)
class Ask:
    """One thing asked: a note is voluntary, everything else is needed."""

    kind: AskKind
    title: str

    @property
    def required(self) -> bool:
        """Whether the step is refused without it."""
        return self.kind is not AskKind.NOTE


@dataclass(frozen=True)
class Limit:
    """A time limit: the dated parameter with its length, and in what it counts."""

    id: str
    parameter: str
    unit: LimitUnit


@dataclass(frozen=True)
class Requirement:
    """What must be there before the step may be left; ``not_before`` names a state or a requirement."""

    id: str
    title: str
    kind: RequirementKind
    check: str = ""
    paper: str = ""
    signed: bool = False
    sealed: bool = False
    not_before: str = ""
    help: str = ""


@dataclass(frozen=True)
class Transition:
    """A way from one state to another.

    ``requires``: the requirements it needs, None for all of the state; a return for correction needs none.
    ``copies``: permissions whose holders in the place get a copy.
    """

    id: str
    title: str
    to: str
    permission: str
    action: str = ""
    policies: tuple[str, ...] = ()
    tone: Tone = Tone.QUIET
    asks: tuple[Ask, ...] = ()
    is_return: bool = False
    requires: tuple[str, ...] | None = None
    copies: tuple[str, ...] = ()

    def needs(self, requirement: str) -> bool:
        """Whether the requirement must be met before this way is taken."""
        if self.requires is not None:
            return requirement in self.requires
        return not self.is_return


@dataclass(frozen=True)
class State:
    """Where a run can stand; ``settled``: what the total limit is about is decided, it counts no more.

    ``stage`` marks the state that figures are taken from, whatever a version calls it.
    """

    id: str
    title: str
    kind: StateKind
    owner: str = ""
    outcome: str = ""
    limit: str = ""
    settled: bool = False
    stage: str = ""
    help: str = ""
    requirements: tuple[Requirement, ...] = ()
    transitions: tuple[Transition, ...] = ()

    @property
    def is_end(self) -> bool:
        """Whether a run stops here."""
        return self.kind is StateKind.END

    def transition(self, id: str) -> Transition | None:
        """The way out with this id."""
        return next((one for one in self.transitions if one.id == id), None)

    @property
    def onward(self) -> Transition | None:
        """The ordinary way on: the first primary one, else the first that is no return."""
        forward = [one for one in self.transitions if not one.is_return]
        primary = [one for one in forward if one.tone is Tone.PRIMARY]
        return next(iter([*primary, *forward]), None)


@dataclass(frozen=True)
class Flow:
    """A whole definition."""

    id: str
    title: str
    subject: str
    basis: str
    grade: str
    start: str
    total_limit: str
    limits: Mapping[str, Limit]
    states: Mapping[str, State]

    def total_at(self, state: State) -> Limit | None:
        """The total limit where it still counts."""
        return None if state.settled else self.limits.get(self.total_limit)

    def requirements(self) -> Iterator[tuple[State, Requirement]]:
        """Every requirement with the state it belongs to."""
        for state in self.states.values():
            for requirement in state.requirements:
                yield state, requirement

    def requirement(self, id: str) -> tuple[State, Requirement] | None:
        """The requirement with this id, and its state."""
        return next((pair for pair in self.requirements() if pair[1].id == id), None)

    def marked(self, stage: str) -> State | None:
        """The state with this mark."""
        return next((state for state in self.states.values() if state.stage == stage), None)

    def permissions(self) -> set[str]:
        """The permissions of everybody who has something to do in the flow."""
        owners = {state.owner for state in self.states.values() if state.owner}
        takers = {one.permission for state in self.states.values() for one in state.transitions}
        return owners | takers

    def main_path(self) -> list[State]:
        """The states of the ordinary way from start to end."""
        path: list[State] = []
        here: str | None = self.start
        while here is not None and here in self.states and self.states[here] not in path:
            path.append(self.states[here])
            onward = self.states[here].onward
            here = onward.to if onward else None
        return path

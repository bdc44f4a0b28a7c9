"""What the reader finds in the text of a plan; every find knows the characters it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, order=True)
class Span:
    """Characters ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """Whether ``other`` lies within."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


class PieceKind(StrEnum):
    """What a stretch of the text is."""

    HEADING = "heading"
    TASK = "task"
    OTHER = "other"


class AmountRole(StrEnum):
    """What money in a text says.

    The sum of a task, a part of that sum, what one person or acre gets, or a figure such as sales or
    loans that is no money of the plan.
    """

    TOTAL = "total"
    PART = "part"
    RATE = "rate"
    FIGURE = "figure"


class DueKind(StrEnum):
    """By a day, between two days, again and again, or always."""

    BY = "by"
    BETWEEN = "between"
    EVERY = "every"
    STANDING = "standing"


@dataclass(frozen=True)
class Amount:
    """Money in fen, from ``low`` to ``high``; ``source`` in the text's words, empty when it names none."""

    span: Span
    words: str
    low: int
    high: int
    role: AmountRole
    source: str = ""
    about: bool = False


@dataclass(frozen=True)
class Count:
    """A number with its unit, from ``low`` to ``high``; ``at_least`` for 不少于, 以上."""

    span: Span
    words: str
    low: Decimal
    high: Decimal
    unit: str
    at_least: bool = False


@dataclass(frozen=True)
class Due:
    """When something is due. ``every`` is the months between two times (0: weekly), ``times`` how often.

    ``starts`` and ``ends`` are None where the text leaves the year open or names a day that does not exist.
    """

    span: Span
    words: str
    kind: DueKind
    starts: date | None = None
    ends: date | None = None
    every: int | None = None
    times: int | None = None
    problem: str = ""


@dataclass(frozen=True)
class UnitName:
    """A unit as the text writes it, and whether it leads."""

    span: Span
    name: str
    leads: bool


@dataclass(frozen=True)
class StepFound:
    """What is to be done by when: the clauses that hang on one date."""

    span: Span
    words: str
    due: Due


@dataclass(frozen=True)
class Mention:
    """Something found that is in no field of a task, and why."""

    span: Span
    words: str
    reason: str


@dataclass(frozen=True)
class ProposedTask:
    """A task as the text gives it; ``doubts`` say what a person should look at first."""

    title: str
    units: tuple[UnitName, ...] = ()
    amounts: tuple[Amount, ...] = ()
    counts: tuple[Count, ...] = ()
    steps: tuple[StepFound, ...] = ()
    questions: tuple[Mention, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A stretch of the text: a chapter's title, a task, or what is neither. ``path`` names its chapters."""

    kind: PieceKind
    span: Span
    path: tuple[str, ...] = ()
    title: str = ""
    level: int = 0
    task: ProposedTask | None = None


@dataclass(frozen=True)
class PlanReading:
    """The whole text, cut into pieces that lie end to end, and what no task has taken."""

    text: str
    pieces: tuple[Piece, ...]
    left: tuple[Mention, ...] = ()
    questions: tuple[Mention, ...] = ()
    planned: tuple[Amount, ...] = field(default=())

    @property
    def tasks(self) -> list[Piece]:
        """The pieces that are tasks, in the order of the text."""
        return [piece for piece in self.pieces if piece.kind == PieceKind.TASK]

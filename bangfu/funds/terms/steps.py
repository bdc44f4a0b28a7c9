"""A trace in parts: every step of money with its day, its paper and its amount (C-031)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum

from bangfu.core.models import Subject
from bangfu.funds.enums.tracing import Stage


@dataclass(frozen=True)
class Knot:
    """Something that money comes from or goes to. ``page`` names the page that shows it, ``uid`` its row."""

    key: str
    name: str
    page: str = ""
    uid: str = ""
    place: str = ""


@dataclass(frozen=True)
class Step:
    """``fen`` that went from ``giver`` to ``taker`` by ``paper``; ``words`` say what is special about it."""

    giver: Knot
    taker: Knot
    on: date | None
    paper: str
    fen: int
    words: str = ""


@dataclass(frozen=True)
class Part:
    """The steps of one stage, perhaps not all: ``count`` and ``fen`` are those of all."""

    stage: Stage
    steps: tuple[Step, ...]
    count: int
    fen: int

    @property
    def left_off(self) -> int:
        """How many steps are not listed."""
        return self.count - len(self.steps)


@dataclass(frozen=True)
class Flow:
    """One band of the drawing; fen."""

    giver: Knot
    taker: Knot
    fen: int


@dataclass(frozen=True)
class Trace:
    """Where money came from and went to: sums for the head, bands for the drawing, steps for the table.

    ``uncovered`` says in a sentence what of a plan no source names, ``lacking`` how much that is (fen).
    ``subject`` takes the audit events; a source has none.
    """

    title: str
    lead: str
    place: str
    sums: tuple[tuple[str, int | None, str], ...]
    flows: tuple[Flow, ...]
    parts: tuple[Part, ...]
    uncovered: str = ""
    lacking: int = 0
    subject: Subject | None = field(default=None, compare=False)


def part(
    stage: Stage, rows: QuerySet[Any], step: Callable[[Any], Step], money: str, most: int | None
) -> Part:
    """At most ``most`` steps (all for None) of ordered rows; one statement, two where rows are left off.

    ``money`` is the field with the fen of a row.
    """
    taken = list(rows if most is None else rows[: most + 1])
    if most is None or len(taken) <= most:
        return whole_part(stage, map(step, taken))
    sums = rows.order_by().aggregate(count=Count("pk"), fen=Sum(money))
    return Part(stage, tuple(step(row) for row in taken[:most]), sums["count"], sums["fen"] or 0)


def whole_part(stage: Stage, steps: Iterable[Step]) -> Part:
    """A part of which no step is left off."""
    every = tuple(steps)
    return Part(stage, every, len(every), sum(each.fen for each in every))

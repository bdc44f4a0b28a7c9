"""What a task is to be, as a person confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bangfu.plans.enums import StepRhythm


@dataclass(frozen=True)
class StepFacts:
    """One step; ``every`` months (0: weekly) and ``times`` for one that comes again."""

    words: str
    rhythm: StepRhythm
    starts_on: date | None = None
    due_on: date | None = None
    every: int | None = None
    times: int = 1


@dataclass(frozen=True)
class TaskFacts:
    """A task: its units in the plan's words, money in fen, numbers in words, steps."""

    title: str
    leads: tuple[str, ...]
    helps: tuple[str, ...]
    amount: int | None
    money: tuple[tuple[str, int], ...]
    figures: tuple[str, ...]
    steps: tuple[StepFacts, ...]

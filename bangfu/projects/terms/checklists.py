"""What is looked at, point by point: ``checklists.yaml`` and the 100-point sheet of ``acceptance.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from bangfu.projects.enums.deciding import OpinionStage

_ROOM = Path(__file__).parents[1]
FULL_SCORE = 100


@dataclass(frozen=True)
class Point:
    """One thing to look at."""

    code: str
    title: str
    help: str = ""


@dataclass(frozen=True)
class ScoreItem:
    """One line of the acceptance sheet and the points it may bring."""

    code: str
    title: str
    points: int


@cache
def points_of(stage: OpinionStage) -> tuple[Point, ...]:
    """The points of a stage, in the file's order."""
    stages = yaml.safe_load((_ROOM / "checklists.yaml").read_text("utf-8"))["stages"]
    return tuple(Point(**entry) for entry in stages[stage.value])


@cache
def score_items() -> tuple[ScoreItem, ...]:
    """The acceptance sheet; raises ValueError when the points do not add up to 100."""
    entries = yaml.safe_load((_ROOM / "acceptance.yaml").read_text("utf-8"))["items"]
    items = tuple(ScoreItem(**entry) for entry in entries)
    total = sum(item.points for item in items)
    if total != FULL_SCORE:
        raise ValueError(f"acceptance.yaml adds up to {total} points, not {FULL_SCORE}")
    return items

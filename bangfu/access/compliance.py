"""What the program does not do, and the controls it has: one source for the page and for docs/compliance.md.

Controls follow the topics of the application level of graded protection (GB/T 22239-2019, level 3) without
citing clause numbers: the text of the standard decides, and an assessor compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("compliance.yaml")


@dataclass(frozen=True)
class AbsentFunction:
    """A function that does not exist, why, and what there is instead."""

    name: str
    why: str
    instead: str


@dataclass(frozen=True)
class Control:
    """A control: its topic, what the program does, where in the code, and the test that fails without it."""

    topic: str
    measure: str
    where: str
    test: str


def _read() -> tuple[tuple[AbsentFunction, ...], tuple[Control, ...]]:
    entries = yaml.safe_load(_FILE.read_text("utf-8"))
    absent = tuple(AbsentFunction(**entry) for entry in entries["absent"])
    return absent, tuple(Control(**entry) for entry in entries["controls"])


ABSENT_FUNCTIONS, CONTROLS = _read()

"""What of the register waits for a person, each count with the list it counts."""

from __future__ import annotations

from dataclasses import dataclass

from bangfu.access.models import User


@dataclass(frozen=True)
class WorkCell:
    """A count of the workbench: its label, the list it opens, what it is made of, its signal (ok, warn, bad)."""

    label: str
    count: int
    url: str
    hint: str = ""
    level: str = ""


def cells(user: User) -> list[WorkCell]:
    """The counts this person has work in."""
    return []

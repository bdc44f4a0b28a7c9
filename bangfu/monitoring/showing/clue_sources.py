"""Where a clue came from, as upper rooms know it: a visit, say; each with its page for who may open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bangfu.access.models import User
from bangfu.monitoring.models import Clue


@dataclass(frozen=True)
class ClueSource:
    """A record from which the clue came, in words, and its page ("" for who may not open it)."""

    label: str
    url: str


Sources = Callable[[Clue, User], list[ClueSource]]
_sources: list[Sources] = []


def register_clue_sources(sources: Sources) -> None:
    """An upper room says which of its records a clue came from; called when the application starts."""
    if sources not in _sources:
        _sources.append(sources)


def clue_sources(clue: Clue, user: User) -> list[ClueSource]:
    """All records that a clue came from."""
    return [one for sources in _sources for one in sources(clue, user)]

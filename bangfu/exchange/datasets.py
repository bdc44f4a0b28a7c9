"""What an upper room must bring so that a dataset's files can be committed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from bangfu.access.models import User
from bangfu.core.models import Change
from bangfu.screening.catalogue.datasets import Dataset

Progress = Callable[[int, int | None, str], None]


@dataclass(frozen=True)
class Refusal:
    """A row that was read but may not come in: its sheet (``SOURCE``), its number, the cell and why.

    ``expected`` follows "应为"; ``column`` is the catalogue's column id, or None for the row as a whole.
    """

    source: int
    row: int
    column: str | None
    found: str
    expected: str


@dataclass(frozen=True)
class Counts:
    """Rows that come in, by what they do."""

    new: int = 0
    changed: int = 0
    same: int = 0

    @property
    def accepted(self) -> int:
        """All of them."""
        return self.new + self.changed + self.same


@dataclass(frozen=True)
class Staged:
    """What a commit would do. ``differences`` is plain JSON for the page."""

    counts: Counts
    refused: Sequence[Refusal] = ()
    differences: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """What a commit did: rows by verdict, rows that had to stay outside, and what came into the register."""

    counts: Counts
    refused: Sequence[Refusal] = ()
    made: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    """For whom, on which day, for which place a file is staged, and in which folder."""

    by: User
    on: date
    place: str
    folder: Path
    progress: Progress


class Load(Protocol):
    """Staged rows made ready in the database, outside any lock."""

    def write(self, change: Change) -> Written:
        """Bring them in under the open change, set by set."""
        ...


class Committer(Protocol):
    """Knows one dataset's place in the installation."""

    dataset: Dataset

    def check_permitted(self, by: User, place: str) -> None:
        """Raise NotPermitted when ``by`` may not bring this dataset into the place."""
        ...

    def stage(self, rows: pa.Table, request: Request) -> Staged:
        """Judge the accepted rows and lay them down in the folder, everything prepared for the commit."""
        ...

    def refused_before(self, folder: Path) -> Sequence[Refusal]:
        """The refusals that ``stage`` gave."""
        ...

    def loading(self, folder: Path) -> AbstractContextManager[Load]:
        """Make what was staged ready for writing; outside the transaction."""
        ...


_committers: dict[str, Committer] = {}


def register_committer(committer: Committer) -> None:
    """An upper room says who commits a dataset; called when the application starts."""
    _committers[committer.dataset.id] = committer


def committer_of(dataset: str) -> Committer | None:
    """Who commits the dataset; None when nobody does (yet)."""
    return _committers.get(dataset)


def committers() -> list[Committer]:
    """All of them, in the order in which they came."""
    return list(_committers.values())

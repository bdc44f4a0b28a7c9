"""What an upper room must bring so that a dataset's files can be committed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
from django.db.models import Q

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core.models import Change
from bangfu.screening.catalogue.datasets import Dataset, load_datasets

SIMPLE = "simple"
"""What the differences of an upper room's list call themselves: ``made`` names its counts, ``undo`` says what
undoing does."""
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
    """What a commit did: rows by verdict, rows that had to stay outside, and what came into the register.

    ``kept`` is plain JSON that the receipt keeps for the step after an undo (``register_after_undo``).
    """

    counts: Counts
    refused: Sequence[Refusal] = ()
    made: Mapping[str, int] = field(default_factory=dict)
    kept: Mapping[str, Any] = field(default_factory=dict)


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


AfterUndo = Callable[[Mapping[str, Any]], Sequence[str]]
_committers: dict[str, Committer] = {}
_seen_with: dict[str, Permission] = {}
_after_undo: dict[str, AfterUndo] = {}
OwnUndo = Callable[[Change, Mapping[str, Any], User, str], None]
_own_undo: dict[str, OwnUndo] = {}
_shelves: dict[str, Shelf] = {}
_BEHIND_SHELF = "-"


def register_committer(committer: Committer, seen_with: Permission = Permission.HOUSEHOLD_VIEW) -> None:
    """An upper room says who commits a dataset; called when the application starts.

    ``seen_with`` is what somebody must have to see other people's batches of it, besides importing there.
    """
    _committers[committer.dataset.id] = committer
    _seen_with[committer.dataset.id] = seen_with


@dataclass(frozen=True)
class Shelf:
    """Datasets that counties write themselves; their ids are ``<name>-<code>``.

    ``find(code, place)`` is who commits the one that holds in a place, None when none does. ``seen(user)``
    are the codes of those whose batches the person may see; nobody else does who did not upload them.
    """

    name: str
    find: Callable[[str, str], Committer | None]
    seen: Callable[[User], Sequence[str]]

    def id_of(self, code: str) -> str:
        """The dataset's id."""
        return f"{self.name}{_BEHIND_SHELF}{code}"


def register_shelf(shelf: Shelf) -> None:
    """An upper room brings datasets that are known only when they are asked for."""
    _shelves[shelf.name] = shelf


def shelf_of(dataset: str) -> Shelf | None:
    """The shelf on which a dataset stands; None for one of the catalogue or of a room."""
    name, behind, _ = dataset.partition(_BEHIND_SHELF)
    return _shelves.get(name) if behind else None


def seen_batches(user: User) -> Q:
    """The batches of other people that the person may see."""
    if has_permission(user, Permission.HOUSEHOLD_VIEW):
        seen = ~Q(pk__in=())
        for shelf in _shelves.values():
            seen &= ~Q(dataset__startswith=f"{shelf.name}{_BEHIND_SHELF}")
    else:
        seen = Q(dataset__in=[one for one, needed in _seen_with.items() if has_permission(user, needed)])
    on_shelves = [shelf.id_of(code) for shelf in _shelves.values() for code in shelf.seen(user)]
    return seen | Q(dataset__in=on_shelves)


def register_after_undo(dataset: str, step: AfterUndo) -> None:
    """Say what is taken back besides tracked rows: ``step(kept)`` says in words what stayed, and why."""
    _after_undo[dataset] = step


def after_undo(dataset: str, kept: Mapping[str, Any]) -> list[str]:
    """Take back what a batch of the dataset made beside tracked rows; what stayed, in words."""
    step = _after_undo.get(dataset)
    return list(step(kept)) if step else []


def register_undo(dataset: str, step: OwnUndo) -> None:
    """A dataset whose rows are only added to takes a batch back by rows of its own: ``step(undoing, kept, by,
    reason)`` inside the undoing change. Raises SituationForbids; then nothing is undone."""
    _own_undo[dataset] = step


def own_undo(dataset: str) -> OwnUndo | None:
    """How batches of the dataset are taken back; None: their rows go back to what they were."""
    return _own_undo.get(dataset)


def committer_of(dataset: str, place: str) -> Committer | None:
    """Who commits the dataset for a place; None when nobody does (yet)."""
    shelf = shelf_of(dataset)
    return shelf.find(dataset.partition(_BEHIND_SHELF)[2], place) if shelf else _committers.get(dataset)


def title_of(dataset: str, place: str) -> str:
    """What the dataset is called; its id when nobody knows it any more."""
    committer = committer_of(dataset, place)
    known = committer.dataset if committer else load_datasets().get(dataset)
    return known.title if known else dataset


def committers() -> list[Committer]:
    """All of them, in the catalogue's order, then those of upper rooms' own lists."""
    return [_committers[dataset] for dataset in known_datasets() if dataset in _committers]


def known_datasets() -> dict[str, Dataset]:
    """The catalogue's datasets, then the lists that upper rooms brought with their committers."""
    own = {committer.dataset.id: committer.dataset for committer in _committers.values()}
    return {**load_datasets(), **own}

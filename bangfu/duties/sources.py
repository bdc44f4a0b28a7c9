"""What upper rooms register: who owes, which records satisfy, who the holders are.

Holders and targets are numbers of ``core.Subject``; this room knows no tie, visit or meeting.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bangfu.access.models import User
from bangfu.duties.definition.model import Definition
from bangfu.duties.definition.reading import read_duties


class Owing(NamedTuple):
    """A holder stands to a target from one day until another (None: no end); without target, alone."""

    holder: int
    target: int | None
    place: str
    valid_from: date
    valid_to: date | None


class Done(NamedTuple):
    """A record shows that a holder did something on a day; ``record`` names it, once (``visit:<uid>``)."""

    holder: int
    target: int | None
    on: date
    record: str


class Holder(NamedTuple):
    """Whose subject it is: a person's, then with their unit, or a unit's."""

    subject: int
    user: int | None
    unit: int | None


class Proof(NamedTuple):
    """A record in words, and its page."""

    label: str
    url: str


SourceFunction = Callable[[date, date, "Collection[int] | None"], Iterable[Owing]]
MatcherFunction = Callable[[date, date, "Collection[int] | None"], Iterable[Done]]
RecordUrl = Callable[[User, "int | None"], str]
ShowRecords = Callable[[User, Collection[str]], dict[str, Proof]]
HolderLookup = Callable[["Collection[int] | None"], Iterable[Holder]]


@dataclass(frozen=True)
class Source:
    """Who owes: a name for templates, a word for people."""

    name: str
    label: str
    owing: SourceFunction


@dataclass(frozen=True)
class Matcher:
    """Which records satisfy; where such a record is made, and how records are shown."""

    name: str
    label: str
    done: MatcherFunction
    record_url: RecordUrl | None = None
    show_records: ShowRecords | None = None


_sources: dict[str, Source] = {}
_matchers: dict[str, Matcher] = {}
_lookups: list[HolderLookup] = []
_files: list[Path] = []


def register_source(name: str, label: str, source: SourceFunction) -> None:
    """Say who owes under a name that templates use.

    ``source(start, end, holders)`` gives the ties of these days, of these holders or (None) of all.
    """
    _sources[name] = Source(name, label, source)


def register_matcher(
    name: str,
    label: str,
    matcher: MatcherFunction,
    record_url: RecordUrl | None = None,
    show_records: ShowRecords | None = None,
) -> None:
    """Say which records satisfy under a name that templates use.

    ``matcher(start, end, holders)`` gives the records of these days, of these holders or (None) of all.
    ``record_url(user, target)`` is the page on which the person makes such a record, "" where they may not.
    ``show_records(user, records)`` gives, by record, its words and its page ("" where they may not open it).
    """
    _matchers[name] = Matcher(name, label, matcher, record_url, show_records)


def register_holders(lookup: HolderLookup) -> None:
    """Say who stands behind holders; ``lookup(subjects)`` gives these, or (None) all."""
    if lookup not in _lookups:
        _lookups.append(lookup)


def sources() -> dict[str, Source]:
    """All sources by name."""
    return dict(sorted(_sources.items()))


def matchers() -> dict[str, Matcher]:
    """All matchers by name."""
    return dict(sorted(_matchers.items()))


def holders(subjects: Collection[int] | None = None) -> Iterable[Holder]:
    """Who stands behind these subjects, or behind all holders."""
    for lookup in _lookups:
        yield from lookup(subjects)


def register_duties(path: Path) -> None:
    """Say that a file brings duties; read when it is first needed, since it names what others register."""
    if path not in _files:
        _files.append(path)


@cache
def shipped_duties() -> tuple[Definition, ...]:
    """The duties that the software brings, file by file; raises WrongDuties."""
    return tuple(duty for path in _files for duty in read_duties(path))

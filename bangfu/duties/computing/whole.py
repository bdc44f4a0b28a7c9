"""All due items of the installation: owed, excused, counted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from bangfu.duties.computing.counting import Asked, Shelf, counted
from bangfu.duties.computing.excusing import Excuses
from bangfu.duties.computing.owed import Owed, owed_items, standings
from bangfu.duties.computing.schedules import Slot, schedule
from bangfu.duties.models import DutyTemplate
from bangfu.duties.sources import Owing, matchers, sources

_FEW = 500
"""So many holders can be named in a statement; for more it is quicker to read all records."""


class Key(NamedTuple):
    """Which due item."""

    template: int
    holder: int
    target: int | None
    start: date


class Value(NamedTuple):
    """What a due item says, as far as it may change while key and template stay."""

    place: str
    owed: int
    needed: int
    done: int
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Span:
    """The windows to compute: those that begin from ``first`` to ``last``."""

    first: date
    last: date


@dataclass
class Computer:
    """Computes duty after duty, for some holders or (None) for all; records of a kind are asked for once."""

    span: Span
    by_the_day: Callable[[str], bool]
    excuses: Excuses
    holders: Collection[int] | None = None
    slots: dict[tuple[int, date], Slot] = field(default_factory=dict)
    _shelves: dict[str, Shelf] = field(default_factory=dict)

    def items(self, versions: Sequence[DutyTemplate]) -> Iterator[tuple[Key, Value]]:
        """The due items of one duty, all its versions together."""
        for group in _alike(versions):
            yield from self._items(versions, group)

    def _items(
        self, versions: Sequence[DutyTemplate], group: Sequence[DutyTemplate]
    ) -> Iterator[tuple[Key, Value]]:
        """The items of versions that ask the same people in the same way."""
        lead = group[0]
        slots_in = self._slots_in(versions, frozenset(version.pk for version in group))
        if lead.who not in sources() or lead.matcher not in matchers():
            return
        ties = standings(self._owing(lead.who), lead.together)
        owed = owed_items(ties, slots_in, self.by_the_day)
        shelf = self._shelf(lead.matcher, {holder for holder, _ in ties})
        for _, of_tie in groupby(owed, key=attrgetter("tie")):
            yield from self._counted(lead, list(of_tie), shelf)

    def _owing(self, who: str) -> Iterable[Owing]:
        return sources()[who].owing(self.span.first, self.span.last, self.holders)

    def _counted(self, lead: DutyTemplate, of_tie: list[Owed], shelf: Shelf) -> Iterator[tuple[Key, Value]]:
        tie = of_tie[0].tie
        asked = [
            Asked(
                *one.slot.window,
                one.slot.due_on,
                self.excuses.needed(tie, lead.code, one.slot.window, one.times),
            )
            for one in of_tie
        ]
        results = counted(asked, shelf.of(tie), lead.distinct)
        for one, window, result in zip(of_tie, asked, results, strict=True):
            key = Key(one.slot.template.pk, *tie, window.start)
            yield key, Value(one.place, one.times, window.needed, *result)

    def _slots_in(
        self, versions: Sequence[DutyTemplate], among: frozenset[int]
    ) -> Callable[[str], Sequence[Slot]]:
        @cache
        def slots_in(county: str) -> list[Slot]:
            every = schedule(versions, county, self.span.first, self.span.last)
            slots = [slot for slot in every if slot.template.pk in among]
            self.slots.update({(slot.template.pk, slot.window.start): slot for slot in slots})
            return slots

        return slots_in

    def _shelf(self, matcher: str, holders: set[int]) -> Shelf:
        """The records of a kind: of a few holders only theirs, else all, asked for once."""
        done = matchers()[matcher].done
        if len(holders) <= _FEW and matcher not in self._shelves:
            return Shelf(done(self.span.first, self.span.last, holders))
        if matcher not in self._shelves:
            self._shelves[matcher] = Shelf(done(self.span.first, self.span.last, None))
        return self._shelves[matcher]


def _alike(versions: Iterable[DutyTemplate]) -> list[list[DutyTemplate]]:
    """Versions by whom they ask and which records they count, each group by its own order."""
    groups: dict[tuple[object, ...], list[DutyTemplate]] = {}
    for version in versions:
        groups.setdefault((version.who, version.matcher, version.each, version.distinct), []).append(version)
    return list(groups.values())

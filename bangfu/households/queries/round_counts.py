"""What the register's members and dated events say about the households of a round (C-048, C-054).

A person of the opening is counted once: as left by nature, or as kept. Who joined and left inside the
round is counted on neither side. Splits and merges between households of the opening move persons and
change nobody's standing; a merge with one from outside is a move in, or the end of the household.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from bangfu.access.scope import within
from bangfu.households.enums import HouseholdState, NaturalChangeKind
from bangfu.households.models import Household, Member, NaturalChange, Round, RoundEntry
from bangfu.households.standing import persons_on

_TRANSFERS = (NaturalChangeKind.SPLIT, NaturalChangeKind.MERGE)


@dataclass
class Counted:
    """A household between opening and close: persons by events, and as its members stand on the last day."""

    joined: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    moved: int = 0
    merged_from_outside: int = 0
    present: int = 0
    gone: bool = False

    @property
    def natural_increase(self) -> int:
        """Persons who came in and are still there: birth, marriage, moves in, a merge from outside."""
        return len(self.joined - self.left) + self.merged_from_outside

    @property
    def natural_decrease(self) -> int:
        """Persons of the opening who died or moved out."""
        return len(self.left - self.joined)


@dataclass(frozen=True)
class Transfer:
    """A split or a merge: ``persons`` went from one household to another."""

    kind: NaturalChangeKind
    source: int
    target: int
    persons: int


def transfers(round: Round, on: date) -> list[Transfer]:
    """Splits and merges booked in the round's place after its opening day, up to ``on``, in their order."""
    events = _events(round, on).filter(kind__in=_TRANSFERS, other_household__isnull=False)
    rows = events.values_list("kind", "household_id", "other_household_id", "persons")
    return [Transfer(NaturalChangeKind(kind), *rest) for kind, *rest in rows]


def count(round: Round, entries: Iterable[RoundEntry], moves: list[Transfer], on: date) -> dict[int, Counted]:
    """What became of each household of ``entries`` by ``on``, by household id; a fixed number of queries."""
    entries = list(entries)
    counted = {entry.household_id: Counted() for entry in entries}
    inside = {entry.household_id for entry in entries if entry.of_opening}
    _count_members(round, counted, on)
    _count_events(round, counted, on)
    _count_transfers(counted, inside, moves)
    _mark_gone(round, counted, {move.source for move in _inner_merges(moves, inside)})
    return counted


def _count_members(round: Round, counted: dict[int, Counted], on: date) -> None:
    members = Member.objects.filter(persons_on(on), household__round_entries__round=round)
    for household, persons in members.order_by().values_list("household").annotate(n=Count("id")):
        counted[household].present = persons


def _count_events(round: Round, counted: dict[int, Counted], on: date) -> None:
    events = _events(round, on).filter(member__isnull=False)
    for kind, household, member in events.values_list("kind", "household_id", "member_id"):
        if household not in counted:
            continue
        if NaturalChangeKind(kind).adds:
            counted[household].joined.add(member)
        elif NaturalChangeKind(kind).removes:
            counted[household].left.add(member)


def _count_transfers(counted: dict[int, Counted], inside: set[int], moves: list[Transfer]) -> None:
    for move in moves:
        if {move.source, move.target} <= inside:
            counted[move.source].moved -= move.persons
            counted[move.target].moved += move.persons
        elif move.target in inside:
            counted[move.target].merged_from_outside += move.persons


def _inner_merges(moves: list[Transfer], inside: set[int]) -> list[Transfer]:
    return [m for m in moves if m.kind == NaturalChangeKind.MERGE and {m.source, m.target} <= inside]


def _mark_gone(round: Round, counted: dict[int, Counted], merged: set[int]) -> None:
    ended = ~Q(state=HouseholdState.PRESENT)
    for pk in Household.objects.filter(ended, round_entries__round=round).values_list("pk", flat=True):
        counted[pk].gone = pk not in merged


def merge_targets(moves: list[Transfer], inside: set[int]) -> dict[int, int]:
    """Household id → the household of the opening that it went into."""
    return {move.source: move.target for move in _inner_merges(moves, inside)}


def split_origins(moves: list[Transfer], inside: Iterable[int]) -> dict[int, int]:
    """New household id → the household it split from, starting from those in ``inside``, chains followed."""
    known = set(inside)
    origins: dict[int, int] = {}
    by_source: dict[int, list[int]] = defaultdict(list)
    for move in moves:
        if move.kind == NaturalChangeKind.SPLIT:
            by_source[move.source].append(move.target)
    waiting = list(known)
    while waiting:
        source = waiting.pop()
        for target in by_source[source]:
            if target not in known:
                known.add(target)
                origins[target] = source
                waiting.append(target)
    return origins


def _events(round: Round, on: date) -> QuerySet[NaturalChange]:
    return NaturalChange.objects.filter(
        within("household__place", round.place), occurred_on__gt=round.opened_on, occurred_on__lte=on
    ).order_by("occurred_on", "id")

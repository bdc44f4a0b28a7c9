"""What the register's members and dated events say about the households of a round (C-048, C-054).

Who belonged to the register at the opening is written down person by person. Each of them was either kept,
in whatever household of the opening a split or a merge took them, or left by nature; leaving counts only
when an event tells of it, and so does joining. What no event tells shows as a difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from bangfu.access.scope import within
from bangfu.households.enums import HouseholdState, MemberState, NaturalChangeKind
from bangfu.households.models import (
    Household,
    Member,
    NaturalChange,
    Round,
    RoundEntry,
    RoundPerson,
)
from bangfu.households.reckoning.standing import persons_on

_TRANSFERS = (NaturalChangeKind.SPLIT, NaturalChangeKind.MERGE)


@dataclass
class Counted:
    """A household on the last day: its persons of the opening, who left, who joined, who is here."""

    of_opening: int = 0
    told_left: int = 0
    told_joined: int = 0
    untold_joined: int = 0
    from_outside: int = 0
    present: int = 0
    gone: bool = False

    @property
    def natural_decrease(self) -> int:
        """Persons of the opening who left by nature; all of them when the household is gone."""
        return self.of_opening if self.gone else self.told_left

    @property
    def natural_increase(self) -> int:
        """Persons who joined by an event, or with a household from outside that was merged into it."""
        return self.told_joined + min(self.untold_joined, self.from_outside)


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


def count(
    round: Round, entries: Sequence[RoundEntry], moves: Sequence[Transfer], on: date
) -> dict[int, Counted]:
    """What became of each household of ``entries`` by ``on``, by household id; a fixed number of queries."""
    counted = {entry.household_id: Counted() for entry in entries}
    inside = {entry.household_id for entry in entries if entry.of_opening}
    opening = _count_opening(round, counted, inside, on)
    _count_present(round, counted, opening, on)
    _count_from_outside(counted, inside, moves)
    merged = merge_targets(moves, inside)
    for household in _ended(round):
        counted[household.pk].gone = household.pk not in merged
    return counted


def _count_opening(round: Round, counted: dict[int, Counted], inside: set[int], on: date) -> set[int]:
    """Put each person of the opening where they belong now; give back all of them."""
    told = _told(round, on, "removes")
    people = RoundPerson.objects.filter(entry__round=round).values_list(
        "entry__household", "member", "member__household", "member__state", "member__left_on"
    )
    opening = set()
    for first, member, household, state, left_on in people:
        opening.add(member)
        where = counted[household if household in inside else first]
        where.of_opening += 1
        here = state == MemberState.PRESENT or (left_on is not None and left_on > on)
        where.told_left += not here and member in told
    return opening


def _count_present(round: Round, counted: dict[int, Counted], opening: set[int], on: date) -> None:
    told = _told(round, on, "adds")
    members = Member.objects.filter(persons_on(on), household__round_entries__round=round)
    for household, member in members.values_list("household", "pk"):
        where = counted[household]
        where.present += 1
        if member not in opening:
            where.told_joined += member in told
            where.untold_joined += member not in told


def _count_from_outside(counted: dict[int, Counted], inside: set[int], moves: Iterable[Transfer]) -> None:
    """People of merged households from outside, wherever later splits and merges may have taken them."""
    for move in moves:
        if move.target not in inside:
            continue
        brought = counted[move.source].from_outside if move.source in inside else move.persons
        counted[move.target].from_outside += brought


def _told(round: Round, on: date, effect: str) -> set[int]:
    """Members whom an event of the round's time brought (``adds``) or took away (``removes``)."""
    kinds = [kind for kind in NaturalChangeKind if getattr(kind, effect)]
    events = _events(round, on).filter(kind__in=kinds, member__isnull=False)
    return set(events.values_list("member_id", flat=True))


def _ended(round: Round) -> QuerySet[Household]:
    ended = ~Q(state=HouseholdState.PRESENT)
    return Household.objects.filter(ended, round_entries__round=round).only("pk")


def merge_targets(moves: Iterable[Transfer], inside: set[int]) -> dict[int, int]:
    """Household id → the household of the opening that it went into."""
    merges = (move for move in moves if move.kind == NaturalChangeKind.MERGE)
    return {move.source: move.target for move in merges if {move.source, move.target} <= inside}


def split_origins(moves: Iterable[Transfer], inside: Iterable[int]) -> dict[int, int]:
    """New household id → the household it split from, starting from those in ``inside``, chains followed."""
    by_source: dict[int, list[int]] = defaultdict(list)
    for move in moves:
        if move.kind == NaturalChangeKind.SPLIT:
            by_source[move.source].append(move.target)
    origins: dict[int, int] = {}
    waiting = list(inside)
    while waiting:
        source = waiting.pop()
        for target in by_source[source]:
            origins[target] = source
            waiting.append(target)
    return origins


def _events(round: Round, on: date) -> QuerySet[NaturalChange]:
    return NaturalChange.objects.filter(
        within("household__place", round.place), occurred_on__gt=round.opened_on, occurred_on__lte=on
    ).order_by("occurred_on", "id")

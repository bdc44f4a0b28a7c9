"""Booking a round's natural changes: what counting and closing write on entries, inside a recording."""

from __future__ import annotations

from datetime import date, datetime

from bangfu.households.enums import RoundOutcome
from bangfu.households.models import Household, Round, RoundEntry
from bangfu.households.queries.round_counts import (
    Counted,
    Transfer,
    count,
    merge_targets,
    split_origins,
    transfers,
)

_COUNTED = (
    "outcome",
    "natural_decrease",
    "kept_persons",
    "natural_increase",
    "closing_persons",
    "split_from",
    "merged_into",
    "reason_code",
    "reason_kind",
    "exit_type",
    "exit_year",
)


def count_entries(round: Round, *, at: datetime, on: date) -> None:
    """Bring the round's entries up to what the register says on ``on``; writes those that differ."""
    moves = transfers(round, on)
    _add_split_off(round, moves)
    entries = list(RoundEntry.objects.filter(round=round).select_related("household"))
    before = {entry.pk: _values(entry) for entry in entries}
    counted = count(round, entries, moves, on)
    for entry in entries:
        _book(entry, counted[entry.household_id])
    _tie(entries, moves)
    changed = [entry for entry in entries if _values(entry) != before[entry.pk]]
    RoundEntry.objects.bulk_update(changed, _COUNTED, batch_size=200)
    round.counted_at = at
    round.save(update_fields=["counted_at"])


def _values(entry: RoundEntry) -> tuple:
    return tuple(getattr(entry, f"{name}_id", getattr(entry, name)) for name in _COUNTED)


def _add_split_off(round: Round, moves: list[Transfer]) -> None:
    """Households that split from one of the opening are in the round too."""
    known = {entry.household_id: entry for entry in RoundEntry.objects.filter(round=round)}
    inside = [household for household, entry in known.items() if entry.of_opening]
    for household, source in split_origins(moves, inside).items():
        if household in known:
            continue
        place = Household.objects.values_list("place", flat=True).get(pk=household)
        known[household] = RoundEntry.objects.create(
            round=round, household_id=household, place=place, split_from=known[source]
        )


def _book(entry: RoundEntry, counted: Counted) -> None:
    """Persons by what happened to them; a household that is gone left by nature as a whole."""
    entry.closing_persons = counted.present
    if not entry.of_opening:
        return
    entry.natural_increase = counted.natural_increase
    entry.natural_decrease = counted.natural_decrease
    entry.kept_persons = counted.of_opening - counted.natural_decrease
    if counted.gone:
        _settle(entry, RoundOutcome.NATURAL_DECREASE)
    elif entry.outcome == RoundOutcome.NATURAL_DECREASE:
        _settle(entry, "")


def _settle(entry: RoundEntry, outcome: str) -> None:
    entry.outcome = outcome
    entry.reason_code = entry.reason_kind = entry.exit_type = ""
    entry.exit_year = None


def _tie(entries: list[RoundEntry], moves: list[Transfer]) -> None:
    """Point merged households at where they went; without an outcome a household follows its tie."""
    by_household = {entry.household_id: entry for entry in entries}
    inside = {entry.household_id for entry in entries if entry.of_opening}
    targets = merge_targets(moves, inside)
    for entry in entries:
        target = targets.get(entry.household_id)
        entry.merged_into = by_household[target] if target else None
        tied = entry.merged_into or entry.split_from
        if tied is not None and not entry.outcome:
            _follow(entry, by_household[tied.household_id])


def _follow(entry: RoundEntry, leader: RoundEntry) -> None:
    if leader.outcome == RoundOutcome.NATURAL_DECREASE:
        return
    for name in ("outcome", "reason_code", "reason_kind", "exit_type", "exit_year"):
        setattr(entry, name, getattr(leader, name))

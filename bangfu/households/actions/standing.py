"""What closing a round does to the standing of its households, and how reopening gives it back."""

from __future__ import annotations

from typing import Any

from bangfu.households.enums import HouseholdType, RoundOutcome
from bangfu.households.models import Household, Round, RoundEntry

_STANDING = ("household_type", "monitored_category", "risk_removed")
_NEW_STANDING: dict[str, dict[str, Any]] = {
    RoundOutcome.EXCLUDED: {"household_type": HouseholdType.GENERAL, "monitored_category": ""},
    RoundOutcome.NEW: {"household_type": HouseholdType.REGISTERED},
    RoundOutcome.REMARKED: {"risk_removed": False},
}
_AT_ONCE = 200


def write_standing(round: Round) -> None:
    """Excluded households leave the register, new and re-marked ones join it; inside a recording."""
    entries = list(_affected(round))
    for entry in entries:
        entry.standing = {name: getattr(entry.household, name) for name in _STANDING}
    RoundEntry.objects.bulk_update(entries, ["standing"], batch_size=_AT_ONCE)
    for outcome, standing in _NEW_STANDING.items():
        chosen = RoundEntry.objects.filter(round=round, outcome=outcome).values("household")
        Household.objects.filter(pk__in=chosen).update(**standing)


def give_back_standing(round: Round) -> None:
    """Give households back what the close took; whose standing somebody changed since keeps that change."""
    given_back = []
    for entry in _affected(round):
        if _still_as_closed(entry):
            for name, value in entry.standing.items():
                setattr(entry.household, name, value)
            given_back.append(entry.household)
    Household.objects.bulk_update(given_back, _STANDING, batch_size=_AT_ONCE)


def _affected(round: Round) -> Any:
    return RoundEntry.objects.filter(round=round, outcome__in=_NEW_STANDING).select_related("household")


def _still_as_closed(entry: RoundEntry) -> bool:
    wanted = {**entry.standing, **_NEW_STANDING[entry.outcome]}
    return all(getattr(entry.household, name) == value for name, value in wanted.items())

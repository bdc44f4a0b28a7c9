"""Clues and a screening of one side of the world."""

from __future__ import annotations

from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.households.models import Household
from bangfu.monitoring.actions.clues import Told, take_down
from bangfu.monitoring.enums.clues import ClueChannel, ScreeningState
from bangfu.monitoring.models import ScreeningRun
from tests.cast import NOW, TODAY


def make_clues(household: Household, user: User, region: Region, word: str) -> dict[str, Any]:
    """A clue of the household, one of somebody nobody knows, and a screening laid ready."""
    told = Told(ClueChannel.PETITION, TODAY, f"{word}来信反映困难", name=f"{word}某")
    known = take_down(by=user, at=NOW, told=told, household=household, region=None)
    unknown = take_down(by=user, at=NOW, told=told, household=None, region=region)
    run = ScreeningRun.objects.create(
        place=region.code[:6],
        as_of=TODAY,
        discovered_on=TODAY,
        state=ScreeningState.PREVIEWED,
        report={"found": 0, "ran": [], "doubts": 0},
        started_by=user,
        started_at=NOW,
    )
    return {"clue": known.clue, "unmatched": unknown.clue, "screening": run}

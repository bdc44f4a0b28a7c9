"""The helpers tab: who helps the household, who looks after its grid, since when, and before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.models import Household
from bangfu.households.policies.reach import reaches
from bangfu.households.queries.households import household_at
from bangfu.households.queries.people import grid_duties_of, pairings_of
from bangfu.households.tabs import FileTab


def load(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """All pairings, the newest first, and the grid with its workers."""
    past = household_at(household, recorded_at) or household
    pairings = pairings_of(household, recorded_at)
    return {
        "pairings": pairings,
        "current": next((pairing for pairing in pairings if pairing.valid_to is None), None),
        "grid": past.grid,
        "duties": [duty for duty in grid_duties_of(past, recorded_at) if duty.valid_to is None],
        "may_manage": recorded_at is None and reaches(user, Permission.GRID_MANAGE, household),
    }


HELPERS = FileTab("helpers", "帮扶人", "households/tabs/helpers.html", Permission.HOUSEHOLD_VIEW, load)

"""The tab of what is followed: hand-overs to civil affairs (C-057), relocation (C-083)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.households.enums import (
    HouseholdState,
    ReferralResult,
    ReferralState,
    RelocationState,
    Resettlement,
)
from bangfu.households.models import Household, Relocation
from bangfu.households.queries.following import referrals_of, relocation_of
from bangfu.households.tabs import FileTab

_RELOCATION_SIGNALS = {
    RelocationState.PLANNED: "now",
    RelocationState.MOVED_IN: "ok",
    RelocationState.NOT_MOVED_IN: "warn",
}


def load(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """The hand-overs, the newest first, and the relocation; no buttons for the past."""
    referrals = referrals_of(household, recorded_at)
    relocation = relocation_of(household, recorded_at)
    here = household.state == HouseholdState.PRESENT
    may = recorded_at is None and permits(user, Permission.HOUSEHOLD_REGISTER, household.place)
    return {
        "referrals": [{"referral": one, "signal": _signal(one.state, one.result)} for one in referrals],
        "may_refer": may and here and all(one.state == ReferralState.DECIDED for one in referrals),
        "relocation": relocation,
        "relocation_signal": _RELOCATION_SIGNALS[RelocationState(relocation.state)] if relocation else "",
        "settled_label": "交钥匙"
        if relocation and relocation.resettlement == Resettlement.CONCENTRATED
        else "住进去",
        "may_follow": may,
        "may_plan": may and here,
        "count": len(referrals) + (relocation is not None),
    }


def _signal(state: str, result: str) -> str:
    if state != ReferralState.DECIDED:
        return "now"
    return "off" if result == ReferralResult.INELIGIBLE else "ok"


def counted(household: Household, user: User) -> tuple[QuerySet[Any], ...]:
    """Hand-overs and the relocation."""
    return household.referrals.all(), Relocation.objects.filter(household=household)


FOLLOWING = FileTab(
    "following", "兜底与搬迁", "households/tabs/following.html", Permission.HOUSEHOLD_VIEW, load, counted
)

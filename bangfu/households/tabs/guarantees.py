"""The guarantees tab: the latest of each kind, and all assessments before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import GuaranteeKind
from bangfu.households.models import Household
from bangfu.households.policies.reach import reaches
from bangfu.households.queries.guarantees import assessments_of, latest_guarantees
from bangfu.households.showing.guarantees import shown
from bangfu.households.tabs import FileTab


def load(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """Six rows, a kind never assessed among them, then the history."""
    latest = latest_guarantees(household, recorded_at)
    return {
        "kinds": [
            {"kind": kind, "row": shown(latest[kind], household.place) if kind in latest else None}
            for kind in GuaranteeKind
        ],
        "history": [shown(each, household.place) for each in assessments_of(household, recorded_at)],
        "may_record": recorded_at is None and reaches(user, Permission.GUARANTEE_RECORD, household),
    }


GUARANTEES = FileTab(
    "guarantees", "三保障与饮水", "households/tabs/guarantees.html", Permission.HOUSEHOLD_VIEW, load
)

"""The income tab: the latest worksheet, against the period before, and all versions (C-051)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.models import Household
from bangfu.households.policies.reach import reaches
from bangfu.households.queries.income import worksheets_of
from bangfu.households.showing.income import shown, steps
from bangfu.households.tabs import FileTab


def load(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """The latest worksheet as its page shows it; no buttons for the past."""
    sheets = worksheets_of(household, recorded_at)
    context: dict[str, Any] = {"sheets": sheets, "count": len(sheets)}
    if sheets:
        latest = sheets[0]
        earlier = next((sheet for sheet in sheets if sheet.period_to < latest.period_to), None)
        context |= shown(latest, earlier)
        context["steps"] = steps(latest, user) if recorded_at is None else []
    may = recorded_at is None and reaches(user, Permission.INCOME_RECORD, household)
    return context | {"may_record": may}


def counted(household: Household, user: User) -> tuple[QuerySet[Any], ...]:
    """All worksheets."""
    return (household.worksheets.all(),)


INCOME = FileTab("income", "收入", "households/tabs/income.html", Permission.HOUSEHOLD_VIEW, load, counted)

"""The tab that this room brings to the household file: its sheets (C-184)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.forms.enums import LEFT, SweepState
from bangfu.forms.models import Sheet, SweepTask
from bangfu.households.models import Household
from bangfu.households.policies.reach import reaches
from bangfu.households.reckoning.days import local_day
from bangfu.households.tabs import FileTab


def load_sheets(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """Every sheet of the household, the newest first, and the sweeps in which it still waits."""
    sheets = household.sheets.select_related("task__sweep", "form", "filled_by")
    waiting = SweepTask.objects.filter(pk__in=())
    if recorded_at is None:
        waiting = household.sweep_tasks.filter(sweep__state=SweepState.OPEN, state__in=LEFT).select_related(
            "sweep"
        )
    else:
        sheets = sheets.filter(filled_on__lte=local_day(recorded_at))
    rows = list(sheets)
    return {
        "sheets": rows,
        "waiting": list(waiting),
        "count": len(rows),
        "may_record": recorded_at is None and reaches(user, Permission.SWEEP_RECORD, household),
    }


def _counted(household: Household, user: User) -> tuple[QuerySet[Any], ...]:
    return (Sheet.objects.filter(household=household),)


SHEETS = FileTab(
    "sheets", "排查", "forms/sheets_tab.html", Permission.SWEEP_VIEW, load_sheets, counted=_counted
)

"""The visits tab of a household file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.households.enums import HouseholdState
from bangfu.households.models import Household
from bangfu.households.policies.reach import reaches
from bangfu.households.tabs import FileTab
from bangfu.support.models import Visit
from bangfu.support.queries.visits import visits_of
from bangfu.support.showing.visits import visit_signal


def load_visits(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """Every visit that the person may see, the newest first, withdrawn ones too."""
    rows = []
    for visit in visits_of(household, user, recorded_at):
        kind, word, icon = visit_signal(visit)
        rows.append({"visit": visit, "kind": kind, "word": word, "icon": icon})
    writable = recorded_at is None and household.state == HouseholdState.PRESENT
    may = writable and reaches(user, Permission.VISIT_RECORD, household)
    url = reverse("record_visit", args=[household.uid]) if may else ""
    return {
        "visits": rows,
        "count": len(rows),
        "record_url": url,
        "history_url": _history_url(household, user),
    }


def _history_url(household: Household, user: User) -> str:
    """Where the visits are drafted as a paper; "" for who may not."""
    if not permits(user, Permission.REPORT_WRITE, household.place):
        return ""
    return f"{reverse('draft_report', args=['visit_history'])}?about={household.subject.uid}"


def _counted(household: Household, user: User) -> tuple[QuerySet[Visit], ...]:
    return (Visit.objects.visible_to(user, Permission.VISIT_VIEW).filter(household=household),)


VISITS = FileTab(
    "visits", "走访", "support/visits/tab.html", Permission.VISIT_VIEW, load_visits, counted=_counted
)

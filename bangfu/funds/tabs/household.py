"""What the household file shows of money: every yuan that reached it, and from where (C-031)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.funds.models import SubsidyLine
from bangfu.funds.queries.household_trace import trace_household
from bangfu.funds.showing.traces import trace_chart, trace_tables
from bangfu.households.models import Household
from bangfu.households.tabs import FileTab
from bangfu.projects.models import Linkage

_LISTED = 20


def load_funds(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """The trace; on a past day as it was recorded then."""
    trace = trace_household(household, _LISTED, recorded_at)
    return {
        "trace": trace,
        "chart": trace_chart(trace) if trace.flows else None,
        "tables": trace_tables(trace, user),
        "count": sum(part.count for part in trace.parts[:2]),
    }


def _rows(household: Household, user: User) -> tuple[QuerySet[Any], ...]:
    return SubsidyLine.objects.filter(household=household), Linkage.objects.filter(household=household)


FUNDS = FileTab(
    "funds", "资金", "funds/household_tab.html", Permission.HOUSEHOLD_VIEW, load_funds, counted=_rows
)

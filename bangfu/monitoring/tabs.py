"""The tabs that monitoring brings to the household file: risks and help, and the cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.models import Household
from bangfu.households.policies.reach import reaches
from bangfu.households.reckoning.days import local_day
from bangfu.households.tabs import FileTab
from bangfu.monitoring.models import Case, Measure
from bangfu.monitoring.queries.cases import cases_recorded
from bangfu.monitoring.queries.help import measures_recorded, plan_recorded
from bangfu.monitoring.showing.help import plan_view
from bangfu.workflow.versions import flow_of_run


def load_help(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """Risks against measures, the plan and its measures."""
    measures = measures_recorded(household, recorded_at)
    plan = plan_recorded(household, recorded_at)
    on = local_day(recorded_at) if recorded_at else timezone.localdate()
    view = plan_view(household, plan, measures, user, on)
    if recorded_at is not None:
        view["manages"] = False
        for row in view["measures"]:
            row["carry_url"] = row["stop_url"] = ""
    return {"help": view, "count": len(measures)}


def load_cases(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """Every case of the household, the newest first, and what may be begun."""
    cases = cases_recorded(household, recorded_at)
    now = recorded_at is None and all(case.closed_on for case in cases)
    monitored = bool(household.monitored_category) and not household.risk_removed
    return {
        "cases": [_row(case) for case in cases],
        "count": len(cases),
        "may_open": now and not monitored and reaches(user, Permission.CASE_STUDY, household),
        "may_release": now and monitored and reaches(user, Permission.CASE_RELEASE, household),
    }


def _row(case: Case) -> dict[str, Any]:
    word = flow_of_run(case.run).states[case.run.state].title
    return {"case": case, "signal": {"kind": "ok" if case.closed_on else "now", "word": word}}


HELP = FileTab(
    "help",
    "风险与帮扶",
    "monitoring/help/tab.html",
    Permission.CASE_VIEW,
    load_help,
    counted=lambda household, user: (Measure.objects.filter(household=household),),
)
CASES = FileTab(
    "cases",
    "办理",
    "monitoring/cases/tab.html",
    Permission.CASE_VIEW,
    load_cases,
    counted=lambda household, user: (Case.objects.filter(household=household),),
)

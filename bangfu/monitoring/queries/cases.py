"""Reading cases: the case behind a run, its records, who may see it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.models import Household
from bangfu.households.queries.recorded import rows_recorded
from bangfu.monitoring.models import (
    Announcement,
    Authorisation,
    Case,
    CaseObjection,
    HomeVerification,
    InformationCheck,
    Judgement,
    Refusal,
    ReviewMeeting,
    RiskStudy,
    TownshipReview,
)
from bangfu.monitoring.models.records import CaseRecord
from bangfu.workflow.calendars import calendar_now
from bangfu.workflow.limits import soon_until
from bangfu.workflow.models import FlowRun

Record = TypeVar("Record", bound=CaseRecord)
KINDS: tuple[type[CaseRecord], ...] = (
    RiskStudy,
    Authorisation,
    HomeVerification,
    InformationCheck,
    Judgement,
    ReviewMeeting,
    TownshipReview,
    Announcement,
    Refusal,
    CaseObjection,
)
"""Every kind of record, in the order of the steps."""


def cases_seen_by(user: User) -> QuerySet[Case]:
    """The cases that a person may see, with what lists show of them."""
    rows = Case.objects.visible_to(user, Permission.CASE_VIEW)
    return rows.select_related("household__village__parent", "run__definition", "approval").defer(
        "run__definition__text"
    )


def case_of(run: FlowRun) -> Case:
    """The case that a run carries."""
    return Case.objects.select_related("household", "approval", "run").get(run=run)


def open_case_of(household: Household) -> Case | None:
    """The household's case that is not closed."""
    return household.cases.filter(closed_on=None).select_related("run").first()


def enrolment_of(household: Household) -> Case | None:
    """The latest case by which the household was enrolled."""
    enrolled = household.cases.filter(kind="identification", approval__isnull=False)
    return enrolled.select_related("approval").order_by("-approval__approved_on", "-id").first()


def latest(case: Case, model: type[Record]) -> Record | None:
    """The record of a kind that counts: the last one written down."""
    return model._default_manager.filter(case=case).order_by("-id").first()


def checks_of(case: Case) -> list[InformationCheck]:
    """The bureaus asked about the household, in the order of asking, with their judgements."""
    return list(InformationCheck.objects.filter(case=case).order_by("id").prefetch_related("judgements"))


def last_day_before(case: Case, model: type[CaseRecord] | None = None) -> date:
    """The day before which a record of this kind cannot be: that of the record before it; None: of all."""
    days = [case.discovered_on]
    for kind, field in _DAYS.items():
        if kind is model:
            break
        record = latest(case, kind)
        if record is not None:
            days.append(getattr(record, field))
    return max(days)


_DAYS: dict[type[CaseRecord], str] = {
    RiskStudy: "studied_on",
    Authorisation: "signed_on",
    HomeVerification: "verified_on",
    ReviewMeeting: "held_on",
    TownshipReview: "reviewed_on",
    Announcement: "announced_on",
}
"""The day of each record of the ordinary way, in its order."""


def cases_recorded(household: Household, recorded_at: datetime | None) -> list[Case]:
    """The household's cases as recorded at an instant (None: today), the newest first, each with its run."""
    cases = rows_recorded(household.cases.all(), recorded_at)
    runs = FlowRun.objects.filter(case__household=household).select_related("definition")
    held = {run.pk: run for run in rows_recorded(runs, recorded_at)}
    for case in cases:
        case.run = held[case.run_id]
    return sorted(cases, key=lambda case: case.pk, reverse=True)


LIMITS = {
    "open": "在办",
    "soon": "临期",
    "overdue": "超期",
    "returned": "待补正",
    "green": "绿色通道待补手续",
}
"""Conditions on a case's progress, by the code in the address."""


def within_limit(rows: QuerySet[Case], value: str, on: date) -> QuerySet[Case]:
    """The cases of a condition of ``LIMITS`` on a day; all for another code."""
    going = rows.filter(run__ended_on=None)
    match value:
        case "open":
            return rows.filter(closed_on=None)
        case "soon":
            last = soon_until(on, calendar_now())
            return going.filter(run__due_on__gte=on, run__due_on__lte=last)
        case "overdue":
            return going.filter(run__due_on__lt=on)
        case "returned":
            return going.filter(run__returned=True)
        case "green":
            return rows.filter(green_channel=True, approval=None, closed_on=None)
    return rows

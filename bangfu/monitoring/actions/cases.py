"""Opening cases, and ending them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import Actor, recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change, Subject, SubjectKind
from bangfu.core.parameters import value
from bangfu.households.actions.locking import locked
from bangfu.households.enums import MonitoredCategory
from bangfu.households.models import Household
from bangfu.households.policies.reach import check_reaches
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.actions.clue_verifying import close_with_case, put_in_case
from bangfu.monitoring.enums.cases import CaseKind, CaseOutcome
from bangfu.monitoring.models import Case, Clue
from bangfu.monitoring.policies import cases as policies
from bangfu.monitoring.queries.cases import case_of, enrolment_of
from bangfu.monitoring.terms import risk_words
from bangfu.workflow.actions.running import start_flow
from bangfu.workflow.models import FlowRun

LABEL_LENGTH = 100


def open_case(
    *,
    by: User,
    at: datetime,
    household: Household,
    discovered_on: date,
    risks: Sequence[str] = (),
    category: str = "",
    green_channel: bool = False,
    clue: Clue | None = None,
) -> Case:
    """Begin the identification of a household; a clue, when given, goes with it.

    The limit counts from ``discovered_on``. ``green_channel``: help first, papers by the day that the
    parameter gives. Raises NotPermitted; SituationForbids for a household that is monitored, has a case
    already or does not fit the category.
    """
    check_reaches(by, Permission.CASE_STUDY, household)
    with recording(by=by, at=at, verb="open_case", effective_on=local_day(at)) as change:
        held = locked(household)
        policies.check_may_identify(held)
        if category:
            policies.check_category(held, category)
        policies.check_green_channel(category, green_channel)
        case = Case(
            household=held,
            kind=CaseKind.IDENTIFICATION,
            category=category,
            risks=risk_words(risks),
            green_channel=green_channel,
            clue=put_in_case(clue) if clue else None,
            discovered_on=discovered_on,
        )
        if green_channel:
            case.papers_due_on = local_day(at) + timedelta(days=_green_days(held.place, local_day(at)))
        _begin(case, by, at)
        _audit(case, by, at, "open_case", change)
    return case


def open_removal(*, by: User, at: datetime, household: Household, on: date) -> Case:
    """Begin the removal of a monitored household's risk; raises like :func:`open_case`."""
    check_reaches(by, Permission.CASE_RELEASE, household)
    with recording(by=by, at=at, verb="open_removal", effective_on=on) as change:
        held = locked(household)
        policies.check_may_release(held)
        case = Case(
            household=held,
            kind=CaseKind.REMOVAL,
            category=held.monitored_category,
            risks=held.risks,
            follows=enrolment_of(held),
            discovered_on=on,
        )
        _begin(case, by, at)
        _audit(case, by, at, "open_removal", change)
    return case


def _green_days(place: str, on: date) -> int:
    return int(value("green_channel_days", on=on, place=place))


def _begin(case: Case, by: Actor, at: datetime) -> None:
    household = case.household
    label = f"{household.head_name}户（{household.village.name}）{case.get_kind_display()}"[:LABEL_LENGTH]
    case.place = household.place
    case.subject = Subject.objects.create(kind=SubjectKind.CASE, place=household.place, label=label)
    case.run = start_flow(
        by=by,
        at=at,
        code=case.kind,
        subject=case.subject,
        place=case.place,
        discovered_on=case.discovered_on,
        label=label,
    )
    case.save()


def _audit(case: Case, by: Actor, at: datetime, verb: str, change: Change) -> None:
    data = {"case": str(case.uid), "green_channel": case.green_channel}
    audit.record(by=by, at=at, verb=verb, subject=case.subject, data=data, change=change)


Ending = Callable[[FlowRun, Actor, datetime, dict[str, Any]], None]


def ending(outcome: CaseOutcome) -> Ending:
    """The flow's action that ends a case with ``outcome``; its clue is closed with it."""

    def end(run: FlowRun, by: Actor, at: datetime, data: dict[str, Any]) -> None:
        case = case_of(run)
        case.outcome, case.closed_on = outcome, data["on"]
        case.save()
        if case.clue is not None:
            close_with_case(case.clue, at)

    return end


def remark_case(run: FlowRun, by: Actor, at: datetime, data: dict[str, Any]) -> None:
    """The flow's action for a risk that returned: identification begins again, linked to the removal."""
    released = case_of(run)
    household = locked(released.household)
    policies.check_may_identify(household)
    if not household.risk_removed:
        raise SituationForbids("这一户的风险还没有标注消除，不用再标注。")
    case = Case(
        household=household,
        kind=CaseKind.IDENTIFICATION,
        risks=released.risks,
        follows=released,
        discovered_on=data["on"],
    )
    if released.category in MonitoredCategory.values:
        case.category = released.category
    _begin(case, by, at)
    released.outcome = CaseOutcome.REMARKED
    released.save()

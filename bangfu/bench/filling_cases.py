"""Cases and clues of any number over a filled register, for benchmarks and tests of size; written in bulk.

A case walks one step a day from the day it was discovered; one in four is still under way, one in eight was
refused, the others ended in help. Clues come through the real release of a screening.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.utils import timezone

from bangfu.access.models import User
from bangfu.bench.filling import COUNTY
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Subject, SubjectKind
from bangfu.households.models import Household
from bangfu.monitoring.actions.screening_staging import stage
from bangfu.monitoring.actions.screenings import release_screening
from bangfu.monitoring.enums.cases import CaseKind, CaseOutcome
from bangfu.monitoring.enums.clues import ScreeningState
from bangfu.monitoring.enums.help import MeasureKind, MeasureState, PlanState
from bangfu.monitoring.models import ApprovalBatch, AssistancePlan, Case, Measure, ScreeningRun
from bangfu.monitoring.screening import Screening
from bangfu.monitoring.screening_facts import FoundFact
from bangfu.workflow.models import FlowDefinition, FlowRun, FlowStep
from bangfu.workflow.versions import flow_of, shipped_version

WAY = (
    *("study", "authorise", "verify", "meet", "notice", "review", "approve"),
    *("announce", "mark", "plan", "help", "enrolled"),
)
_REFUSED = ("study", "authorise", "verify", "refused", "closed")
_STEP_DAYS, _TOTAL_DAYS = 2, 15
_CHUNK, _PIECE = 2_000, 500
_RULE = "medical_self_pay_general"


def fill_cases(count: int) -> None:
    """``count`` identifications, each of another household, over the last three hundred days."""
    now = timezone.now()
    by = User.objects.get(username="county")
    with recording(by=SYSTEM, at=now, verb="fill"):
        definition = shipped_version(at=now, code=CaseKind.IDENTIFICATION)
        batch = ApprovalBatch.objects.create(
            place=COUNTY,
            kind=CaseKind.IDENTIFICATION,
            number="测量〔2026〕1号",
            approved_on=timezone.localdate() - dt.timedelta(days=14),
            cases_count=count,
            approved_by=by,
        )
        step = max(1, Household.objects.count() // count)
        homes = islice(Household.objects.order_by("id").iterator(_CHUNK), 0, count * step, step)
        numbered = enumerate(homes)
        while chunk := list(islice(numbered, _CHUNK)):
            _write(chunk, definition, batch, by)


def _write(
    chunk: list[tuple[int, Household]], definition: FlowDefinition, batch: ApprovalBatch, by: User
) -> None:
    cases = [_case(number, household, definition, batch) for number, household in chunk]
    Subject.objects.bulk_create([case.subject for case in cases], batch_size=_PIECE)
    for case in cases:
        case.run.subject = case.subject
    FlowRun.objects.bulk_create([case.run for case in cases], batch_size=_PIECE)
    for case in cases:
        case.run = case.run
    Case.objects.bulk_create(cases, batch_size=_PIECE)
    FlowStep.objects.bulk_create([step for case in cases for step in _steps(case)], batch_size=_PIECE)
    helped = [case for case in cases if case.run.state in WAY[WAY.index("help") :]]
    AssistancePlan.objects.bulk_create([_plan(case, by) for case in helped], batch_size=_PIECE)
    Measure.objects.bulk_create([_measure(case) for case in helped], batch_size=_PIECE)
    enrolled = [case.household_id for case in cases if case.approval_id]
    Household.objects.filter(pk__in=enrolled).update(monitored_category="sudden", risk_removed=False)


def _walked(number: int) -> tuple[str, ...]:
    """The states that a case has passed through."""
    if number % 8 == 1:
        return _REFUSED
    return WAY[: 1 + number // 4 % (len(WAY) - 1)] if number % 4 == 0 else WAY


def _case(number: int, household: Household, definition: FlowDefinition, batch: ApprovalBatch) -> Case:
    walked, found = _walked(number), timezone.localdate() - dt.timedelta(days=14 + number % 300)
    state, ended = walked[-1], walked[-1] in ("enrolled", "closed")
    last = found + dt.timedelta(days=len(walked) - 1)
    label = f"{household.head_name}户识别认定"
    run = FlowRun(
        definition=definition,
        flow=CaseKind.IDENTIFICATION,
        label=label,
        place=household.place,
        state=state,
        step_number=len(walked),
        owner_permission=flow_of(definition).states[state].owner,
        discovered_on=found,
        entered_on=last,
        step_due_on=None if ended else last + dt.timedelta(days=_STEP_DAYS),
        total_due_on=found + dt.timedelta(days=_TOTAL_DAYS),
        due_on=None if ended else last + dt.timedelta(days=_STEP_DAYS),
        started_at=timezone.now(),
        ended_on=last if ended else None,
        outcome=flow_of(definition).states[state].outcome,
    )
    return Case(
        subject=Subject(kind=SubjectKind.CASE, place=household.place, label=label),
        household=household,
        place=household.place,
        kind=CaseKind.IDENTIFICATION,
        run=run,
        category="sudden",
        risks=["因病"],
        discovered_on=found,
        approval=batch if "announce" in walked else None,
        national_marked_on=last if "plan" in walked else None,
        outcome={"enrolled": CaseOutcome.ENROLLED, "closed": CaseOutcome.REFUSED}.get(state, ""),
        closed_on=last if ended else None,
    )


def _steps(case: Case) -> Iterator[FlowStep]:
    walked = _REFUSED if case.outcome == CaseOutcome.REFUSED else WAY[: case.run.step_number]
    for number, state in enumerate(walked, start=1):
        entered = case.discovered_on + dt.timedelta(days=number - 1)
        passed = number < len(walked)
        yield FlowStep(
            run=case.run,
            number=number,
            state=state,
            entered_on=entered,
            entered_at=case.run.started_at,
            due_on=entered + dt.timedelta(days=_STEP_DAYS),
            left_on=entered + dt.timedelta(days=1) if passed else None,
            left_at=case.run.started_at if passed else None,
        )


def _plan(case: Case, by: User) -> AssistancePlan:
    return AssistancePlan(
        household=case.household,
        case=case,
        number=1,
        state=PlanState.ADOPTED,
        needs="医疗",
        goal="稳定",
        adopted_on=case.discovered_on + dt.timedelta(days=10),
        drafted_by=by,
    )


def _measure(case: Case) -> Measure:
    started = case.discovered_on + dt.timedelta(days=11)
    return Measure(
        household=case.household,
        case=case,
        kind=MeasureKind.HEALTH,
        content="医疗救助",
        planned_from=started,
        started_on=started if case.closed_on else None,
        state=MeasureState.UNDER_WAY if case.closed_on else MeasureState.PLANNED,
    )


def staged_clues(count: int) -> ScreeningRun:
    """A screening of the county that found one fact for each of ``count`` households, laid ready."""
    now, today = timezone.now(), timezone.localdate()
    by = User.objects.get(username="county")
    run = ScreeningRun.objects.create(
        place=COUNTY, as_of=today, discovered_on=today, started_by=by, started_at=now
    )
    uids = Household.objects.order_by("-id").values_list("uid", flat=True)[:count]
    found = [
        FoundFact(
            _RULE, "1", uid, None, f"{number}", "住院自付累计 31206.40 元。", {}, ("medical_expense:1",)
        )
        for number, uid in enumerate(uids)
    ]
    stage(run, Screening(found, Counter(), [], today, "d" * 64, lambda rule: set()), lambda *_: None)
    run.state, run.previewed_at = ScreeningState.PREVIEWED, now
    run.save()
    return run


def fill_clues(count: int) -> None:
    """``count`` clues of as many households, in the pool."""
    by = User.objects.get(username="county")
    release_screening(by=by, at=timezone.now(), run=staged_clues(count))

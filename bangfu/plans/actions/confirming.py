"""A person confirms what the reader proposed: a task, or none with the reason; and may think again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.access.scope import within
from bangfu.core.changing import recording
from bangfu.core.models import Subject, SubjectKind
from bangfu.core.models.region import county_of
from bangfu.plans.actions.writing import held_passage, noted
from bangfu.plans.enums import PassageState, StepRhythm
from bangfu.plans.models import Passage, PlanStep, PlanTask, TaskFigure, TaskMoney, TaskUnit
from bangfu.plans.policies.plans import check_acceptable, check_facts, check_reason, check_reopenable
from bangfu.plans.terms.facts import StepFacts, TaskFacts
from bangfu.plans.terms.pace import next_due

_MANAGE = Permission.COUNTY_PLAN_MANAGE


def accept_plan_task(*, by: User, at: datetime, passage: Passage, version: int, facts: TaskFacts) -> PlanTask:
    """Make a task of a stretch of the text, with the facts that the person confirmed.

    Raises NotPermitted, StaleVersion; SituationForbids without a unit, or when sums or days do not fit.
    """
    require(by, _MANAGE, passage.plan.place)
    with recording(by=by, at=at, verb="accept_plan_task") as change:
        row = held_passage(passage, version)
        check_acceptable(row)
        check_facts(facts)
        task = _task(row, facts)
        row.state, row.reason = PassageState.ACCEPTED, ""
        row.save()
        noted("accept_plan_task", row.plan, by, at, change, task=str(task.uid))
    return task


def leave_out_passage(*, by: User, at: datetime, passage: Passage, version: int, reason: str) -> Passage:
    """Say why a proposed task is none. Raises NotPermitted, StaleVersion, SituationForbids."""
    require(by, _MANAGE, passage.plan.place)
    with recording(by=by, at=at, verb="leave_out_passage", reason=reason) as change:
        row = held_passage(passage, version)
        check_acceptable(row)
        check_reason(reason)
        row.state, row.reason = PassageState.LEFT_OUT, reason.strip()
        row.save()
        noted("leave_out_passage", row.plan, by, at, change, position=row.position)
    return row


def reopen_passage(*, by: User, at: datetime, passage: Passage, version: int) -> Passage:
    """Take a decision back: the task made of it goes, the stretch waits again.

    Raises NotPermitted, StaleVersion; SituationForbids once the plan runs.
    """
    require(by, _MANAGE, passage.plan.place)
    with recording(by=by, at=at, verb="reopen_passage") as change:
        row = held_passage(passage, version)
        check_reopenable(row)
        PlanTask.objects.filter(passage=row).delete()
        proposed = bool(row.proposal)
        row.state, row.reason = (PassageState.WAITING if proposed else PassageState.NOTED), ""
        row.save()
        noted("reopen_passage", row.plan, by, at, change, position=row.position)
    return row


def _task(passage: Passage, facts: TaskFacts) -> PlanTask:
    plan = passage.plan
    task = PlanTask.objects.create(
        subject=Subject.objects.create(kind=SubjectKind.TASK, place=plan.place, label=facts.title[:100]),
        plan=plan,
        passage=passage,
        place=plan.place,
        position=passage.position,
        chapter=passage.chapter,
        title=facts.title.strip(),
        amount=facts.amount,
    )
    for names, leads in ((facts.leads, True), (facts.helps, False)):
        for name in names:
            TaskUnit.objects.create(task=task, name=name, leads=leads, unit=_unit(plan.place, name))
    for source, fen in facts.money:
        TaskMoney.objects.create(task=task, source=source, amount=fen)
    for words in facts.figures:
        TaskFigure.objects.create(task=task, words=words)
    _steps(task, facts.steps)
    return task


def _unit(place: str, name: str) -> Unit | None:
    """The one active unit of the county with this name, or with it behind the county's; None otherwise."""
    rows = Unit.objects.filter(within("place", county_of(place)), is_active=True)
    exact = list(rows.filter(name=name)[:2])
    found = exact or list(rows.filter(name__endswith=name)[:2])
    return found[0] if len(found) == 1 else None


def _steps(task: PlanTask, steps: Iterable[StepFacts]) -> None:
    for position, step in enumerate(steps, start=1):
        PlanStep.objects.create(
            task=task,
            position=position,
            words=step.words[:500],
            rhythm=step.rhythm,
            starts_on=step.starts_on,
            due_on=step.due_on,
            every=step.every,
            times=step.times,
            next_due_on=_first_due(task.plan.year, step),
        )


def _first_due(year: int, step: StepFacts) -> date | None:
    if step.rhythm == StepRhythm.EVERY:
        return next_due(year, step.every or 0, step.times, ())
    return step.due_on

"""While a plan runs: units report steps, the office checks tasks, what lags is ordered."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core.changing import recording
from bangfu.plans.actions.writing import held_plan, noted
from bangfu.plans.enums import StepRhythm, Verdict
from bangfu.plans.models import PlanStep, PlanTask, StepReport, TaskCheck
from bangfu.plans.policies.plans import check_check, check_report
from bangfu.plans.policies.reporting import require_reporter
from bangfu.plans.terms.pace import next_due
from bangfu.support.actions.orders import order_about
from bangfu.support.models import SupervisionOrder


def report_plan_step(
    *, by: User, at: datetime, step: PlanStep, on: date, words: str, done: bool
) -> StepReport:
    """What a unit did of a step; a recurring one then owes its next stretch.

    Raises NotPermitted; SituationForbids for a step that is done, a day to come, or without words.
    """
    require_reporter(by, step.task)
    with recording(by=by, at=at, verb="report_plan_step", effective_on=on) as change:
        held_plan(step.task.plan)
        row = PlanStep.objects.select_for_update(of=("self",)).select_related("task__plan").get(pk=step.pk)
        check_report(row, on, words, localdate(at))
        made = StepReport.objects.create(
            step=row, unit=by.unit, on=on, words=words.strip(), done=done, reported_by=by
        )
        if done:
            _go_on(row, on)
        noted("report_plan_step", row.task.plan, by, at, change, step=str(row.uid), done=done)
    return made


def _go_on(step: PlanStep, on: date) -> None:
    """After a report that says it is done."""
    if step.rhythm == StepRhythm.EVERY:
        days = list(step.reports.filter(done=True).values_list("on", flat=True))
        step.next_due_on = next_due(step.task.plan.year, step.every or 0, step.times, days)
        step.done_on = None if step.next_due_on else on
    else:
        step.next_due_on, step.done_on = None, on
    step.save()


def check_plan_task(
    *, by: User, at: datetime, task: PlanTask, on: date, verdict: Verdict, words: str
) -> TaskCheck:
    """What a check found. Raises NotPermitted; SituationForbids before the plan runs or without words."""
    require(by, Permission.COUNTY_PLAN_MANAGE, task.place)
    with recording(by=by, at=at, verb="check_plan_task", effective_on=on) as change:
        plan = held_plan(task.plan)
        check_check(plan, on, words, localdate(at))
        made = TaskCheck.objects.create(task=task, on=on, verdict=verdict, words=words.strip(), checked_by=by)
        row = PlanTask.objects.get(pk=task.pk)
        last = row.checks.order_by("-on", "-pk")[0]
        row.verdict, row.checked_on = last.verdict, last.on
        row.save()
        noted("check_plan_task", plan, by, at, change, task=str(task.uid), verdict=verdict)
    return made


def order_plan_task(
    *,
    by: User,
    at: datetime,
    task: PlanTask,
    kind: str,
    words: str,
    unit: Unit,
    demand: str,
    issued_on: date,
    due_on: date,
) -> SupervisionOrder:
    """Order a unit to catch up; answered, checked again and closed out like every supervision order.

    Raises NotPermitted, SituationForbids.
    """
    require(by, Permission.ORDER_ISSUE, task.place)
    with recording(by=by, at=at, verb="order_plan_task", effective_on=issued_on) as change:
        plan = held_plan(task.plan)
        order = order_about(
            by=by,
            at=at,
            about=task.subject,
            region=plan.region,
            kind=kind,
            words=words,
            unit=unit,
            demand=demand,
            issued_on=issued_on,
            due_on=due_on,
        )
        noted("order_plan_task", plan, by, at, change, task=str(task.uid), order=str(order.uid))
    return order

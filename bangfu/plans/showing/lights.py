"""How tasks and steps stand, as lights and words."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from bangfu.plans.enums import PlanState, StepRhythm, Verdict
from bangfu.plans.models import Plan, PlanStep, PlanTask
from bangfu.plans.terms.facts import StepFacts
from bangfu.plans.terms.saying import when_text
from bangfu.ui.formats import iso_day

Light = tuple[str, str]
_VERDICTS = {Verdict.ON_TRACK: "ok", Verdict.LAGGING: "bad", Verdict.DONE: "ok"}


def plan_signal(plan: Plan) -> Light:
    """Confirming or running."""
    return ("now" if plan.state == PlanState.CONFIRMING else "ok"), plan.get_state_display()


def step_signal(step: PlanStep, today: date | None = None) -> Light:
    """Done, behind, due, or without a day."""
    day = today or timezone.localdate()
    if step.done_on:
        return "ok", "完成"
    if step.next_due_on is None:
        return "off", "没有定期限"
    if step.next_due_on < day:
        return "bad", "到期没报"
    return "now", "在期内"


def task_signal(task: PlanTask, today: date | None = None) -> Light:
    """The last check's verdict; without one, what the steps say."""
    if task.verdict:
        return _VERDICTS[Verdict(task.verdict)], task.get_verdict_display()
    lights = [step_signal(step, today) for step in task.steps.all()]
    if any(kind == "bad" for kind, _ in lights):
        return "bad", "有步骤到期没报"
    if lights and all(word == "完成" for _, word in lights):
        return "ok", "步骤都报完成"
    return "now", "在做"


def step_when(step: PlanStep) -> str:
    """When a step is due, in words."""
    facts = StepFacts("", StepRhythm(step.rhythm), step.starts_on, step.due_on, step.every, step.times)
    return when_text(facts)


def lead_names(task: PlanTask) -> str:
    """Who leads, as the text writes it."""
    return "、".join(each.name for each in task.units.all() if each.leads)


def help_names(task: PlanTask) -> str:
    """Who else is responsible."""
    return "、".join(each.name for each in task.units.all() if not each.leads)


def figure_words(task: PlanTask) -> str:
    """The numbers to reach."""
    return "；".join(each.words for each in task.figures.all())


def step_words(task: PlanTask) -> str:
    """Every step with its time, for the wall."""
    return "；".join(f"{step_when(step)} {step.words}" for step in task.steps.all())


def report_words(task: PlanTask) -> str:
    """How many steps are done, and which is owed since when."""
    steps = list(task.steps.all())
    late = [step for step in steps if step_signal(step)[0] == "bad"]
    said = f"{sum(bool(step.done_on) for step in steps)}/{len(steps)} 步完成"
    return f"{said}；{iso_day(late[0].next_due_on)} 到期没报：{late[0].words}" if late else said

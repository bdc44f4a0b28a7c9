"""A plan with its text, a task, a step and a passage that waits, for one side of the world."""

from __future__ import annotations

from datetime import date
from typing import Any

from bangfu.access.models import Unit, User
from bangfu.core.models import Region, Subject
from bangfu.plans import models

_DAY = date(2026, 3, 3)


def make_plans(unit: Unit, user: User, county: Region, word: str) -> dict[str, Any]:
    """One running plan of the county; inside an open recording."""
    text = f"{word}修路。\n{word}总结。\n"
    plan = models.Plan.objects.create(
        subject=Subject.objects.create(kind="plan", place=county.code, label=f"{word}要点"),
        region=county,
        place=county.code,
        kind="annual",
        year=2026,
        title=f"{word}要点",
        text=text,
        state="running",
        entered_on=_DAY,
        entered_by=user,
    )
    middle = len(word) + 4
    accepted = _passage(plan, 1, 0, middle, "accepted")
    waiting = _passage(plan, 2, middle, len(text), "waiting")
    task = models.PlanTask.objects.create(
        subject=Subject.objects.create(kind="task", place=county.code, label=f"{word}修路"),
        plan=plan,
        passage=accepted,
        place=county.code,
        position=1,
        title=f"{word}修路",
    )
    models.TaskUnit.objects.create(task=task, unit=unit, name=unit.name, leads=True)
    step = models.PlanStep.objects.create(
        task=task, position=1, words=f"{word}修完", rhythm="once", due_on=_DAY, next_due_on=_DAY
    )
    return {"county_plan": plan, "passage": waiting, "plan_task": task, "plan_step": step}


def _passage(plan: models.Plan, position: int, start: int, end: int, state: str) -> models.Passage:
    return models.Passage.objects.create(
        plan=plan, position=position, start=start, end=end, kind="task", title=plan.title, state=state
    )

"""The notices about a plan: a quarter's check, the half year, the year's end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bangfu.documents.paper import Paper
from bangfu.plans.models import Plan, PlanTask
from bangfu.plans.queries.plans import PlanMoney, UnitPace
from bangfu.plans.showing import lights
from bangfu.plans.showing.files import OCCASIONS, money_sentence

Words = dict[str, Any]


def plan_notice(
    plan: Plan,
    occasion: str,
    tasks: Sequence[PlanTask],
    paces: Sequence[UnitPace],
    money: PlanMoney,
    today: date,
) -> Paper:
    """How the tasks stand on a day, by task and by unit, and the money."""
    sections = [_overview(tasks, money, today), _tasks(tasks, today), _units(paces)]
    data = {"addressed": "", "sections": sections, "signed_by": "", "signed_on": today}
    return Paper("report", f"{plan.title}{OCCASIONS[occasion]}", data)


def _overview(tasks: Sequence[PlanTask], money: PlanMoney, today: date) -> Words:
    steps = [lights.step_signal(step, today) for task in tasks for step in task.steps.all()]
    done = sum(word == "完成" for _, word in steps)
    late = sum(kind == "bad" for kind, _ in steps)
    lagging = sum(task.verdict == "lagging" for task in tasks)
    text = (
        f"任务 {len(tasks)} 项，步骤 {len(steps)} 步，报完成 {done} 步，到期没报 {late} 步；"
        f"检查滞后 {lagging} 项。\n{money_sentence(money)}"
    )
    return {"heading": "总体情况", "text": text, "tables": []}


def _tasks(tasks: Sequence[PlanTask], today: date) -> Words:
    rows = [
        {
            "title": task.title,
            "unit": lights.lead_names(task) or lights.help_names(task),
            "state": lights.task_signal(task, today)[1],
            "reported": lights.report_words(task),
        }
        for task in tasks
    ]
    columns = [["任务", "title", 4], ["单位", "unit", 3], ["进展", "state", 2], ["报到哪里", "reported", 4]]
    return {
        "heading": "各项任务",
        "text": "",
        "tables": [{"columns": columns, "rows": rows, "empty": "没有", "total": ""}],
    }


def _units(paces: Sequence[UnitPace]) -> Words:
    rows = [
        {
            "name": each.name,
            "tasks": str(each.tasks),
            "steps": str(each.steps),
            "done": str(each.done),
            "behind": str(each.behind),
        }
        for each in paces
    ]
    columns = [
        ["单位", "name", 4],
        ["任务", "tasks", 1],
        ["步骤", "steps", 1],
        ["完成", "done", 1],
        ["到期没报", "behind", 2],
    ]
    return {
        "heading": "各单位",
        "text": "按名称排，不排名次。",
        "tables": [{"columns": columns, "rows": rows, "empty": "没有", "total": ""}],
    }

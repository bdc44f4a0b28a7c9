"""A plan's page: its head, its numbers, its chapters; and a task's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core.money import yuan_text
from bangfu.plans.enums import PlanState
from bangfu.plans.models import Plan, PlanTask
from bangfu.plans.policies.reporting import may_report
from bangfu.plans.queries.plans import PlanMoney
from bangfu.plans.showing import lights

Words = dict[str, Any]
TABS = {"": "任务", "units": "单位进度", "money": "资金", "text": "原文"}
OCCASIONS = {"quarter": "季度检查通报", "half": "半年通报", "year": "年度总结"}


def plan_subject(plan: Plan, user: User) -> Words:
    """What ``ui/parts/file_head.html`` shows."""
    kind, word = lights.plan_signal(plan)
    return {
        "name": plan.title,
        "about": f"{plan.year} 年",
        "signals": [{"kind": kind, "word": word}],
        "tags": [plan.get_kind_display()],
        "facts": [
            {"label": "哪里的", "value": plan.region.name},
            {"label": "录入", "value": plan.entered_on.isoformat()},
        ],
        "actions": _actions(plan, user),
    }


def _actions(plan: Plan, user: User) -> list[Words]:
    found = []
    if plan.state == PlanState.CONFIRMING and permits(user, Permission.COUNTY_PLAN_MANAGE, plan.place):
        found.append(_action("逐句确认", "confirm_county_plan", plan, "checks"))
        found.append(_action("开始执行", "start_county_plan", plan, "arrow-right"))
    if plan.state == PlanState.RUNNING:
        for occasion, label in OCCASIONS.items():
            url = reverse("print_county_plan", args=[plan.uid, occasion])
            found.append({"label": label, "url": url, "icon": "printer"})
    if permits(user, Permission.EVIDENCE_VIEW, plan.place):
        url = reverse("evidence_list", args=[plan.subject.uid])
        found.append({"label": "原件和凭证", "url": url, "icon": "paperclip"})
    return found


def _action(label: str, name: str, plan: Plan, icon: str) -> Words:
    return {"label": label, "url": reverse(name, args=[plan.uid]), "icon": icon}


def tabs_of(plan: Plan, current: str) -> list[Words]:
    """What ``ui/parts/tabs.html`` shows."""
    page = reverse("county_plan_file", args=[plan.uid])
    return [
        {"label": label, "url": f"{page}?tab={id}" if id else page, "current": id == current}
        for id, label in TABS.items()
    ]


def strip_of(plan: Plan, tasks: Sequence[PlanTask], today: date) -> list[Words]:
    """The numbers of a plan, each opening its list."""
    query = {"f_plan": plan.title}
    steps = [lights.step_signal(step, today) for task in tasks for step in task.steps.all()]
    task_page, step_page = reverse("plan_task_list"), reverse("plan_step_list")
    late = sum(kind == "bad" for kind, _ in steps)
    done = sum(word == "完成" for _, word in steps)
    cells = [
        _cell("list-details", "任务", len(tasks), "项", f"{task_page}?{urlencode(query)}"),
        _cell("list-check", "步骤", len(steps), "步", _page(step_page, query, plan)),
        _cell("check", "完成", done, "步", _page(step_page, {**query, "f_pace": "done"}, plan)),
        _cell("clock", "到期没报", late, "步", _page(step_page, {**query, "f_pace": "behind"}, plan)),
    ]
    cells[-1]["signal"] = "bad" if late else "ok"
    return cells


def _page(page: str, query: dict[str, str], plan: Plan) -> str:
    """The list of steps is of running plans only."""
    return f"{page}?{urlencode(query)}" if plan.state == PlanState.RUNNING else ""


def _cell(icon: str, word: str, number: int, unit: str, url: str) -> Words:
    return {"icon": icon, "word": word, "number": f"{number:,}", "unit": unit, "url": url}


def chapters_of(tasks: Sequence[PlanTask], today: date) -> list[Words]:
    """The tasks under their chapters, in the order of the text."""
    return [
        {"title": chapter or "没有分章的", "tasks": [task_line(task, today) for task in group]}
        for chapter, group in groupby(tasks, key=lambda task: task.chapter)
    ]


def task_line(task: PlanTask, today: date) -> Words:
    """A task in one line."""
    return {
        "row": task,
        "signal": lights.task_signal(task, today),
        "leads": lights.lead_names(task),
        "helps": lights.help_names(task),
        "reported": lights.report_words(task),
    }


def money_sentence(money: PlanMoney) -> str:
    """Planned, itemised and not itemised."""
    itemised = f"落到任务的 {yuan_text(money.itemised)} 元"
    if money.planned is None:
        return f"全文没有写总资金，{itemised}。"
    said = f"计划 {yuan_text(money.planned)} 元，{itemised}，"
    if money.rest is not None and money.rest < 0:
        return f"{said}任务里写的比总额多 {yuan_text(-money.rest)} 元，请核对。"
    return f"{said}没有落到任务的 {yuan_text(money.rest or 0)} 元。"


def step_rows(task: PlanTask, user: User, today: date) -> list[Words]:
    """The steps of a task with what was reported."""
    running = task.plan.state == PlanState.RUNNING
    may = running and may_report(user, task)
    steps = task.steps.prefetch_related("reports__unit")
    return [
        {
            "row": step,
            "when": lights.step_when(step),
            "signal": lights.step_signal(step, today),
            "reports": list(step.reports.all()),
            "may_report": may and step.done_on is None,
        }
        for step in steps
    ]

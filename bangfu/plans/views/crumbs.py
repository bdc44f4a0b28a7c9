"""Where a page of this room stands."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.plans.models import Plan, PlanTask


def crumbs_of(plan: Plan | None = None, task: PlanTask | None = None) -> list[dict[str, Any]]:
    """From the list to the plan and the task."""
    crumbs = [{"label": "计划和任务", "url": reverse("county_plan_list")}]
    if plan is not None:
        crumbs.append({"label": plan.title, "url": reverse("county_plan_file", args=[plan.uid])})
    if task is not None:
        crumbs.append({"label": task.title, "url": reverse("plan_task_file", args=[task.uid])})
    return crumbs

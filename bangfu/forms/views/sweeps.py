"""Pages of a sweep: opening it, how far it is, its flyer, closing it (C-183)."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, has_permission, permits, within
from bangfu.access.steps import taken
from bangfu.core.models import Region
from bangfu.forms.actions import sweeps as actions
from bangfu.forms.enums import SweepState, TaskState
from bangfu.forms.models import Sweep, SweepTask
from bangfu.forms.page_forms import CloseSweepForm, SweepForm
from bangfu.forms.progress import cells_of, grid_row, region_row
from bangfu.forms.queries import (
    common_place,
    counts_of,
    grid_progress,
    progress_of,
    sweep_for,
    tasks_of,
    totals_of,
)

_NEXT = {6: 9, 9: 12}
"""Digits of the regions just below one."""
_VILLAGE = 12
"""Digits of a village's code; below it the grids are listed."""


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SWEEP_MANAGE)
def open_sweep(request: SignedInRequest) -> HttpResponse:
    """A new sweep; its tasks are made in the background."""
    today = timezone.localdate()
    form = SweepForm(request.POST or None, user=request.user, initial={"starts_on": today})
    if request.method == "POST" and form.is_valid():
        step = partial(actions.open_sweep, by=request.user, at=timezone.now())
        sweep = taken(form, lambda: step(**form.cleaned_data))
        if sweep is not None:
            messages.success(request, "已部署。正在给每户分任务，几秒后就有清单。")
            return redirect("sweep_page", sweep.uid)
    context = {
        "form": form,
        "heading": "部署排查",
        "sentence": "定好范围、对象和日期；每一户一个任务，网格员在手机上就能看到自己那片。",
        "submit": "部署",
        "cancel_url": reverse("sweep_list"),
        "crumbs": [{"label": "排查", "url": reverse("sweep_list")}, {"label": "部署", "url": ""}],
    }
    return render(request, "households/form_page.html", context)


@require_GET
@permission_required(Permission.SWEEP_VIEW)
def sweep_page(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """How far a sweep is, by region, in a village by grid; every number opens its list."""
    sweep = sweep_for(request.user, Permission.SWEEP_VIEW, uid)
    tasks = tasks_of(request.user).filter(sweep=sweep)
    base = _base(request, sweep, tasks)
    below = tasks.filter(within("place", base))
    by_grid = len(base) >= _VILLAGE
    today = timezone.localdate()
    progress = grid_progress(below, today) if by_grid else progress_of(below, _NEXT[len(base)])
    context = {
        "sweep": sweep,
        "here": place_name(base),
        "up": _up(sweep, base),
        "cells": cells_of(sweep, base, totals_of(progress)),
        "rows": [
            grid_row(sweep, base[:_VILLAGE], row) if by_grid else region_row(sweep, row) for row in progress
        ],
        "by_grid": by_grid,
        "papers_url": f"{reverse('sweep_papers', args=[sweep.uid])}?{urlencode({'place': base})}",
        "may_manage": permits(request.user, Permission.SWEEP_MANAGE, sweep.place),
        "may_record": has_permission(request.user, Permission.SWEEP_RECORD),
        "overdue": sweep.state != SweepState.CLOSED and today > sweep.ends_on,
        "crumbs": crumbs_of(sweep),
    }
    return render(request, "forms/sweep_page.html", context)


def _base(request: SignedInRequest, sweep: Sweep, tasks: QuerySet[SweepTask]) -> str:
    """The place that the page is about: as asked for, else the smallest that holds the person's tasks."""
    asked = request.GET.get("place", "")
    if asked.isdigit() and asked.startswith(sweep.place):
        return asked
    return common_place(tasks, sweep.place)


def _up(sweep: Sweep, base: str) -> str:
    """The page one step above, inside the sweep's place; empty at its top."""
    above = {12: 9, 9: 6}.get(len(base), len(base))
    if len(sweep.place) >= len(base):
        return ""
    return f"{reverse('sweep_page', args=[sweep.uid])}?place={base[: max(above, len(sweep.place))]}"


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SWEEP_MANAGE)
def close_sweep(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The end, with a summary that opens with the counted numbers."""
    sweep = get_visible(Sweep, request.user, Permission.SWEEP_MANAGE, uid=uid)
    opening = {
        "summary": _summary(counts_of(sweep.tasks.all())),
        "closed_on": timezone.localdate(),
        "version": sweep.version,
    }
    form = CloseSweepForm(request.POST or None, initial=opening)
    if request.method == "POST" and form.is_valid():
        step = partial(actions.close_sweep, by=request.user, at=timezone.now(), sweep=sweep)
        if taken(form, lambda: step(**form.cleaned_data)) is not None:
            messages.success(request, "这次排查已收尾。没见到的户还在清单里。")
            return redirect("sweep_page", sweep.uid)
    context = {
        "form": form,
        "heading": f"{sweep.title}：收尾",
        "submit": "收尾",
        "cancel_url": reverse("sweep_page", args=[sweep.uid]),
        "crumbs": crumbs_of(sweep, "收尾"),
    }
    return render(request, "households/form_page.html", context)


def place_name(code: str) -> str:
    """What a region is called; its code where nobody knows."""
    return Region.objects.filter(code=code).values_list("name", flat=True).first() or code


def _summary(counts: dict[str, int]) -> str:
    total = sum(counts.get(state, 0) for state in TaskState.values)
    inspected, unreached = counts.get(TaskState.INSPECTED, 0), counts.get(TaskState.UNREACHED, 0)
    return (
        f"应走 {total} 户。排查有疑问的 {inspected} 户，有风险的 {counts.get('risky', 0)} 户（已成线索）。"
        f"没见到 {unreached} 户，原因已逐户写明，随后补走。"
    )


def crumbs_of(sweep: Sweep, page: str = "") -> list[dict[str, Any]]:
    """From the list to the sweep, and the page in it."""
    here = reverse("sweep_page", args=[sweep.uid])
    crumbs = [
        {"label": "排查", "url": reverse("sweep_list")},
        {"label": sweep.title, "url": here if page else ""},
    ]
    return [*crumbs, {"label": page, "url": ""}] if page else crumbs

"""Pages of grids: those of a village, a new one, who works there, which households are in it."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, permits
from bangfu.access.steps import Step, step_page
from bangfu.core.errors import BangfuError
from bangfu.core.models import Region
from bangfu.households.actions import grids as actions
from bangfu.households.forms.people import EndForm, GridForm, TermForm
from bangfu.households.models import Grid, GridDuty
from bangfu.households.queries.people import duties_of, grid_workers_for, grids_of, households_for_grids
from bangfu.households.queries.villages import get_village, uid_of
from bangfu.households.views.village_crumbs import crumbs_of_village

_GRIDS = Grid.objects.select_related("village__subject")
_NO_WORKER = "名单里是在本村有“网格员”角色的人；没有的请安全管理员先授予角色。"


@require_GET
@permission_required(Permission.PAIRING_VIEW)
def grid_list(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The grids of a village, their workers and households, and households in none."""
    village = get_village(request.user, Permission.PAIRING_VIEW, uid)
    loose = households_for_grids(village).filter(grid=None).count()
    context = {
        "village": village,
        "grids": grids_of(village),
        "duties": duties_of(village),
        "loose": loose,
        "may_manage": permits(request.user, Permission.GRID_MANAGE, village.code),
        "crumbs": crumbs_of_village(village, "网格"),
    }
    return render(request, "households/grid_list.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.GRID_MANAGE)
def add_grid(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A new grid of a village."""
    village = get_village(request.user, Permission.GRID_MANAGE, uid)
    act = partial(actions.add_grid, by=request.user, at=timezone.now(), village=village)
    step = _step(village, "建网格", "建网格", "网格已建。下一步：划入户，安排网格员。")
    return step_page(request, step, GridForm(request.POST or None), lambda data: act(**data))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.GRID_MANAGE)
def close_grid(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Close a grid that has no household left."""
    grid = get_visible(_GRIDS, request.user, Permission.GRID_MANAGE, uid=uid)
    act = partial(actions.close_grid, by=request.user, at=timezone.now(), grid=grid)
    form = EndForm(request.POST or None, initial={"valid_to": timezone.localdate()})
    step = _step(grid.village, f"停用{grid.name}", "停用", "网格已停用。", "网格员的任职同一天结束。")
    return step_page(request, step, form, lambda data: act(closed_on=data["valid_to"]))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.GRID_MANAGE)
def assign_grid(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Tick households of the village and put them into the grid."""
    grid = get_visible(_GRIDS, request.user, Permission.GRID_MANAGE, uid=uid)
    households = list(households_for_grids(grid.village).select_related("grid"))
    picked = set(request.POST.getlist("row"))
    if request.method == "POST" and _assigned(request, grid, households, picked):
        return redirect(_grids_page(grid.village))
    context = {
        "grid": grid,
        "households": households,
        "picked": picked,
        "back": _grids_page(grid.village),
        "crumbs": crumbs_of_village(grid.village, "划入网格"),
    }
    return render(request, "households/assign_grid.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.GRID_MANAGE)
def start_grid_duty(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A grid worker begins."""
    grid = get_visible(_GRIDS, request.user, Permission.GRID_MANAGE, uid=uid)
    today = timezone.localdate()
    form = TermForm(
        request.POST or None,
        people=grid_workers_for(request.user, today),
        label="网格员",
        missing=_NO_WORKER,
        initial={"valid_from": today},
    )
    act = partial(actions.start_grid_duty, by=request.user, at=timezone.now(), grid=grid)
    step = _step(grid.village, f"{grid.name}：安排网格员", "安排", "网格员已安排。")
    return step_page(
        request, step, form, lambda data: act(worker=data["person"], valid_from=data["valid_from"])
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.GRID_MANAGE)
def end_grid_duty(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A grid worker's last day."""
    duties = GridDuty.objects.select_related("grid__village__subject", "user")
    duty = get_visible(duties, request.user, Permission.GRID_MANAGE, uid=uid)
    act = partial(actions.end_grid_duty, by=request.user, at=timezone.now(), duty=duty)
    form = EndForm(request.POST or None, initial={"valid_to": timezone.localdate()})
    heading = f"{duty.grid.name}：{duty.user.name}结束任职"
    step = _step(duty.grid.village, heading, "结束任职", "任职已结束。")
    return step_page(request, step, form, lambda data: act(**data))


def _assigned(request: SignedInRequest, grid: Grid, households: list[Any], picked: set[str]) -> bool:
    chosen = [household for household in households if str(household.uid) in picked]
    try:
        moved = actions.assign_grid(by=request.user, at=timezone.now(), grid=grid, households=chosen)
    except BangfuError as refusal:
        messages.error(request, refusal.message)
        return False
    messages.success(request, f"已把 {moved} 户划入{grid.name}。")
    return True


def _grids_page(village: Region) -> str:
    return reverse("grid_list", args=[uid_of(village)])


def _step(village: Region, heading: str, submit: str, done: str, note: str = "") -> Step:
    crumbs = crumbs_of_village(village, heading)
    return Step(heading, village.name, submit, done, _grids_page(village), crumbs, note)

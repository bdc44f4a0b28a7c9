"""The progress sheet for the wall."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.places import choose_place
from bangfu.access.requests import SignedInRequest
from bangfu.projects.actions.printing import print_wall as act_print_wall
from bangfu.projects.forms.wall import WallForm
from bangfu.projects.queries import wall
from bangfu.projects.showing.wall_paper import wall_paper
from bangfu.projects.views.records import crumbs_of
from bangfu.ui.paper_files import answer_paper

_VIEW = Permission.PROJECT_VIEW


@require_GET
@permission_required(_VIEW)
def wall_sheet(request: SignedInRequest) -> HttpResponse:
    """Which place and year to hang, and how many projects that is."""
    user, today = request.user, timezone.localdate()
    places = choose_place(user, _VIEW, request.GET.get("place", ""))
    form = WallForm(wall.plan_years(user), request.GET or None)
    year = (form.cleaned_data["year"] or 0) if form.is_valid() else 0
    place = places.current.code if places.current else ""
    projects = wall.wall_projects(user, place, year, today) if place else []
    context = {
        "form": form,
        "places": places,
        "count": len(projects),
        "planned": sum(project.planned for project in projects),
        "most": wall.MOST,
        "url": reverse("print_wall", args=[place, year]) if 0 < len(projects) <= wall.MOST else "",
        "crumbs": [*crumbs_of(), {"label": "进度上墙表", "url": ""}],
    }
    return render(request, "projects/wall_sheet.html", context)


@require_GET
@permission_required(_VIEW)
def print_wall(request: SignedInRequest, place: str, year: int) -> HttpResponse:
    """The sheet of a place, by its code, and a year, 0 for what goes on."""
    user, today = request.user, timezone.localdate()
    region = choose_place(user, _VIEW, place).current
    if region is None:
        raise Http404("没有这个区划。")
    projects = wall.wall_projects(user, region.code, year, today)
    back = reverse("wall_sheet") + f"?place={region.code}&year={year or ''}"
    if len(projects) > wall.MOST:
        messages.error(request, f"超过 {wall.MOST} 个项目，一张表放不下，没有印。请选乡镇或年度。")
        return redirect(back)
    paper = wall_paper(region.name, year, projects, wall.paces_of(user, projects, today), today)
    note = partial(
        act_print_wall,
        by=user,
        at=timezone.now(),
        place=region.code,
        count=len(projects),
        address=client_address(request),
    )
    return answer_paper(request, paper, paper.title, back, lambda form: note(form=form))

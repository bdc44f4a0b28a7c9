"""The map of projects, and the county's boundary."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.places import choose_place
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import step_from, step_page
from bangfu.projects.actions.boundaries import set_boundary as act_set_boundary
from bangfu.projects.forms.mapping import BoundaryForm, MapForm
from bangfu.projects.queries import mapping
from bangfu.projects.queries.kinds import kinds_seen
from bangfu.projects.showing.project_map import drawing_of, table_rows, totals_of, twin_of
from bangfu.projects.views.records import crumbs_of

_VIEW, _APPROVE = Permission.PROJECT_VIEW, Permission.PROJECT_APPROVE


@require_GET
@permission_required(_VIEW)
def project_map(request: SignedInRequest) -> HttpResponse:
    """Where the admitted projects are, by type, with their money; each figure opens its list."""
    user = request.user
    places = choose_place(user, _VIEW, request.GET.get("place", ""))
    every = kinds_seen(user)
    form = MapForm(mapping.years_of(user), every, request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    kind, year = asked.get("kind", ""), asked.get("year")
    regions = mapping.shown_regions(places)
    seen = mapping.admitted_seen(user, kind, year)
    spots = mapping.spots_of(seen, regions)
    itself = mapping.spot_itself(seen, places)
    counted = [*spots, itself] if itself else spots
    twin = twin_of(spots, kind, year)
    kinds = [each for each in every if each.value == kind] if kind else every
    context = {
        "form": form,
        "places": places,
        "twin": twin,
        "rows": table_rows(counted, kinds, year),
        "kinds": kinds,
        "totals": totals_of(counted, kinds),
        "drawing": drawing_of(spots, twin, mapping.shapes_of(user, regions, timezone.localdate()), every),
        "may_set": mapping.counties_to_bound(user).exists(),
        "crumbs": [*crumbs_of(), {"label": "项目分布图", "url": ""}],
    }
    return render(request, "projects/project_map.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(_APPROVE)
def set_boundary(request: SignedInRequest) -> HttpResponse:
    """A boundary file of the county."""
    form = BoundaryForm(request.user, request.POST or None, request.FILES or None)
    act = partial(act_set_boundary, by=request.user, at=timezone.now())
    crumbs = [*crumbs_of(), {"label": "项目分布图", "url": reverse("project_map")}]
    about = "换一份县、乡、村的边界，分布图就按它画；以前的留着，按日期用。只作示意，不作界线依据。"
    step = step_from(crumbs, "换边界", about, "上传", "边界换好了。")
    return step_page(request, step, form, lambda _: act(**form.facts()))

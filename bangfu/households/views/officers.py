"""Pages of duty officers: appoint, end (C-075, C-076)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, permits
from bangfu.access.steps import Step, step_page
from bangfu.households.actions import officers as actions
from bangfu.households.forms.people import EndForm, OfficerForm
from bangfu.households.models import DutyOfficer
from bangfu.households.queries.people import regions_for_officers


@require_GET
@permission_required(Permission.PAIRING_VIEW)
def officer_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """An officer and the term."""
    rows = DutyOfficer.objects.select_related("region__parent", "user")
    officer = get_visible(rows, request.user, Permission.PAIRING_VIEW, uid=uid)
    open_to_end = officer.valid_to is None and permits(request.user, Permission.GRID_MANAGE, officer.place)
    context = {
        "officer": officer,
        "may_end": open_to_end,
        "crumbs": [{"label": "信息员", "url": reverse("officer_list")}, {"label": officer.name, "url": ""}],
    }
    return render(request, "households/officer_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.GRID_MANAGE)
def appoint_officer(request: SignedInRequest) -> HttpResponse:
    """Somebody begins as an officer; ``?place=`` opens with that region."""
    regions = regions_for_officers(request.user)
    place = regions.filter(code=request.GET.get("place", "")).first()
    opening = {"region": place, "valid_from": timezone.localdate()}
    form = OfficerForm(request.POST or None, regions=regions, initial=opening)
    act = partial(actions.appoint_officer, by=request.user, at=timezone.now())
    return step_page(request, _step("登记信息员", "登记", "已登记。"), form, lambda data: act(**data))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.GRID_MANAGE)
def end_officer(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """An officer's last day."""
    rows = DutyOfficer.objects.select_related("region__subject")
    officer = get_visible(rows, request.user, Permission.GRID_MANAGE, uid=uid)
    form = EndForm(request.POST or None, initial={"valid_to": timezone.localdate()})
    act = partial(actions.end_officer, by=request.user, at=timezone.now(), officer=officer)
    heading = f"{officer.region.name}{officer.get_kind_display()}{officer.name}：结束任职"
    return step_page(request, _step(heading, "结束任职", "任职已结束。"), form, lambda data: act(**data))


def _step(heading: str, submit: str, done: str) -> Step:
    back = reverse("officer_list")
    crumbs: list[dict[str, Any]] = [{"label": "信息员", "url": back}, {"label": heading, "url": ""}]
    return Step(heading, "乡镇和村的信息员、专干、包村干部", submit, done, back, crumbs)

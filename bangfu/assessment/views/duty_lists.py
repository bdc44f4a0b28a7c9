"""Pages: what a unit answers for, and who answers for a grid; the same on paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.assessment.actions.rounds import take_duty_list
from bangfu.assessment.duty_lists import Part, grid_parts, grid_seen, unit_parts, unit_seen
from bangfu.assessment.showing import duty_paper
from bangfu.ui.paper_files import answer_paper

_VIEW = Permission.DUTY_VIEW


@permission_required(_VIEW)
@require_GET
def unit_duties(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What a unit answers for now."""
    today = timezone.localdate()
    unit = unit_seen(request.user, uid, today)
    parts = unit_parts(request.user, unit, today)
    return _page(request, f"{unit.name}责任清单", parts, "unit", unit.uid, "按单位")


@permission_required(_VIEW)
@require_GET
def grid_duties(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Who answers for a grid now, and for what."""
    grid = grid_seen(request.user, uid)
    parts = grid_parts(request.user, grid, timezone.localdate())
    title = f"{grid.village.name}{grid.name}责任清单"
    return _page(request, title, parts, "grid", grid.uid, "按网格")


@require_GET
@permission_required(_VIEW)
def print_unit_duties(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A unit's list as pages, PDF or Word."""
    today = timezone.localdate()
    unit = unit_seen(request.user, uid, today)
    parts = unit_parts(request.user, unit, today)
    return _print(request, f"{unit.name}责任清单", parts, "unit", unit.uid, unit.place)


@require_GET
@permission_required(_VIEW)
def print_grid_duties(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A grid's list as pages, PDF or Word."""
    grid = grid_seen(request.user, uid)
    parts = grid_parts(request.user, grid, timezone.localdate())
    title = f"{grid.village.name}{grid.name}责任清单"
    return _print(request, title, parts, "grid", grid.uid, grid.place)


def _page(
    request: SignedInRequest, title: str, parts: Sequence[Part], of: str, uid: UUID, listed: str
) -> HttpResponse:
    context = {
        "title": title,
        "parts": parts,
        "today": timezone.localdate(),
        "print_url": reverse(f"print_{of}_duties", args=[uid]),
        "crumbs": [
            {"label": f"责任清单：{listed}", "url": reverse(f"{of}_duty_list")},
            {"label": title, "url": ""},
        ],
    }
    return render(request, "assessment/duty_list.html", context)


def _print(
    request: SignedInRequest, title: str, parts: Sequence[Part], of: str, uid: UUID, place: str
) -> HttpResponse:
    now = timezone.now()
    paper = duty_paper(title, parts, timezone.localdate())
    note = partial(
        take_duty_list,
        by=request.user,
        at=now,
        verb=f"print_{of}_duties",
        place=place,
        title=title,
        address=client_address(request),
    )
    back = reverse(f"{of}_duties", args=[uid])
    return answer_paper(request, paper, title, back, lambda form: note(form=form))

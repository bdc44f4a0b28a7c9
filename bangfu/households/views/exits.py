"""Checking the exit of a household or a village against standards and papers (C-203)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, has_permission
from bangfu.households.models import Household
from bangfu.households.queries.exits import household_exit, village_exit
from bangfu.households.queries.villages import get_village, uid_of
from bangfu.households.views.file_head import crumbs_of
from bangfu.households.views.village_crumbs import crumbs_of_village


@require_GET
@permission_required(Permission.HOUSEHOLD_VIEW)
def check_household_exit(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A household against the standards and papers of an exit."""
    rows = Household.objects.select_related("village", "subject")
    household = get_visible(rows, request.user, Permission.HOUSEHOLD_VIEW, uid=uid)
    context = {
        "heading": f"{household.head_name}户：退出核对",
        "check": household_exit(household, request.user, timezone.localdate()),
        "papers_url": reverse("evidence_list", args=[household.subject.uid]),
        "back_url": reverse("household_file", args=[household.uid]) + "?tab=guarantees",
        "crumbs": crumbs_of(household, "退出核对"),
    }
    return _page(request, context)


@require_GET
@permission_required(Permission.VILLAGE_VIEW)
def check_village_exit(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A village against the standards and papers of an exit."""
    village = get_village(request.user, Permission.VILLAGE_VIEW, uid)
    context = {
        "heading": f"{village.name}：退出核对",
        "check": village_exit(village, request.user, timezone.localdate()),
        "papers_url": reverse("evidence_list", args=[uid_of(village)]),
        "back_url": reverse("village_file", args=[uid_of(village)]),
        "crumbs": crumbs_of_village(village, "退出核对"),
    }
    return _page(request, context)


def _page(request: SignedInRequest, context: dict) -> HttpResponse:
    context["sees_papers"] = has_permission(request.user, Permission.EVIDENCE_VIEW)
    return render(request, "households/exit_check.html", context)

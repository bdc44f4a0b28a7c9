"""Units."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bangfu.access.actions import units
from bangfu.access.decorators import permission_required
from bangfu.access.forms import UnitForm
from bangfu.access.models import Unit
from bangfu.access.permissions import Permission
from bangfu.access.queries import ADMINISTRATION, region_names, regions_where, units_seen_by
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, has_permission
from bangfu.core.errors import SituationForbids

PAGE = 50


@permission_required(*ADMINISTRATION)
@require_GET
def unit_list(request: SignedInRequest) -> HttpResponse:
    """Units where the asker administers, with how many people are active."""
    active = Count("users", filter=Q(users__is_active=True))
    found = units_seen_by(request.user).annotate(people=active).order_by("place", "name")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    names = region_names(unit.place for unit in page.object_list)
    context = {
        "page": page,
        "rows": [(unit, names.get(unit.place, unit.place)) for unit in page.object_list],
        "may_create": has_permission(request.user, Permission.USER_MANAGE),
    }
    return render(request, "access/unit_list.html", context)


@permission_required(Permission.USER_MANAGE)
@require_http_methods(["GET", "POST"])
def create_unit(request: SignedInRequest) -> HttpResponse:
    """Make a unit."""
    form = UnitForm(regions_where(request.user, Permission.USER_MANAGE), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            unit = units.create_unit(by=request.user, at=timezone.now(), **form.cleaned_data)
        except SituationForbids as refusal:
            form.add_error("name", refusal.message)
        else:
            messages.success(request, f"建好了“{unit.name}”。")
            return redirect("unit_list")
    return render(request, "access/create_unit.html", {"form": form})


@permission_required(Permission.USER_MANAGE)
@require_POST
def deactivate_unit(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let no more people into a unit."""
    unit = get_visible(Unit, request.user, Permission.USER_MANAGE, uid=uid)
    units.deactivate_unit(by=request.user, at=timezone.now(), unit=unit)
    messages.success(request, f"{unit.name}停用了。")
    return redirect("unit_list")

"""County parameters: what holds where and when, where it comes from, and a new value from a day on."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.kernel import actions
from bangfu.access.kernel.forms import ParameterFilterForm, SupersedeParameterForm
from bangfu.access.kernel.queries import parameter_rows
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.places import choose_place
from bangfu.access.queries import region_names, regions_where
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission, places_of
from bangfu.core.definitions import Definition, definition_of
from bangfu.core.errors import BangfuError
from bangfu.core.parameters import all_in_force, in_force


@permission_required(Permission.PARAMETER_VIEW)
@require_GET
def parameter_list(request: SignedInRequest) -> HttpResponse:
    """All parameters by area, each with the value in force in a place on a day."""
    place = choose_place(request.user, Permission.PARAMETER_VIEW, request.GET.get("place", ""))
    form = ParameterFilterForm(place.options, request.GET)
    on = (form.cleaned_data.get("on") if form.is_valid() else None) or timezone.localdate()
    found = all_in_force(on, place.current.code if place.current else "")
    names = region_names(value.place for _, value in found if value)
    rows = [(definition, value, names.get(value.place) if value else None) for definition, value in found]
    context = {
        "filters": form,
        "on": on,
        "place": place,
        "areas": [(area, list(group)) for area, group in groupby(rows, key=lambda row: row[0].area)],
        "unverified": sum(1 for _, value in found if value and value.unverified),
    }
    return render(request, "kernel/parameter_list.html", context)


@permission_required(Permission.PARAMETER_VIEW)
@require_GET
def parameter_file(request: SignedInRequest, code: str) -> HttpResponse:
    """One parameter: what it is for, what holds today, and all values there were."""
    definition = _definition(code)
    rows = list(parameter_rows(request.user, code))
    names = region_names([row.place for row in rows] + [value.place for value in definition.values])
    context = {
        "definition": definition,
        "value": in_force(code, timezone.localdate(), _home(request.user)),
        "rows": [(row, names.get(row.place, row.place)) for row in rows],
        "shipped": [(value, names.get(value.place, value.place)) for value in definition.values],
        "may_manage": has_permission(request.user, Permission.PARAMETER_MANAGE),
    }
    return render(request, "kernel/parameter_file.html", context)


@permission_required(Permission.PARAMETER_MANAGE)
@require_http_methods(["GET", "POST"])
def supersede_parameter(request: SignedInRequest, code: str) -> HttpResponse:
    """Put in a new value from a day on; the former ones stay."""
    definition = _definition(code)
    regions = regions_where(request.user, Permission.PARAMETER_MANAGE)
    today = timezone.localdate()
    if request.method == "POST":
        form = SupersedeParameterForm(definition, regions, request.POST)
        if form.is_valid() and _put(request, form, code):
            return redirect("parameter_file", code=code)
    else:
        form = SupersedeParameterForm(definition, regions, initial=_proposed(request.user, definition, today))
    context = {
        "definition": definition,
        "form": form,
        "value": in_force(code, today, _home(request.user)),
    }
    return render(request, "kernel/supersede_parameter.html", context)


def _put(request: SignedInRequest, form: SupersedeParameterForm, code: str) -> bool:
    """Whether the value could be put in; the form says why not."""
    try:
        row = actions.supersede_parameter(by=request.user, at=timezone.now(), code=code, **form.cleaned_data)
    except BangfuError as refusal:
        form.add_error(None, refusal.message)
        return False
    messages.success(request, f"已存：从 {row.valid_from} 起用新值，原来的值留在下面。")
    return True


def _proposed(user: User, definition: Definition, today: date) -> dict[str, Any]:
    """A new value begins with what holds today in one's first place."""
    home = _home(user)
    now = in_force(definition.code, today, home)
    region = regions_where(user, Permission.PARAMETER_MANAGE).filter(code=home).first()
    return {"text": now.text if now else "", "region": region, "valid_from": today}


def _home(user: User) -> str:
    """The first of one's places."""
    return next(iter(places_of(user, Permission.PARAMETER_VIEW)), "")


def _definition(code: str) -> Definition:
    try:
        return definition_of(code)
    except LookupError as unknown:
        raise Http404("没有这个参数。") from unknown

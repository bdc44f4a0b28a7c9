"""Pages of the bureaus of the information check: which unit answers for which, and changing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import taken
from bangfu.monitoring.actions import bureaus as actions
from bangfu.monitoring.forms.bureaus import BureauForm
from bangfu.monitoring.queries.bureaus import bureaus, county_of


@require_GET
@permission_required(Permission.BUREAU_SET)
def bureau_list(request: SignedInRequest) -> HttpResponse:
    """Every bureau that is asked, with its units and what waits for it."""
    context = {
        "heading": "比对由谁回",
        "sentence": "每个部门由哪个单位回。单位的人只看到归本单位回的；没有定的，由县帮扶办登记。",
        "bureaus": bureaus(county_of(request.user), timezone.localdate()),
        "crumbs": [{"label": "信息比对", "url": reverse("check_list")}, {"label": "比对由谁回", "url": ""}],
    }
    return render(request, "monitoring/cases/bureau_list.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.BUREAU_SET)
def set_bureau(request: SignedInRequest) -> HttpResponse:
    """Which units answer for a bureau, from a day on."""
    place, today = county_of(request.user), timezone.localdate()
    known = {one.name: one for one in bureaus(place, today)}
    asked = known.get(request.GET.get("bureau", ""))
    opening: dict[str, Any] = {"valid_from": today}
    opening |= {"bureau": asked.name, "units": asked.units} if asked else {}
    form = BureauForm(place, list(known), request.POST or None, initial=opening)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        facts = form.cleaned_data | {"units": list(form.cleaned_data["units"])}
        if taken(form, lambda: actions.set_bureau(by=request.user, at=at, place=place, **facts)) is not None:
            messages.success(request, f"{facts['bureau']}由谁回已改，从 {facts['valid_from']} 起。")
            return redirect("bureau_list")
    context = {
        "form": form,
        "heading": f"{asked.name}由谁回" if asked else "定回函单位",
        "sentence": "从起始日起按新的算；以前定的留着。",
        "submit": "保存",
        "cancel_url": reverse("bureau_list"),
        "crumbs": [{"label": "比对由谁回", "url": reverse("bureau_list")}, {"label": "定单位", "url": ""}],
    }
    return render(request, "monitoring/clues/list_form.html", context)

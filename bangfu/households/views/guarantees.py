"""The page of a visit that looks at the basic guarantees and water."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import taken
from bangfu.households.actions import guarantees as actions
from bangfu.households.forms.guarantees import GuaranteesForm, opening_guarantees
from bangfu.households.models import Household
from bangfu.households.queries.guarantees import latest_guarantees
from bangfu.households.views.file_head import crumbs_of


@require_http_methods(["GET", "POST"])
@permission_required(Permission.GUARANTEE_RECORD)
def record_guarantees(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """All six in one visit; opens with the latest of each."""
    household = get_visible(
        Household.objects.select_related("village", "subject"),
        request.user,
        Permission.GUARANTEE_RECORD,
        uid=uid,
    )
    latest = latest_guarantees(household)
    opening = opening_guarantees(latest)
    opening |= {"assessed_on": timezone.localdate(), "assessed_by": request.user.name}
    form = GuaranteesForm(request.POST or None, initial=opening)
    if request.method == "POST" and form.is_valid():
        step = partial(
            actions.record_guarantees,
            by=request.user,
            at=timezone.now(),
            household=household,
            assessed_on=form.cleaned_data["assessed_on"],
            assessed_by=form.cleaned_data["assessed_by"],
            findings=form.findings(),
        )
        made = taken(form, step)
        if made is not None:
            messages.success(request, f"已存 {len(made)} 项核查。")
            return redirect(reverse("household_file", args=[household.uid]) + "?tab=guarantees")
    context = {
        "household": household,
        "form": form,
        "latest": latest,
        "crumbs": crumbs_of(household, "三保障和饮水核查"),
    }
    return render(request, "households/record_guarantees.html", context)

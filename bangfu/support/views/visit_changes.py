"""Proposing what a visit found different: the facts as they are registered, to be put right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, has_permission
from bangfu.access.steps import taken
from bangfu.households.enums import MemberState
from bangfu.households.forms.facts import HouseholdForm, MemberForm
from bangfu.households.models import Household, Member
from bangfu.support.actions.visit_changes import propose_visit_change as propose
from bangfu.support.models import Visit


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHANGE_PROPOSE)
def propose_visit_change(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Propose other values for the household of a visit, or for the member in ``?member=``."""
    visit = _visit(request, uid)
    household: Household = get_visible(
        Household, request.user, Permission.CHANGE_PROPOSE, pk=visit.household_id
    )
    member = _member(request, household)
    form = (MemberForm if member else HouseholdForm)(request.POST or None, instance=member or household)
    del form.fields["reason"]
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        made = taken(
            form,
            lambda: propose(
                by=request.user,
                at=timezone.now(),
                visit=visit,
                member=member,
                values=form.values(),
                seen_version=version,
            ),
        )
        if made is not None:
            messages.success(request, "建议已提出，来源写的是这次走访。审核采纳后才进登记。")
            return redirect("visit_file", visit.uid)
    here = reverse("visit_file", args=[visit.uid])
    context = {
        "form": form,
        "visit": visit,
        "heading": f"走访后提变更建议：{member.name if member else '户信息'}",
        "targets": _targets(visit, household, member),
        "cancel_url": here,
        "crumbs": [{"label": visit.subject.label, "url": here}, {"label": "提变更建议", "url": ""}],
    }
    return render(request, "support/visits/propose_visit_change.html", context)


def _visit(request: SignedInRequest, uid: UUID) -> Visit:
    """One to a household that the person may see; raises Http404."""
    if not has_permission(request.user, Permission.VISIT_VIEW):
        raise Http404("这里没有您要的走访，或者它不在您管的范围里。")
    rows = Visit.objects.filter(household__isnull=False, withdrawn_at=None)
    rows = rows.select_related("subject", "household", "visitor")
    visit: Visit = get_visible(rows, request.user, Permission.VISIT_VIEW, uid=uid)
    return visit


def _member(request: SignedInRequest, household: Household) -> Member | None:
    asked = request.GET.get("member", "")
    if not asked:
        return None
    try:
        return household.members.get(uid=UUID(asked), state=MemberState.PRESENT)
    except (ValueError, Member.DoesNotExist) as error:
        raise Http404("没有这位成员。") from error


def _targets(visit: Visit, household: Household, current: Member | None) -> list[dict[str, Any]]:
    address = reverse("propose_visit_change", args=[visit.uid])
    targets = [{"label": "户信息", "url": address, "current": current is None}]
    for member in household.members.filter(state=MemberState.PRESENT).order_by("-is_head", "pk"):
        url = f"{address}?member={member.uid}"
        targets.append({"label": member.name, "url": url, "current": member == current})
    return targets

"""Proposed changes: make one, see it side by side, decide, take back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import taken
from bangfu.core.errors import BangfuError, StaleVersion
from bangfu.households.actions.proposing import accept_changes as accept_all
from bangfu.households.actions.proposing import decide_change as decide
from bangfu.households.actions.proposing import propose_change as propose
from bangfu.households.actions.proposing import withdraw_change as withdraw
from bangfu.households.enums import ProposalState
from bangfu.households.forms.facts import FactsForm, HouseholdForm, MemberForm, ProposalSourceForm
from bangfu.households.models import Household, Member, ProposedChange
from bangfu.households.policies.reach import reaches
from bangfu.households.queries.proposals import compared, siblings
from bangfu.households.views.editing import page
from bangfu.households.views.file_head import crumbs_of


@permission_required(Permission.CHANGE_PROPOSE)
def propose_change(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Propose other values for a household, or for the member in ``?member=``."""
    household = get_visible(Household, request.user, Permission.CHANGE_PROPOSE, uid=uid)
    member = _asked_member(request, household)
    form = _facts_form(request, household, member)
    source = ProposalSourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and source.is_valid():
        made = taken(form, lambda: _propose(request, household, member, form, source))
        if made is not None:
            messages.success(request, "建议已提出，等经办审核。审核前可以撤回。")
            return redirect("decide_change", uid=made.uid)
    whose = member.name if member else "户信息"
    context = page(household, f"提变更建议：{whose}") | {"form": form, "source": source}
    context["targets"] = _targets(household, member)
    return render(request, "households/propose_change.html", context)


def _facts_form(request: SignedInRequest, household: Household, member: Member | None) -> FactsForm:
    """The facts without the reason: where it comes from is asked instead."""
    form_class = MemberForm if member else HouseholdForm
    form = form_class(request.POST or None, instance=member or household)
    del form.fields["reason"]
    return form


def _propose(
    request: SignedInRequest,
    household: Household,
    member: Member | None,
    form: FactsForm,
    source: ProposalSourceForm,
) -> ProposedChange:
    return propose(
        by=request.user,
        at=timezone.now(),
        household=household,
        member=member,
        values=form.values(),
        seen_version=form.cleaned_data["version"],
        **source.cleaned_data,
    )


def _asked_member(request: SignedInRequest, household: Household) -> Member | None:
    asked = request.GET.get("member", "")
    if not asked:
        return None
    try:
        uid = UUID(asked)
    except ValueError as error:
        raise Http404("没有这位成员。") from error
    return get_visible(household.members.all(), request.user, Permission.CHANGE_PROPOSE, uid=uid)


def _targets(household: Household, current: Member | None) -> list[dict[str, Any]]:
    address = reverse("propose_change", args=[household.uid])
    targets = [{"label": "户信息", "url": address, "current": current is None}]
    for member in household.members.filter(state="present").order_by("-is_head", "pk"):
        url = f"{address}?member={member.uid}"
        targets.append({"label": member.name, "url": url, "current": member == current})
    return targets


@permission_required(Permission.CHANGE_DECIDE, Permission.CHANGE_PROPOSE)
def decide_change(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A proposal side by side with the register; who may decide accepts or refuses it here."""
    proposal = _visible_proposal(request, uid)
    context: dict[str, Any] = {"reason": "", "confirm": False, "error": ""}
    status = 200
    if request.method == "POST":
        accept = request.POST.get("decision") == "accept"
        context["reason"] = reason = request.POST.get("reason", "").strip()
        despite = request.POST.get("despite") == "yes"
        try:
            decide(
                by=request.user,
                at=timezone.now(),
                proposal=proposal,
                accept=accept,
                reason=reason,
                despite_changes=despite,
            )
        except StaleVersion as conflict:
            context |= {"error": conflict.message, "confirm": True}
            status = 409
        except BangfuError as refusal:
            context["error"] = refusal.message
        else:
            messages.success(request, "已采纳，登记已改。" if accept else "已退回，理由会给提建议的人看。")
            return redirect("proposal_list")
    return render(
        request, "households/decide_change.html", context | _proposal_page(request, proposal), status=status
    )


def _proposal_page(request: SignedInRequest, proposal: ProposedChange) -> dict[str, Any]:
    waiting = proposal.state == ProposalState.WAITING
    own = proposal.proposed_by_id == request.user.pk
    return {
        "proposal": proposal,
        "household": proposal.household,
        "rows": compared(proposal),
        "others": siblings(proposal, request.user),
        "own": own,
        "waiting": waiting,
        "may_decide": waiting
        and not own
        and reaches(request.user, Permission.CHANGE_DECIDE, proposal.household),
        "crumbs": crumbs_of(proposal.household, "变更建议"),
    }


def _visible_proposal(request: SignedInRequest, uid: UUID) -> ProposedChange:
    rows = ProposedChange.objects.select_related("household__village", "member", "proposed_by", "decided_by")
    return get_visible(rows, request.user, Permission.HOUSEHOLD_VIEW, uid=uid)


@require_POST
@permission_required(Permission.CHANGE_PROPOSE)
def withdraw_change(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take back one's own proposal."""
    proposal = _visible_proposal(request, uid)
    try:
        withdraw(by=request.user, at=timezone.now(), proposal=proposal)
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "建议已撤回。")
    return redirect("decide_change", uid=proposal.uid)


@require_POST
@permission_required(Permission.CHANGE_DECIDE)
def accept_changes(request: SignedInRequest) -> HttpResponse:
    """Accept the ticked proposals; each one that cannot be accepted says why and stays."""
    rows = ProposedChange.objects.visible_to(request.user, Permission.CHANGE_DECIDE)
    ticked = rows.filter(uid__in=_uids(request)).select_related("household", "member")
    outcome = accept_all(by=request.user, at=timezone.now(), proposals=list(ticked))
    if outcome.accepted:
        messages.success(request, f"采纳 {outcome.accepted} 条，登记已改。")
    for proposal, reason in outcome.refused:
        messages.warning(request, f"{proposal.household.head_name}户没有采纳：{reason}")
    if not outcome.accepted and not outcome.refused:
        messages.warning(request, "没有选中建议。请先在左边打勾。")
    return redirect("proposal_list")


def _uids(request: SignedInRequest) -> list[UUID]:
    try:
        return [UUID(text) for text in request.POST.getlist("row")]
    except ValueError as error:
        raise Http404("没有这样的建议。") from error

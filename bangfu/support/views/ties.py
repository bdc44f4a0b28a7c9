"""Pages of ties: the file, register, mend, end (C-020, C-101, C-213)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, permits
from bangfu.access.steps import Step, step_page, taken
from bangfu.evidence.models import EvidenceFile
from bangfu.evidence.views import shown_file
from bangfu.support.actions import ties as actions
from bangfu.support.forms.ties import EditTieForm, EndTieForm, KindForm, TieForm, opening_tie
from bangfu.support.models import Tie
from bangfu.support.queries.scopes import parties_seen_by
from bangfu.support.queries.ties import holders_for, targets_for
from bangfu.support.showing.ties import tie_facts, tie_heading
from bangfu.support.terms.tie_kinds import TieKind, tie_kinds
from bangfu.support.views.tie_crumbs import crumbs

_TIES = Tie.objects.select_related("party__unit", "party__user__unit", "region__parent", "other", "paper")


@require_GET
@permission_required(Permission.TIE_VIEW)
def tie_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A tie: who, where, since when, by which paper; and what can be done with it."""
    tie = get_visible(_TIES, request.user, Permission.TIE_VIEW, uid=uid)
    seen = parties_seen_by(request.user).filter(pk=tie.party_id).exists()
    context = {
        "tie": tie,
        "heading": tie_heading(tie),
        "facts": tie_facts(tie, sees_party=seen),
        "may_manage": permits(request.user, Permission.TIE_MANAGE, tie.place),
        "opens_paper": _opening(tie, request.user) is not None,
        "crumbs": crumbs("tie_list", "挂包关系", tie_heading(tie)),
    }
    return render(request, "support/ties/tie_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TIE_MANAGE)
def register_tie(request: SignedInRequest) -> HttpResponse:
    """First which kind and part of a name (``?kind=&who=``), then the tie; ``?place=`` opens with it."""
    kind = tie_kinds().get(request.GET.get("kind", ""))
    context = {
        "kind": kind,
        "kind_form": KindForm(initial=request.GET.dict()),
        "crumbs": crumbs("tie_list", "挂包关系", "登记关系"),
    }
    if kind is None:
        return render(request, "support/ties/register_tie.html", context)
    form = _tie_form(request, kind)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        step = partial(actions.register_tie, by=request.user, at=timezone.now(), kind=kind.code)
        made = taken(form, lambda: step(holder=data["holder"], target=data["target"], terms=form.terms()))
        if made is not None:
            messages.success(request, "关系已登记。")
            return redirect("tie_file", made.uid)
    return render(request, "support/ties/register_tie.html", context | {"form": form})


def _tie_form(request: SignedInRequest, kind: TieKind) -> TieForm:
    targets = targets_for(request.user, kind)
    opening: dict[str, Any] = {"valid_from": timezone.localdate()}
    if not kind.to_unit:
        opening["target"] = targets.filter(code=request.GET.get("place", "")).first()
    return TieForm(
        request.POST or None,
        request.FILES or None,
        kind=kind,
        holders=holders_for(request.user, kind, request.GET.get("who", "").strip()),
        targets=targets,
        initial=opening,
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TIE_MANAGE)
def edit_tie(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Mend a tie's days and paper."""
    tie = get_visible(_TIES, request.user, Permission.TIE_MANAGE, uid=uid)
    form = EditTieForm(
        request.POST or None,
        request.FILES or None,
        initial=opening_tie(tie),
    )
    act = partial(actions.edit_tie, by=request.user, at=timezone.now(), tie=tie)
    return step_page(
        request,
        _step(tie, "改这一关系", "保存", "已改。"),
        form,
        lambda data: act(version=data["version"], terms=form.terms()),
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TIE_MANAGE)
def end_tie(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A tie's last day, with the reason."""
    tie = get_visible(_TIES, request.user, Permission.TIE_MANAGE, uid=uid)
    opening = {"version": tie.version, "valid_to": timezone.localdate()}
    form = EndTieForm(request.POST or None, initial=opening)
    act = partial(actions.end_tie, by=request.user, at=timezone.now(), tie=tie)
    done = "关系已结束。留下的空缺在“空缺与冲突”里。"
    return step_page(request, _step(tie, "结束这一关系", "结束", done), form, lambda data: act(**data))


@require_GET
@permission_required(Permission.TIE_VIEW)
def tie_paper(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The scan of the paper that says so; every look is audited."""
    tie = get_visible(_TIES, request.user, Permission.TIE_VIEW, uid=uid)
    opening = _opening(tie, request.user)
    if opening is None or tie.paper is None:
        messages.error(request, "这一关系没有您能打开的扫描件。")
        return redirect("tie_file", uid)
    return shown_file(request, tie.paper, opening)


def _opening(tie: Tie, user: User) -> Permission | None:
    """The permission that opens the scan: of papers or, for who manages ties, of ties; None: no."""
    if tie.paper_id is None:
        return None
    for permission in (Permission.EVIDENCE_VIEW, Permission.TIE_MANAGE):
        seen: QuerySet[EvidenceFile] = EvidenceFile.objects.visible_to(user, permission)
        if seen.filter(pk=tie.paper_id, withdrawn=False).exists():
            return permission
    return None


def _step(tie: Tie, heading: str, submit: str, done: str) -> Step:
    back = reverse("tie_file", args=[tie.uid])
    way = [*crumbs("tie_list", "挂包关系"), {"label": tie_heading(tie), "url": back}]
    return Step(heading, tie_heading(tie), submit, done, back, [*way, {"label": heading, "url": ""}])

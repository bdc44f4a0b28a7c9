"""The steps of one clue, each a form on a page of its own; what was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.core.errors import BangfuError, StaleVersion
from bangfu.households.queries.finding import find
from bangfu.monitoring.actions import clue_dispatch, clue_verifying
from bangfu.monitoring.actions.clues import MATCHERS
from bangfu.monitoring.actions.clues import match_clue as match
from bangfu.monitoring.enums.clues import Verdict
from bangfu.monitoring.forms.clues import CloseClueForm, DispatchForm, MatchForm, ReturnForm, VerifyForm
from bangfu.monitoring.models import Clue
from bangfu.monitoring.queries.clue_people import verifiers_of
from bangfu.monitoring.queries.clues import proposals, visible_clue
from bangfu.monitoring.showing.clues import whose
from bangfu.monitoring.views.clue_crumbs import crumbs_of_clue

_STALE = 409


@dataclass(frozen=True)
class ClueStep:
    """The words of a step's page."""

    heading: str
    about: str
    submit: str
    done: str
    note: str = ""
    template: str = "monitoring/clues/step.html"


def clue_step(
    request: SignedInRequest,
    clue: Clue,
    step: ClueStep,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Clue],
    **more: Any,
) -> HttpResponse:
    """Show the form or act on it; who was overtaken sees what happened, with everything typed still there."""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            goes_on = act(form.cleaned_data)
        except StaleVersion as conflict:
            status = _STALE
            _renew(form, clue, conflict.message)
        except BangfuError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, step.done)
            return redirect("clue_file", goes_on.uid)
    back = reverse("clue_file", args=[clue.uid])
    context = {"step": step, "form": form, "clue": clue, "back": back, "whose": whose(clue), **more}
    context["crumbs"] = crumbs_of_clue(clue, step.heading)
    return render(request, step.template, context, status=status)


def _renew(form: forms.Form, clue: Clue, words: str) -> None:
    form.add_error(None, words)
    typed: Any = form.data
    typed = typed.copy()
    clue.refresh_from_db()
    typed["version"] = str(clue.version)
    form.data = typed


def _typed(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CLUE_DISPATCH)
def dispatch_clue(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Send a clue to its village or to one person there."""
    clue = visible_clue(request.user, uid, Permission.CLUE_DISPATCH)
    verifiers: QuerySet[User] = verifiers_of(clue, timezone.localdate())
    form = DispatchForm(verifiers, _typed(request), initial={"version": clue.version})
    step = ClueStep("派发线索", "派到村里核实；期限从发现那天算，派发不延长。", "派发", "已派发。")
    return clue_step(
        request,
        clue,
        step,
        form,
        lambda values: clue_dispatch.dispatch_clue(by=request.user, at=timezone.now(), clue=clue, **values),
    )


@require_http_methods(["POST"])
@permission_required(Permission.CLUE_VERIFY)
def accept_clue(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take a dispatched clue up: one tap on its page."""
    clue = visible_clue(request.user, uid, Permission.CLUE_VERIFY)
    version = request.POST.get("version", "")
    try:
        clue_dispatch.accept_clue(
            by=request.user, at=timezone.now(), clue=clue, version=int(version) if version.isdecimal() else 0
        )
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "已接单，由您核实。")
    return redirect("clue_file", clue.uid)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CLUE_VERIFY)
def return_clue(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Give a dispatched clue back, with the reason."""
    clue = visible_clue(request.user, uid, Permission.CLUE_VERIFY)
    form = ReturnForm(_typed(request), initial={"version": clue.version})
    step = ClueStep("退回线索", "退给派发的人重新安排；能核实的请直接核实。", "退回", "已退回。")
    return clue_step(
        request,
        clue,
        step,
        form,
        lambda values: clue_dispatch.return_clue(by=request.user, at=timezone.now(), clue=clue, **values),
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CLUE_VERIFY)
def verify_clue(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The verdict: two picks and a few words, made for a phone."""
    clue = visible_clue(request.user, uid, Permission.CLUE_VERIFY)
    opening = {"version": clue.version, "verified_on": timezone.localdate(), "risks": clue.risks}
    form = VerifyForm(clue, _typed(request), initial=opening)
    step = ClueStep(
        "核实线索",
        "到家里看过、问过再填。",
        "交上去",
        "核实结论已记下。",
        "不要求拍照，不要求定位。",
        "monitoring/clues/verify_clue.html",
    )

    def act(values: dict[str, Any]) -> Clue:
        return clue_verifying.verify_clue(
            by=request.user,
            at=timezone.now(),
            clue=clue,
            version=values["version"],
            judgement=form.judgement(),
        )

    return clue_step(request, clue, step, form, act, facts=clue.facts.all(), tellings=clue.tellings.all())


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CLUE_DISPATCH)
def close_clue(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Close a clue at the desk, with the reason."""
    clue = visible_clue(request.user, uid, Permission.CLUE_DISPATCH)
    form = CloseClueForm(_typed(request), initial={"version": clue.version})
    if clue.verdict == Verdict.AT_RISK:
        del form.fields["verdict"]
    about = "不用再入户的才在这里办结；核实过属实有风险的，请写清为什么不转个案，否则就是应纳未纳。"
    step = ClueStep("办结线索", about, "办结", "线索已办结。")

    def act(values: dict[str, Any]) -> Clue:
        verdict = Verdict(values.get("verdict", clue.verdict))
        return clue_dispatch.close_clue(
            by=request.user, at=timezone.now(), clue=clue, **values | {"verdict": verdict}
        )

    return clue_step(request, clue, step, form, act)


@require_http_methods(["GET", "POST"])
@permission_required(*MATCHERS)
def match_clue(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Which household it is: proposals by number, phone and name; any other by the search box."""
    clue = visible_clue(request.user, uid, *MATCHERS)
    form = MatchForm(_typed(request), initial={"version": clue.version})
    step = ClueStep(
        "对户",
        "说的是哪一户？对上以后才好派发、核实。那一户已有线索的，并到一起。",
        "",
        "已对上户。",
        template="monitoring/clues/match_clue.html",
    )

    def act(values: dict[str, Any]) -> Clue:
        household = form.household_for(request.user)
        return match(
            by=request.user, at=timezone.now(), clue=clue, household=household, version=values["version"]
        )

    text = request.GET.get("q", "").strip()
    more = {
        "proposals": proposals(request.user, clue),
        "tellings": clue.tellings.all(),
        "q": text,
        "found": found_households(request.user, text),
    }
    return clue_step(request, clue, step, form, act, **more)


def found_households(user: User, text: str) -> list[Any]:
    """The households that the search box leads to, each once."""
    hits = find(user, text).hits if text else []
    return list({hit.member.household_id: hit.member.household for hit in hits}.values())

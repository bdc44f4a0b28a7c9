"""Pages of clues: one clue, registering, dispatching many."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import taken
from bangfu.households.models import Household
from bangfu.monitoring.actions.clue_dispatch import dispatch_clues as dispatch_all
from bangfu.monitoring.actions.clues import Registered
from bangfu.monitoring.actions.clues import register_clue as register
from bangfu.monitoring.forms.clues import ClueForm, DispatchManyForm
from bangfu.monitoring.models import Clue
from bangfu.monitoring.policies import clues as policies
from bangfu.monitoring.queries.clues import clue_file as read_file
from bangfu.monitoring.queries.clues import pool
from bangfu.monitoring.rule_parameters import county_catalogue
from bangfu.monitoring.showing.clue_sources import clue_sources
from bangfu.monitoring.showing.clues import fact_card, risk_words, state_signal, timeline, whose
from bangfu.monitoring.views.clue_crumbs import crumbs_of_clue

_MOST = 5_000


@require_GET
@permission_required(Permission.CLUE_VIEW)
def clue_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A clue: what it rests on and why, what was told, the household, every step, what can be done."""
    clue = get_visible(_with_limits(request.user), request.user, Permission.CLUE_VIEW, uid=uid)
    file = read_file(clue)
    kind, word, icon = state_signal(clue)
    catalogue = county_catalogue()
    context = {
        "clue": clue,
        "whose": whose(clue),
        "light": {"kind": kind, "word": word, "icon": icon},
        "risks": risk_words(clue.risks),
        "facts": [fact_card(fact, file.persons, catalogue) for fact in file.facts],
        "tellings": [(telling, risk_words(telling.risks)) for telling in file.tellings],
        "sources": clue_sources(clue, request.user),
        "earlier": file.earlier,
        "events": timeline(file),
        "steps": _steps(clue, request.user),
        "crumbs": crumbs_of_clue(clue),
    }
    return render(request, "monitoring/clues/clue_file.html", context)


def _with_limits(user: User) -> Any:
    related = "subject", "household__village", "village__parent", "assigned_to", "verified_by", "merged_into"
    return pool(user, timezone.localdate()).select_related(*related)


_STEPS = (
    ("核实", "verify_clue", "clipboard-check", (Permission.CLUE_VERIFY,), policies.check_verifiable),
    ("接单", "accept_clue", "check", (Permission.CLUE_VERIFY,), policies.check_acceptable),
    ("派发", "dispatch_clue", "send", (Permission.CLUE_DISPATCH,), policies.check_dispatchable),
    (
        "对户",
        "match_clue",
        "link",
        (Permission.CLUE_VERIFY, Permission.CLUE_DISPATCH),
        policies.check_matchable,
    ),
    ("开个案", "open_case", "arrow-right", (Permission.CASE_STUDY,), policies.check_case_may_open),
    ("退回", "return_clue", "arrow-back-up", (Permission.CLUE_VERIFY,), policies.check_returnable),
    ("办结", "close_clue", "circle-check", (Permission.CLUE_DISPATCH,), policies.check_closable),
)


def _steps(clue: Clue, user: User) -> list[dict[str, Any]]:
    """The steps that are possible now and that the person may take; the first one is the main one."""
    found: list[dict[str, Any]] = []
    for label, name, icon, permissions, check in _STEPS:
        if policies.refusal(check, clue) or not _reached(clue, user, permissions):
            continue
        found.append(
            {
                "label": label,
                "url": reverse(name, args=[_subject_of(name, clue)]),
                "icon": icon,
                "post": name == "accept_clue",
                "primary": not found and name != "close_clue",
            }
        )
    return found


def _subject_of(step: str, clue: Clue) -> UUID:
    """A case is opened for the household, and takes its clue up."""
    uid: UUID = clue.household.uid if step == "open_case" and clue.household else clue.uid
    return uid


def _reached(clue: Clue, user: User, permissions: tuple[Permission, ...]) -> bool:
    return any(Clue.objects.visible_to(user, one).filter(pk=clue.pk).exists() for one in permissions)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CLUE_REGISTER)
def register_clue(request: SignedInRequest) -> HttpResponse:
    """Take down what was told, of the household in ``?household=`` or of somebody still to be found."""
    household = _asked_household(request)
    opening = {"told_on": timezone.localdate(), "channel": request.GET.get("channel", "cadre_visit")}
    form = ClueForm(request.user, household, request.POST or None, initial=opening)
    if request.method == "POST" and form.is_valid():
        made = taken(form, lambda: _register(request, form, household))
        if made is not None:
            messages.success(request, "这一户已有在办的线索，已并到一起。" if made.joined else "线索已登记。")
            return _after(request.user, made.clue)
    context = {
        "form": form,
        "household": household,
        "heading": "登记线索",
        "cancel_url": reverse("workbench"),
        "crumbs": [{"label": "线索池", "url": ""}, {"label": "登记线索", "url": ""}],
    }
    return render(request, "monitoring/clues/register_clue.html", context)


def _after(user: User, clue: Clue) -> HttpResponse:
    """To the clue, or home for who may tell but not see (departments, helpers)."""
    sees = _reached(clue, user, (Permission.CLUE_VIEW,))
    return redirect("clue_file", clue.uid) if sees else redirect("workbench")


def _asked_household(request: SignedInRequest) -> Household | None:
    uid = request.GET.get("household", "")
    if not uid:
        return None
    rows = Household.objects.select_related("village")
    found: Household = get_visible(rows, request.user, Permission.CLUE_REGISTER, uid=uid)
    return found


def _register(request: SignedInRequest, form: ClueForm, household: Household | None) -> Registered:
    return register(
        by=request.user,
        at=timezone.now(),
        told=form.told(),
        household=household,
        region=form.cleaned_data.get("village"),
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CLUE_DISPATCH)
def dispatch_clues(request: SignedInRequest) -> HttpResponse:
    """The ticked clues (``row``, repeated) to their villages, with a few words for all."""
    asked = request.POST if request.method == "POST" else request.GET
    clues = _chosen(request.user, asked.getlist("row"))
    if not clues:
        messages.error(request, "没有选中您能派发的线索。请先勾选。")
        return redirect("clue_list")
    submitted = request.POST if "dispatch" in request.POST else None
    form = DispatchManyForm(submitted)
    if submitted is not None and form.is_valid():
        done = dispatch_all(by=request.user, at=timezone.now(), clues=clues, **form.cleaned_data)
        stayed = f"{done.stayed} 条没动：已有人派发，或不知道哪个村。" if done.stayed else ""
        messages.success(request, f"已派发 {done.dispatched} 条。{stayed}")
        return redirect("clue_list")
    context = {
        "form": form,
        "clues": clues,
        "heading": f"派发 {len(clues)} 条线索",
        "crumbs": [{"label": "线索池", "url": reverse("clue_list")}, {"label": "派发", "url": ""}],
    }
    return render(request, "monitoring/clues/dispatch_clues.html", context)


def _chosen(user: User, uids: list[str]) -> list[Clue]:
    valid = [uid for uid in map(_uid, uids[:_MOST]) if uid]
    rows = Clue.objects.visible_to(user, Permission.CLUE_DISPATCH).filter(uid__in=valid)
    return list(rows.select_related("subject", "household", "village").order_by("due_on", "pk"))


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

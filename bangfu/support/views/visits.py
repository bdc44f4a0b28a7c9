"""Pages of visits: my households, the note on the phone, one visit, taking it down."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, has_permission
from bangfu.access.steps import taken
from bangfu.access.subjects import reaches_subject
from bangfu.core import parameters
from bangfu.core.models import Region
from bangfu.households.models import Household
from bangfu.support.actions.visits import record_visit as record
from bangfu.support.actions.visits import withdraw_visit as withdraw
from bangfu.support.enums.visits import VisitWay
from bangfu.support.forms.visits import VillageVisitForm, VisitForm, WithdrawVisitForm
from bangfu.support.models import Visit
from bangfu.support.queries.visits import (
    last_visit,
    long_ago,
    my_households,
    my_villages,
    visit_village,
    with_clue,
)
from bangfu.support.showing.visits import visit_card

_PAGE = 200
"""Households on one page: nobody helps or looks after more."""


@require_GET
@permission_required(Permission.VISIT_RECORD)
def my_household_list(request: SignedInRequest) -> HttpResponse:
    """The households and villages that are mine, each one tap from its note."""
    today = timezone.localdate()
    mine = my_households(request.user)
    days = parameters.value("visit_wanted_days", on=today, place=_place_of(request))
    wanted = long_ago(mine, today, days)
    shows = {"wanted": wanted, "clues": with_clue(mine)}
    asked = request.GET.get("show", "")
    context = {
        "households": shows.get(asked, mine)[:_PAGE],
        "villages": my_villages(request.user),
        "tabs": [
            ("", "全部", mine.count()),
            ("wanted", f"{days} 天没走访", wanted.count()),
            ("clues", "有线索", shows["clues"].count()),
        ],
        "asked": asked if asked in shows else "",
        "sees_all": has_permission(request.user, Permission.VISIT_VIEW),
        "crumbs": [{"label": "我的户", "url": ""}],
    }
    return render(request, "support/visits/my_household_list.html", context)


def _place_of(request: SignedInRequest) -> str:
    return request.user.unit.place if request.user.unit else ""


@require_http_methods(["GET", "POST"])
@permission_required(Permission.VISIT_RECORD)
def record_visit(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The note of a visit to a household: few taps, nothing else demanded."""
    rows = Household.objects.select_related("village__subject", "subject")
    household = get_visible(rows, request.user, Permission.VISIT_RECORD, uid=uid)
    form = _form(request, VisitForm, household, VisitWay.HOME)
    kept = _recorded(request, form, household)
    if kept is not None:
        return _onwards(request, kept)
    context = {
        "form": form,
        "whose": household.head_name,
        "where": f"{household.village.name} {household.group_name}".strip(),
        "last": last_visit(household),
        "back": reverse("my_household_list"),
        "crumbs": [{"label": "我的户", "url": reverse("my_household_list")}, {"label": "记走访", "url": ""}],
    }
    return render(request, "support/visits/record_visit.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.VISIT_RECORD)
def record_village_visit(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The note of a visit to a village of one's own: by place, tie or team."""
    village = visit_village(request.user, uid)
    form = _form(request, VillageVisitForm, village, VisitWay.VILLAGE)
    kept = _recorded(request, form, village)
    if kept is not None:
        return _onwards(request, kept)
    context = {
        "form": form,
        "whose": village.name,
        "where": village.parent.name if village.parent else "",
        "last": None,
        "back": reverse("my_household_list"),
        "crumbs": [{"label": "我的户", "url": reverse("my_household_list")}, {"label": "记到村", "url": ""}],
    }
    return render(request, "support/visits/record_visit.html", context)


def _form(
    request: SignedInRequest, form_class: type[VisitForm], target: Household | Region, way: VisitWay
) -> VisitForm:
    subject = target.subject
    may_attach = subject is not None and reaches_subject(request.user, Permission.EVIDENCE_ATTACH, subject)
    return form_class(
        request.user,
        request.POST or None,
        request.FILES or None,
        may_attach=may_attach,
        initial={"way": way.value, "on": timezone.localdate()},
    )


def _recorded(request: SignedInRequest, form: VisitForm, target: Household | Region) -> Visit | None:
    """The visit that was kept; None while it is not, and then the form says why."""
    if request.method != "POST" or not form.is_valid():
        return None
    step = partial(
        record,
        by=request.user,
        at=timezone.now(),
        target=target,
        visitor=form.cleaned_data["visitor"],
        uid=form.visit_uid(),
        photo=form.content(),
    )
    return taken(form, lambda: step(note=form.note()))


def _onwards(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """To the list, for the next one; to the visit where something follows from it."""
    said = "走访已存。有新风险，已转成线索，等着核实。" if visit.clue_id else "走访已存。"
    messages.success(request, said)
    if (visit.changed or visit.clue_id) and has_permission(request.user, Permission.VISIT_VIEW):
        return redirect("visit_file", visit.uid)
    return redirect("my_household_list")


@require_GET
@permission_required(Permission.VISIT_VIEW)
def visit_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """One visit, and what came of it."""
    visit = _visible(request, uid, Permission.VISIT_VIEW)
    context = visit_card(visit, request.user) | {"crumbs": _crumbs(visit)}
    return render(request, "support/visits/visit_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.VISIT_RECORD)
def withdraw_visit(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take a note down, with the reason."""
    visit = _visible(request, uid, Permission.VISIT_RECORD)
    form = WithdrawVisitForm(request.POST or None, initial={"version": visit.version})
    step = partial(withdraw, by=request.user, at=timezone.now(), visit=visit)
    if request.method == "POST" and form.is_valid():
        done = taken(form, lambda: step(**form.cleaned_data))
        if done is not None:
            messages.success(request, "走访已撤下，不再算数。")
            return redirect("my_household_list")
    context = {
        "form": form,
        "heading": "撤下这次走访",
        "sentence": f"{visit.subject.label} · {visit.on} · {visit.visitor.name}",
        "submit": "撤下",
        "cancel_url": reverse("my_household_list"),
        "crumbs": _crumbs(visit, "撤下"),
    }
    return render(request, "households/form_page.html", context)


def _visible(request: SignedInRequest, uid: UUID, permission: Permission) -> Visit:
    rows = Visit.objects.select_related(
        "subject", "household", "village__subject", "visitor", "unit", "recorded_by", "clue", "photo"
    )
    visit: Visit = get_visible(rows, request.user, permission, uid=uid)
    return visit


def _crumbs(visit: Visit, page: str = "") -> list[dict[str, Any]]:
    here = reverse("visit_file", args=[visit.uid]) if page else ""
    return [
        {"label": "走访", "url": reverse("visit_list")},
        {"label": visit.subject.label, "url": here},
        *([{"label": page, "url": ""}] if page else []),
    ]

"""Steps of what is followed: handing to civil affairs (C-057), relocation (C-083); relocations by region."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.places import choose_place
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import Step, step_page
from bangfu.households.actions import referring, relocating
from bangfu.households.enums import RelocationState, Resettlement
from bangfu.households.forms.following import (
    AcceptForm,
    DecideForm,
    HoldForm,
    PlanForm,
    ReferForm,
    SettleForm,
)
from bangfu.households.models import Household, Relocation, SafetyNetReferral
from bangfu.households.queries.following import RelocationTotal, relocation_of, relocation_totals
from bangfu.households.views.file_head import crumbs_of

_HOUSEHOLDS = Household.objects.select_related("village", "subject")
_REFERRALS = SafetyNetReferral.objects.select_related("household__village", "household__subject")
_RELOCATIONS = Relocation.objects.select_related("household__village", "household__subject")
_REGISTER = Permission.HOUSEHOLD_REGISTER


@require_http_methods(["GET", "POST"])
@permission_required(_REGISTER)
def refer_household(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Hand a household to civil affairs."""
    household = get_visible(_HOUSEHOLDS, request.user, _REGISTER, uid=uid)
    opening = {"handed_on": timezone.localdate(), "handed_by": request.user.name}
    form = ReferForm(request.POST or None, initial=opening)
    act = partial(referring.refer_household, by=request.user, at=timezone.now(), household=household)
    step = _step(household, "转民政兜底", "登记移交", "已登记移交。民政受理了、有了结果，再来登记。")
    return step_page(request, step, form, lambda data: act(**data))


@require_http_methods(["GET", "POST"])
@permission_required(_REGISTER)
def accept_referral(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Note that civil affairs took it up."""
    referral = get_visible(_REFERRALS, request.user, _REGISTER, uid=uid)
    opening = {"version": referral.version, "accepted_on": timezone.localdate()}
    form = AcceptForm(request.POST or None, initial=opening)
    act = partial(referring.accept_referral, by=request.user, at=timezone.now(), referral=referral)
    step = _step(referral.household, "民政受理", "登记受理", "受理已登记。")
    return step_page(request, step, form, lambda data: act(**_versioned(data)))


@require_http_methods(["GET", "POST"])
@permission_required(_REGISTER)
def decide_referral(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Note, or correct, what civil affairs decided."""
    referral = get_visible(_REFERRALS, request.user, _REGISTER, uid=uid)
    opening = {name: getattr(referral, name) for name in DecideForm.base_fields}
    opening["decided_on"] = referral.decided_on or timezone.localdate()
    form = DecideForm(request.POST or None, initial=opening)
    act = partial(referring.decide_referral, by=request.user, at=timezone.now(), referral=referral)
    step = _step(referral.household, "民政的结果", "登记结果", "结果已登记。")
    return step_page(
        request, step, form, lambda data: act(version=data["version"] or 0, decision=form.decision())
    )


@require_http_methods(["GET", "POST"])
@permission_required(_REGISTER)
def plan_relocation(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Plan a relocation, or change the plan."""
    household = get_visible(_HOUSEHOLDS, request.user, _REGISTER, uid=uid)
    known = relocation_of(household)
    opening = {name: getattr(known, name) for name in PlanForm.base_fields} if known else {}
    form = PlanForm(request.POST or None, initial=opening)
    act = partial(relocating.plan_relocation, by=request.user, at=timezone.now(), household=household)
    note = "改了计划，入住情况要重新登记。" if known else ""
    step = _step(household, "搬迁计划", "保存计划", "搬迁计划已保存。", note)
    return step_page(request, step, form, lambda data: act(version=data["version"] or 0, plan=form.plan()))


@require_http_methods(["GET", "POST"])
@permission_required(_REGISTER)
def settle_relocation(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Note the day that counts as moved in."""
    relocation = get_visible(_RELOCATIONS, request.user, _REGISTER, uid=uid)
    opening = {"version": relocation.version, "settled_on": timezone.localdate()}
    together = relocation.resettlement == Resettlement.CONCENTRATED
    form = SettleForm(request.POST or None, initial=opening, together=together)
    act = partial(relocating.settle_relocation, by=request.user, at=timezone.now(), relocation=relocation)
    step = _step(relocation.household, "登记入住", "登记入住", "入住已登记。")
    return step_page(request, step, form, lambda data: act(**_versioned(data)))


@require_http_methods(["GET", "POST"])
@permission_required(_REGISTER)
def hold_relocation(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Note why the household has not moved in."""
    relocation = get_visible(_RELOCATIONS, request.user, _REGISTER, uid=uid)
    opening = {
        "version": relocation.version,
        "reason": relocation.unsettled_reason,
        "note": relocation.note,
    }
    form = HoldForm(request.POST or None, initial=opening)
    act = partial(relocating.hold_relocation, by=request.user, at=timezone.now(), relocation=relocation)
    step = _step(relocation.household, "登记未入住", "登记原因", "未入住的原因已登记。")
    return step_page(request, step, form, lambda data: act(**_versioned(data)))


@require_GET
@permission_required(Permission.HOUSEHOLD_VIEW)
def relocation_totals_page(request: SignedInRequest) -> HttpResponse:
    """Relocations of each region below the chosen one, by state; every number opens its list."""
    places = choose_place(request.user, Permission.HOUSEHOLD_VIEW, request.GET.get("place", ""))
    place = places.current.code if places.current else places.selected
    found = relocation_totals(request.user, place)
    here = [*places.ancestors, *([places.current] if places.current else [])]
    context = {
        "heading": "易地搬迁合计",
        "crumbs": [{"label": region.name, "url": f"?place={region.code}"} for region in here],
        "states": list(RelocationState),
        "rows": [_total(one) for one in found],
        "sums": [sum(one.of(state) for one in found) for state in RelocationState],
        "total": sum(one.total for one in found),
    }
    return render(request, "households/relocation_totals.html", context)


def _total(one: RelocationTotal) -> dict[str, Any]:
    ledger = f"{reverse('relocation_list')}?place={one.region.code}"
    below = f"?place={one.region.code}" if len(one.region.code) < 12 else ledger
    cells = [{"number": one.of(state), "url": f"{ledger}&f_state={state.value}"} for state in RelocationState]
    return {"region": one.region, "url": below, "cells": cells, "total": one.total, "all": ledger}


def _versioned(data: dict[str, Any]) -> dict[str, Any]:
    """A form without a version was not opened on today's page: 0 is nobody's version."""
    return data | {"version": data["version"] or 0}


def _step(household: Household, heading: str, submit: str, done: str, note: str = "") -> Step:
    return Step(
        heading=heading,
        about=f"{household.head_name}户 · {household.village.name} {household.group_name}",
        submit=submit,
        done=done,
        back=reverse("household_file", args=[household.uid]) + "?tab=following",
        crumbs=crumbs_of(household, heading),
        note=note,
    )

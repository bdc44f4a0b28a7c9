"""Pages of what units plan, bring and sum up (C-037, C-212, C-215)."""

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
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import Step, step_page
from bangfu.support.actions import assistance as actions
from bangfu.support.forms.assistance import (
    AdoptYearPlanForm,
    BroughtForm,
    FinishYearPlanForm,
    SummaryForm,
    WithdrawForm,
    YearPlanForm,
)
from bangfu.support.models import Brought, Party, YearPlan
from bangfu.support.policies.assistance import may_record_at
from bangfu.support.queries.scopes import party_seen_by
from bangfu.support.queries.ties import places_to_record
from bangfu.support.showing.ties import region_words
from bangfu.support.views.tie_crumbs import unit_crumbs

_UNITS = Party.objects.filter(unit__isnull=False).select_related("unit", "subject")
_PLANS = YearPlan.objects.select_related("party__unit", "party__subject", "region__parent")
_BROUGHT = Brought.objects.select_related("party__unit", "party__subject", "region")


@require_GET
@permission_required(Permission.UNIT_VIEW)
def year_plan_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A yearly plan: needs, measures, what came of it."""
    plan = get_visible(_PLANS, request.user, Permission.UNIT_VIEW, uid=uid)
    context = {
        "plan": plan,
        "where": region_words(plan.region),
        "records": may_record_at(request.user, plan.party, plan.place),
        "crumbs": unit_crumbs(plan.party, f"{plan.year} 年计划"),
    }
    return render(request, "support/ties/year_plan_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ASSISTANCE_RECORD)
def plan_year(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A unit's plan for one of its villages; a draft is written anew."""
    party = party_seen_by(request.user, _UNITS, uid)
    opening = {"year": timezone.localdate().year}
    form = YearPlanForm(request.POST or None, regions=places_to_record(request.user, party), initial=opening)
    act = partial(actions.plan_year, by=request.user, at=timezone.now(), party=party)
    step = _step(party, "拟年度计划", "存草案", "草案已存。和村里商量定了，再点“定下”。")
    return step_page(
        request,
        step,
        form,
        lambda data: act(region=data["region"], year=data["year"], planned=form.plan()),
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ASSISTANCE_RECORD)
def adopt_year_plan(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The draft becomes the plan."""
    plan = get_visible(_PLANS, request.user, Permission.ASSISTANCE_RECORD, uid=uid)
    opening = {"version": plan.version, "adopted_on": timezone.localdate()}
    form = AdoptYearPlanForm(request.POST or None, initial=opening)
    act = partial(actions.adopt_year_plan, by=request.user, at=timezone.now(), plan=plan)
    step = _step(plan.party, f"定 {plan.year} 年计划", "定下", "计划已定。")
    return step_page(request, step, form, lambda data: act(**data))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ASSISTANCE_RECORD)
def finish_year_plan(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What came of the plan."""
    plan = get_visible(_PLANS, request.user, Permission.ASSISTANCE_RECORD, uid=uid)
    opening = {"version": plan.version, "result": plan.result}
    form = FinishYearPlanForm(request.POST or None, initial=opening)
    act = partial(actions.finish_year_plan, by=request.user, at=timezone.now(), plan=plan)
    step = _step(plan.party, f"{plan.year} 年计划完成情况", "保存", "完成情况已填。")
    return step_page(request, step, form, lambda data: act(**data))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ASSISTANCE_RECORD)
def record_brought(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """One thing that the unit really brought."""
    party = party_seen_by(request.user, _UNITS, uid)
    opening = {"on": timezone.localdate()}
    form = BroughtForm(request.POST or None, regions=places_to_record(request.user, party), initial=opening)
    act = partial(actions.record_brought, by=request.user, at=timezone.now(), party=party)
    step = _step(party, "登记带来了什么", "登记", "已登记。")
    return step_page(request, step, form, lambda data: act(region=data["region"], brings=form.brings()))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ASSISTANCE_RECORD)
def withdraw_brought(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take down what was typed wrongly."""
    row = get_visible(_BROUGHT, request.user, Permission.ASSISTANCE_RECORD, uid=uid)
    form = WithdrawForm(request.POST or None, initial={"version": row.version})
    act = partial(actions.withdraw_brought, by=request.user, at=timezone.now(), brought=row)
    step = _step(row.party, f"撤下：{row.what}", "撤下", "已撤下，留痕，不再计入。")
    return step_page(request, step, form, lambda data: act(**data))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ASSISTANCE_RECORD)
def hand_in_summary(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A unit's yearly summary."""
    party = get_visible(_UNITS, request.user, Permission.ASSISTANCE_RECORD, uid=uid)
    form = SummaryForm(request.POST or None, initial={"year": timezone.localdate().year})
    act = partial(actions.hand_in_summary, by=request.user, at=timezone.now(), party=party)
    step = _step(party, "报年度总结", "报送", "总结已报。再报一次就替换，历史里留着原来的。")
    return step_page(request, step, form, lambda data: act(**data))


def _step(party: Party, heading: str, submit: str, done: str) -> Step:
    back = reverse("support_unit_file", args=[party.uid])
    way: list[dict[str, Any]] = unit_crumbs(party, heading)
    return Step(heading, party.name, submit, done, back, way)

"""Pages of plans and measures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import taken
from bangfu.evidence.actions.attaching import attach_evidence
from bangfu.evidence.enums import PaperKind
from bangfu.households.models import Household
from bangfu.households.views.file_head import crumbs_of
from bangfu.monitoring.actions import measures as measure_actions
from bangfu.monitoring.actions import plans as plan_actions
from bangfu.monitoring.forms.help import (
    AdoptPlanForm,
    CarryOutForm,
    MeasureForm,
    PlanForm,
    StopMeasureForm,
)
from bangfu.monitoring.models import AssistancePlan, Measure, ReviewMeeting
from bangfu.monitoring.queries.cases import latest, open_case_of
from bangfu.monitoring.queries.help import measures_of, plan_of
from bangfu.monitoring.showing.help import plan_view

_HOUSEHOLDS = Household.objects.select_related("village__parent", "subject")
_MEASURES = Measure.objects.select_related("household__village__parent", "household__subject")
_PLANS = AssistancePlan.objects.select_related("household__village__parent", "household__subject")


@require_GET
@permission_required(Permission.CASE_VIEW)
def household_help(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Risks, plan and measures of a household on a page of their own."""
    household = get_visible(_HOUSEHOLDS, request.user, Permission.CASE_VIEW, uid=uid)
    today = timezone.localdate()
    view = plan_view(household, plan_of(household), measures_of(household), request.user, today)
    crumbs = crumbs_of(household, "风险与帮扶")
    return render(request, "monitoring/help/household_help.html", {"help": view, "crumbs": crumbs})


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PLAN_MANAGE)
def draft_plan(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The draft of a plan; opens with the meeting's words or the version before."""
    household = get_visible(_HOUSEHOLDS, request.user, Permission.PLAN_MANAGE, uid=uid)
    form = PlanForm(request.POST or None, initial=_known(household))
    act = partial(plan_actions.draft_plan, by=request.user, at=timezone.now(), household=household)
    about = "缺什么补什么，一户一方案。方案定下以前可以反复改。"
    return _page(
        request, household, form, lambda: act(**form.cleaned_data), "拟帮扶方案", about, "草案已存。"
    )


def _known(household: Household) -> dict[str, Any]:
    plan, case = plan_of(household), open_case_of(household)
    meeting = latest(case, ReviewMeeting) if case else None
    return {
        "needs": plan.needs if plan else (meeting.needs if meeting else ""),
        "goal": plan.goal if plan else "",
    }


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PLAN_MANAGE)
def adopt_plan(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The draft becomes the plan that holds."""
    plan = get_visible(_PLANS, request.user, Permission.PLAN_MANAGE, uid=uid)
    opening = {"version": plan.version, "adopted_on": timezone.localdate()}
    form = AdoptPlanForm(request.POST or None, initial=opening)
    act = partial(plan_actions.adopt_plan, by=request.user, at=timezone.now(), plan=plan)
    about = "和农户商量定了再点。每户恰有一名帮扶责任人；有劳动力的，至少一项开发式措施。"
    return _page(
        request, plan.household, form, lambda: act(**form.cleaned_data), "定帮扶方案", about, "方案已定。"
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PLAN_MANAGE)
def add_measure(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """One more measure for a household."""
    household = get_visible(_HOUSEHOLDS, request.user, Permission.PLAN_MANAGE, uid=uid)
    form = MeasureForm(
        request.POST or None, risks=_risks(household), initial={"planned_from": timezone.localdate()}
    )
    act = partial(measure_actions.add_measure, by=request.user, at=timezone.now(), household=household)
    about = "缺什么补什么：针对风险定措施。"
    return _page(request, household, form, lambda: act(planned=form.planned()), "加措施", about, "措施已加。")


def _risks(household: Household) -> list[str]:
    case = open_case_of(household)
    return list(dict.fromkeys([*household.risks, *(case.risks if case else [])]))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MEASURE_RECORD)
def carry_out_measure(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Start, end, amount, result and evidence of a measure."""
    measure = get_visible(_MEASURES, request.user, Permission.MEASURE_RECORD, uid=uid)
    opening = {
        "version": measure.version,
        "started_on": measure.started_on or timezone.localdate(),
        "amount": measure.amount_fen,
        "result": measure.result,
    }
    form = CarryOutForm(request.POST or None, request.FILES or None, initial=opening)
    return _page(
        request,
        measure.household,
        form,
        lambda: _carry_out(request, measure, form),
        f"{measure.get_kind_display()}：登记进展",
        measure.content,
        "进展已登记。",
    )


def _carry_out(request: SignedInRequest, measure: Measure, form: CarryOutForm) -> Measure:
    at, data = timezone.now(), form.cleaned_data
    progress = form.progress()
    if data["evidence"]:
        paper = attach_evidence(
            by=request.user,
            at=at,
            subject=measure.household.subject,
            kind=PaperKind.MEASURE,
            title=f"{measure.get_kind_display()}凭证",
            content=data["evidence"].read(),
        )
        progress = replace(progress, evidence=paper)
    return measure_actions.carry_out_measure(
        by=request.user, at=at, measure=measure, version=data["version"], progress=progress
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MEASURE_RECORD)
def stop_measure(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """End a measure before it is done."""
    measure = get_visible(_MEASURES, request.user, Permission.MEASURE_RECORD, uid=uid)
    opening = {"version": measure.version, "stopped_on": timezone.localdate()}
    form = StopMeasureForm(request.POST or None, initial=opening)
    act = partial(measure_actions.stop_measure, by=request.user, at=timezone.now(), measure=measure)
    heading = f"{measure.get_kind_display()}：停止"
    about = f"{measure.content}。停下的不再计入，原因留着。"
    return _page(
        request, measure.household, form, lambda: act(**form.cleaned_data), heading, about, "已停止。"
    )


def _page(
    request: SignedInRequest,
    household: Household,
    form: forms.Form,
    act: Callable[[], Any],
    heading: str,
    about: str,
    done: str,
) -> HttpResponse:
    back = reverse("household_help", args=[household.uid])
    if request.method == "POST" and form.is_valid() and taken(form, act) is not None:
        messages.success(request, done)
        return redirect(back)
    context = {
        "household": household,
        "form": form,
        "heading": heading,
        "about": about,
        "back": back,
        "crumbs": crumbs_of(household, heading),
    }
    return render(request, "monitoring/cases/begin.html", context)

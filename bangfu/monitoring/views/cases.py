"""The page of a case, and the pages on which cases begin."""

from __future__ import annotations

from collections.abc import Callable
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

from bangfu.access.decorators import permission_required, signed_in_page
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, has_permission
from bangfu.access.steps import taken
from bangfu.access.subjects import reaches_subject
from bangfu.households.models import Household
from bangfu.households.views.file_head import crumbs_of
from bangfu.monitoring.actions import cases as actions
from bangfu.monitoring.forms.cases import OpenCaseForm, OpenRemovalForm
from bangfu.monitoring.models import Case, CaseObjection, Refusal
from bangfu.monitoring.policies.cases import appeal_way, reaches_case
from bangfu.monitoring.queries.clues import clue_for_case
from bangfu.monitoring.queries.help import measures_of, plan_of
from bangfu.monitoring.showing.cases import check_rows, step_cards
from bangfu.monitoring.showing.help import plan_view
from bangfu.monitoring.terms import risk_words
from bangfu.monitoring.views.case_head import case_head
from bangfu.monitoring.views.case_stepping import CASES
from bangfu.monitoring.views.case_ways import side_ways
from bangfu.workflow.queries import history_of, run_seen_by
from bangfu.workflow.showing import process_bar, step_panel


@require_GET
@permission_required(Permission.CASE_VIEW)
def case_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Where a case stands, what each step left behind, what comes next."""
    rows = CASES.select_related("approval", "clue__subject", "follows__run", "run__subject")
    case = get_visible(rows, request.user, Permission.CASE_VIEW, uid=uid)
    user, today = request.user, timezone.localdate()
    measures = measures_of(case.household)
    context = {
        "case": case,
        "crumbs": crumbs_of(case.household, str(case.get_kind_display())),
        "subject": case_head(case, user, today),
        "process": process_bar(case.run, user, today),
        "panel": step_panel(case.run, user, today),
        "cards": step_cards(case, user),
        "checks": check_rows(case, user, today),
        "asks": _may(request, case, "verify", Permission.CASE_VERIFY),
        "refusals": _refusals(case),
        "refused": _stands_refused(request, case),
        "ways": side_ways(case, user),
        "help": plan_view(case.household, plan_of(case.household), measures, user, today),
        "sees_clue": case.clue is not None and reaches_subject(user, Permission.CLUE_VIEW, case.clue.subject),
        "followed_by": list(case.followed_by.select_related("run")),
        "history": history_of(case.run),
        "appeal_way": appeal_way(case.place, today),
    }
    return render(request, "monitoring/cases/case_file.html", context)


def _may(request: SignedInRequest, case: Case, state: str, permission: Permission) -> bool:
    return case.run.state == state and reaches_case(request.user, permission, case)


def _stands_refused(request: SignedInRequest, case: Case) -> dict[str, bool]:
    here = case.run.state == "refused"
    return {
        "writes": here and reaches_case(request.user, Permission.NOTICE_OBJECT, case),
        "decides": here and reaches_case(request.user, Permission.CASE_REVIEW, case),
    }


def _refusals(case: Case) -> list[dict[str, Any]]:
    objections = list(CaseObjection.objects.filter(case=case).select_related("decided_by"))
    return [
        {"refusal": one, "objections": [each for each in objections if each.refusal_id == one.pk]}
        for one in Refusal.objects.filter(case=case).select_related("recorded_by")
    ]


@require_GET
@signed_in_page
def case_file_of_run(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """From a run to the page of its case; who sees no cases goes to the checks, or to the run itself."""
    run = run_seen_by(request.user, uid)
    if has_permission(request.user, Permission.CASE_VIEW):
        return redirect("case_file", run.case.uid)
    if has_permission(request.user, Permission.CASE_CHECK):
        return redirect("check_list")
    return redirect("flow_file", run.uid)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CASE_STUDY)
def open_case(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Begin the identification of a household."""
    household = _household(request, uid, Permission.CASE_STUDY)
    clue = clue_for_case(household)
    opening = {"discovered_on": timezone.localdate(), "risks": household.risks}
    if clue is not None:
        opening = {
            "discovered_on": clue.discovered_on,
            "risks": sorted({*household.risks, *risk_words(clue.risks)}),
        }
    form = OpenCaseForm(request.POST or None, initial=opening)
    act = partial(actions.open_case, by=request.user, at=timezone.now(), household=household, clue=clue)
    about = "从研判开始，按程序走到认定。农户没签承诺授权书之前，不查询他的信息。"
    return _begin(request, household, form, act, "建个案：识别认定", about)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CASE_RELEASE)
def open_removal(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Begin the removal of a household's risk."""
    household = _household(request, uid, Permission.CASE_RELEASE)
    form = OpenRemovalForm(request.POST or None, initial={"on": timezone.localdate()})
    act = partial(actions.open_removal, by=request.user, at=timezone.now(), household=household)
    about = "收入、风险、三保障和饮水、措施逐项核，再评议、公示、审核、审定、公告、标注。"
    return _begin(request, household, form, act, "发起风险消除", about)


def _household(request: SignedInRequest, uid: UUID, permission: Permission) -> Household:
    rows = Household.objects.select_related("village__parent", "subject")
    household: Household = get_visible(rows, request.user, permission, uid=uid)
    return household


def _begin(
    request: SignedInRequest,
    household: Household,
    form: forms.Form,
    act: Callable[..., Case],
    heading: str,
    about: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        case = taken(form, lambda: act(**form.cleaned_data))
        if case is not None:
            messages.success(request, "个案建好了，从这一步办起。")
            return redirect("case_file", case.uid)
    context = {
        "household": household,
        "form": form,
        "heading": heading,
        "about": about,
        "back": reverse("household_file", args=[household.uid]) + "?tab=help",
        "crumbs": crumbs_of(household, heading),
    }
    return render(request, "monitoring/cases/begin.html", context)

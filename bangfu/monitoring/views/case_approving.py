"""Pages on which several cases are ticked: the county's decision, a village's notice."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import taken
from bangfu.monitoring.actions import case_deciding, case_notices
from bangfu.monitoring.forms.cases import ApproveForm, ComposeCaseNoticeForm
from bangfu.monitoring.models import Case
from bangfu.monitoring.views.case_stepping import CASES

SHOWN = 100
"""Cases listed on the page that asks for the number; all ticked ones go along."""


def ticked(request: SignedInRequest, permission: Permission, *states: str) -> list[Case]:
    """The ticked cases in reach; without a tick all that stand at the step."""
    rows = CASES.visible_to(request.user, permission).filter(run__state__in=states)
    chosen = request.POST.getlist("row") or request.GET.getlist("row")
    return list((rows.filter(uid__in=chosen) if chosen else rows).order_by("place", "pk"))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CASE_APPROVE)
def approve_cases(request: SignedInRequest) -> HttpResponse:
    """Select, number, decide: first the ticked cases are shown; ``confirmed``, all or none is decided."""
    cases = ticked(request, Permission.CASE_APPROVE, "approve")
    asked = "confirmed" in request.POST
    form = ApproveForm(request.POST if asked else None, initial={"approved_on": timezone.localdate()})
    act = partial(case_deciding.approve_cases, by=request.user, at=timezone.now(), cases=cases)
    if asked and form.is_valid():
        batch = taken(form, lambda: act(**form.cleaned_data))
        if batch is not None:
            messages.success(request, f"{batch.cases_count} 户已审定，文号 {batch.number}。")
            return redirect(reverse("case_list") + "?f_state=announce")
    about = "一份批复一批：识别认定和风险消除分开办。要么全办，要么一件不办。"
    return _page(request, cases, form, "县级审定", about, "审定", "approve")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NOTICE_PUBLISH)
def compose_case_notice(request: SignedInRequest) -> HttpResponse:
    """A notice, or after the approval an announcement, about the ticked cases of one village."""
    cases = ticked(request, Permission.NOTICE_PUBLISH, "notice", "announce")
    asked = "confirmed" in request.POST
    form = ComposeCaseNoticeForm(request.POST if asked else None, initial={"posted_at": "村委会公示栏"})
    act = partial(case_notices.compose_case_notice, by=request.user, at=timezone.now(), cases=cases)
    if asked and form.is_valid():
        notice = taken(form, lambda: act(**form.cleaned_data))
        if notice is not None:
            messages.success(request, "草稿拟好了，已去掉敏感信息。看过预览再张贴。")
            return redirect("notice_file", notice.uid)
    about = "一张公示只写一个村、一件事。证件号、电话、账号、健康状况不会写进去。"
    return _page(request, cases, form, "拟公示", about, "拟稿", "notice")


def _page(
    request: SignedInRequest,
    cases: list[Case],
    form: forms.Form,
    heading: str,
    about: str,
    submit: str,
    state: str,
) -> HttpResponse:
    back = reverse("case_list") + f"?f_state={state}"
    context: dict[str, Any] = {
        "cases": cases[:SHOWN],
        "count": len(cases),
        "more": max(0, len(cases) - SHOWN),
        "rest": cases[SHOWN:],
        "form": form,
        "heading": heading,
        "about": about,
        "submit": submit,
        "back": back,
        "crumbs": [{"label": "核查与认定", "url": reverse("case_list")}, {"label": heading, "url": ""}],
    }
    return render(request, "monitoring/cases/ticked.html", context)

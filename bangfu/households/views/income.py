"""Pages of the income worksheet: fill in, correct, count again, sign, dispute, compare, print."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import taken
from bangfu.households.actions import income as actions
from bangfu.households.forms.income import DisputeForm, SignatureForm
from bangfu.households.models import Household, IncomeWorksheet
from bangfu.households.queries.income import latest_worksheet
from bangfu.households.showing.income import paper, worksheet_page
from bangfu.households.views.file_head import crumbs_of
from bangfu.households.views.income_entry import Entry

_WORKSHEETS = IncomeWorksheet.objects.select_related("household__village", "household__subject", "recount_of")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.INCOME_RECORD)
def record_income_worksheet(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Count a period for the first time; opens filled with what the last worksheet says."""
    household = get_visible(
        Household.objects.select_related("village"), request.user, Permission.INCOME_RECORD, uid=uid
    )
    entry = Entry(request, household, known=latest_worksheet(household))
    if request.method == "POST" and entry.is_valid():
        step = partial(
            actions.record_income_worksheet,
            by=request.user,
            at=timezone.now(),
            household=household,
            facts=entry.facts(),
        )
        sheet = taken(entry.head, step)
        if sheet is not None:
            messages.success(request, "测算表已保存。请打印，请户主核对签字。")
            return redirect("income_worksheet", sheet.uid)
    return _entry_page(request, entry, "填收入测算表")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.INCOME_RECORD)
def revise_income_worksheet(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Correct an unsigned worksheet."""
    return _next_version(request, uid, actions.revise_income_worksheet, "改收入测算表")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.INCOME_RECORD)
def recount_income_worksheet(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Count a disputed worksheet again."""
    return _next_version(request, uid, actions.recount_income_worksheet, "重新核算")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.INCOME_RECORD)
def sign_income_worksheet(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Note the signature on the paper."""
    sheet = _writable(request, uid)
    today = timezone.localdate()
    opening = {
        "version": sheet.version,
        "signed_name": sheet.household.head_name,
        "signed_on": today,
    }
    form = SignatureForm(request.POST or None, initial=opening)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        step = partial(
            actions.sign_income_worksheet, by=request.user, at=timezone.now(), worksheet=sheet, **data
        )
        if taken(form, step) is not None:
            messages.success(request, "签字已登记。")
            return redirect("income_worksheet", sheet.uid)
    return _step_page(request, sheet, form, "登记农户签字", "登记签字")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.INCOME_RECORD)
def dispute_income_worksheet(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Note what the household says is wrong."""
    sheet = _writable(request, uid)
    opening = {"version": sheet.version, "disputed_on": timezone.localdate()}
    form = DisputeForm(request.POST or None, initial=opening)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        step = partial(
            actions.dispute_income_worksheet, by=request.user, at=timezone.now(), worksheet=sheet, **data
        )
        if taken(form, step) is not None:
            messages.success(request, "异议已登记。请重新核算；两次的结果都会留着。")
            return redirect("income_worksheet", sheet.uid)
    return _step_page(request, sheet, form, "登记农户异议", "登记异议")


@require_GET
@permission_required(Permission.HOUSEHOLD_VIEW)
def income_worksheet(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """One version with its formula, beside the one it counts again or the period before."""
    sheet = get_visible(_WORKSHEETS, request.user, Permission.HOUSEHOLD_VIEW, uid=uid)
    context = worksheet_page(sheet, request.user)
    context["crumbs"] = crumbs_of(sheet.household, "收入测算表")
    return render(request, "households/income_worksheet.html", context)


@require_GET
@permission_required(Permission.HOUSEHOLD_VIEW)
def print_income_worksheet(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The paper to be signed."""
    sheet = get_visible(_WORKSHEETS, request.user, Permission.HOUSEHOLD_VIEW, uid=uid)
    return render(request, "households/print_income_worksheet.html", paper(sheet))


def _writable(request: SignedInRequest, uid: UUID) -> IncomeWorksheet:
    return get_visible(_WORKSHEETS, request.user, Permission.INCOME_RECORD, uid=uid)


def _next_version(request: SignedInRequest, uid: UUID, action: Any, heading: str) -> HttpResponse:
    sheet = _writable(request, uid)
    entry = Entry(request, sheet.household, known=sheet, replaces=sheet)
    if request.method == "POST" and entry.is_valid():
        step = partial(
            action,
            by=request.user,
            at=timezone.now(),
            worksheet=sheet,
            version=entry.seen_version(),
            facts=entry.facts(),
        )
        made = taken(entry.head, step)
        if made is not None:
            messages.success(request, f"已存为第 {made.number} 版，第 {sheet.number} 版也留着。")
            return redirect("income_worksheet", made.uid)
    return _entry_page(request, entry, heading)


def _entry_page(request: SignedInRequest, entry: Entry, heading: str) -> HttpResponse:
    context = entry.context() | {"heading": heading, "crumbs": crumbs_of(entry.household, heading)}
    return render(request, "households/income_worksheet_form.html", context)


def _step_page(
    request: SignedInRequest, sheet: IncomeWorksheet, form: Any, heading: str, submit: str
) -> HttpResponse:
    context = {
        "sheet": sheet,
        "form": form,
        "heading": heading,
        "submit": submit,
        "crumbs": crumbs_of(sheet.household, heading),
    }
    return render(request, "households/income_worksheet_step.html", context)

"""Natural changes: choose the kind, fill in what it needs, take it back the same day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import taken
from bangfu.core.errors import BangfuError
from bangfu.households.actions.natural import record_natural_change as record
from bangfu.households.actions.natural import undo_natural_change as take_back
from bangfu.households.actions.regrouping import merge_households as merge
from bangfu.households.actions.regrouping import split_household as split
from bangfu.households.enums import NaturalChangeKind
from bangfu.households.forms.natural import JoiningForm, MergeForm, SplitForm, form_of
from bangfu.households.models import Household, NaturalChange
from bangfu.households.views.editing import page

_ELSEWHERE = (NaturalChangeKind.HOUSEHOLD_IN, NaturalChangeKind.SPLIT, NaturalChangeKind.MERGE)
_CHECK_RELATIONS = "户主变了，请到“成员”里核对每个人与户主的关系。"


@permission_required(Permission.HOUSEHOLD_REGISTER)
def record_natural_change(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """First which kind (``?kind=``), then a form with the fields of that kind."""
    household = _registered(request, uid)
    kind = _asked_kind(request)
    context = page(household, "登记自然变更") | {"kinds": _kinds(household, kind)}
    if kind is None:
        return render(request, "households/natural_change_kinds.html", context)
    form = form_of(kind)(household, request.POST or None)
    if request.method == "POST" and form.is_valid():
        booked = taken(form, lambda: _record(request, household, kind, form))
        if booked is not None:
            return _done(request, household, kind, form.cleaned_data.get("new_head") is not None)
    return render(request, "households/form_page.html", context | {"form": form, "chosen": kind.label})


def _record(
    request: SignedInRequest, household: Household, kind: NaturalChangeKind, form: forms.Form
) -> NaturalChange:
    given = form.cleaned_data
    return record(
        by=request.user,
        at=timezone.now(),
        household=household,
        kind=kind,
        occurred_on=given["occurred_on"],
        person=form.person() if isinstance(form, JoiningForm) else None,
        member=given.get("member"),
        new_head=given.get("new_head"),
        note=given["note"],
    )


@permission_required(Permission.HOUSEHOLD_REGISTER)
def split_household(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Some members form a household of their own."""
    household = _registered(request, uid)
    form = SplitForm(household, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        step = {"by": request.user, "at": timezone.now(), "household": household, **given}
        apart = taken(form, lambda: split(**step))
        if apart is not None:
            return _done(request, apart, NaturalChangeKind.SPLIT, True)
    context = page(household, "分户") | {"form": form, "kinds": _kinds(household, NaturalChangeKind.SPLIT)}
    context["sentence"] = "新户沿用本户的类型、监测类别和住址；户编号、电话、账号到新户里另填。"
    return render(request, "households/form_page.html", context)


@permission_required(Permission.HOUSEHOLD_REGISTER)
def merge_households(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """This household goes into another one of the village."""
    household = _registered(request, uid)
    form = MergeForm(household, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        step = {"by": request.user, "at": timezone.now(), "household": household, **given}
        booked = taken(form, lambda: merge(**step))
        if booked is not None:
            return _done(request, given["into"], NaturalChangeKind.MERGE, True)
    context = page(household, "并户") | {"form": form, "kinds": _kinds(household, NaturalChangeKind.MERGE)}
    return render(request, "households/form_page.html", context)


@require_POST
@permission_required(Permission.HOUSEHOLD_REGISTER)
def undo_natural_change(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take back what was entered today by mistake."""
    rows = NaturalChange.objects.select_related("household", "change")
    natural_change = get_visible(rows, request.user, Permission.HOUSEHOLD_REGISTER, uid=uid)
    household = natural_change.household
    try:
        take_back(by=request.user, at=timezone.now(), natural_change=natural_change)
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, f"“{natural_change.get_kind_display()}”已撤回，户和成员都回到登记前的样子。"
        )
    return redirect("household_file", uid=household.uid)


def _registered(request: SignedInRequest, uid: UUID) -> Household:
    rows = Household.objects.select_related("village", "subject")
    return get_visible(rows, request.user, Permission.HOUSEHOLD_REGISTER, uid=uid)


def _asked_kind(request: SignedInRequest) -> NaturalChangeKind | None:
    asked = request.GET.get("kind", "")
    if not asked:
        return None
    if asked not in NaturalChangeKind.values or asked in _ELSEWHERE:
        raise Http404("没有这一种自然变更。")
    return NaturalChangeKind(asked)


def _kinds(household: Household, current: NaturalChangeKind | None) -> list[dict[str, Any]]:
    """Every kind with the address of its form."""
    address = reverse("record_natural_change", args=[household.uid])
    steps = {
        NaturalChangeKind.SPLIT: reverse("split_household", args=[household.uid]),
        NaturalChangeKind.MERGE: reverse("merge_households", args=[household.uid]),
    }
    kinds = [kind for kind in NaturalChangeKind if kind is not NaturalChangeKind.HOUSEHOLD_IN]
    return [
        {
            "label": kind.label,
            "url": steps.get(kind, f"{address}?kind={kind.value}"),
            "current": kind is current,
        }
        for kind in kinds
    ]


def _done(
    request: SignedInRequest, household: Household, kind: NaturalChangeKind, head: bool
) -> HttpResponse:
    words = f"“{kind.label}”已登记。登错了，今天之内可以在“变更”里撤回。"
    messages.success(request, words + (_CHECK_RELATIONS if head else ""))
    return redirect("household_file", uid=household.uid)

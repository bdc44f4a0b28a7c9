"""Registering households and missed members."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import taken
from bangfu.households.actions.natural import move_in_household
from bangfu.households.actions.registering import add_member as add
from bangfu.households.actions.registering import register_household as register
from bangfu.households.forms.joining import NewHouseholdForm, NewMemberForm
from bangfu.households.models import Household
from bangfu.households.showing.wording import dictionaries
from bangfu.households.views.editing import page


@permission_required(Permission.HOUSEHOLD_REGISTER)
def register_household(request: SignedInRequest) -> HttpResponse:
    """A new household with its head; the other members follow on its file."""
    form = NewHouseholdForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        household = taken(form, lambda: _register(request, form))
        if household is not None:
            messages.success(request, f"{household.head_name}户已登记。接着补登其他成员。")
            return redirect("household_file", uid=household.uid)
    context = {
        "form": form,
        "heading": "登记一户",
        "sentence": "先“找户”核对没有登记过。名册里成批的户，用导入。",
        "crumbs": [{"label": "户", "url": reverse("household_list")}, {"label": "登记一户", "url": ""}],
        "dictionaries": dictionaries(),
        "cancel_url": reverse("household_list"),
    }
    return render(request, "households/form_page.html", context)


def _register(request: SignedInRequest, form: NewHouseholdForm) -> Household:
    given = form.cleaned_data
    facts = {name: given[name] for name in ("village", "group_name", "code", "household_type", "phone")}
    common = {"by": request.user, "at": timezone.now(), "head": form.person(), **facts}
    if given["moved_in_on"]:
        return move_in_household(occurred_on=given["moved_in_on"], **common)
    return register(**common)


@permission_required(Permission.HOUSEHOLD_REGISTER)
def add_member(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A member whom the register had missed; births and marriages are natural changes."""
    household = get_visible(Household, request.user, Permission.HOUSEHOLD_REGISTER, uid=uid)
    form = NewMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        step = {"by": request.user, "at": timezone.now(), "household": household, "person": form.person()}
        member = taken(form, lambda: add(**step, joined_on=form.cleaned_data["joined_on"]))
        if member is not None:
            messages.success(request, f"{member.name}已登记。")
            return redirect("household_file", uid=household.uid)
    context = page(household, "补登成员") | {"form": form}
    context["sentence"] = "原来漏登的人。新出生、嫁入、转入的，请用“登记自然变更”。"
    return render(request, "households/form_page.html", context)

"""Correcting a household or a member; two people at once lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
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
from bangfu.core.errors import BangfuError, StaleVersion
from bangfu.households.actions.editing import correct_id_number as correct
from bangfu.households.actions.editing import edit_household as edit
from bangfu.households.actions.editing import edit_member as edit_person
from bangfu.households.facts import Subject
from bangfu.households.forms.facts import FactsForm, HouseholdForm, MemberForm
from bangfu.households.forms.joining import IdNumberForm
from bangfu.households.models import Household, Member
from bangfu.households.queries.stale import overtaken
from bangfu.households.showing.wording import dictionaries
from bangfu.households.views.file_head import crumbs_of

_STALE = 409
"""Somebody else saved first: the page comes back as a conflict."""


@permission_required(Permission.HOUSEHOLD_REGISTER)
def edit_household(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Correct the facts of a household."""
    household = get_visible(Household, request.user, Permission.HOUSEHOLD_REGISTER, uid=uid)

    def save(form: FactsForm) -> None:
        edit(
            by=request.user,
            at=timezone.now(),
            household=household,
            version=form.cleaned_data["version"],
            values=form.values(),
            reason=form.cleaned_data["reason"],
        )

    return _edit(request, household, household, HouseholdForm, save, "改户信息")


@permission_required(Permission.HOUSEHOLD_REGISTER)
def edit_member(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Correct the facts of a member."""
    rows = Member.objects.select_related("household", "identity")
    member = get_visible(rows, request.user, Permission.HOUSEHOLD_REGISTER, uid=uid)

    def save(form: FactsForm) -> None:
        edit_person(
            by=request.user,
            at=timezone.now(),
            member=member,
            version=form.cleaned_data["version"],
            values=form.values(),
            reason=form.cleaned_data["reason"],
        )

    return _edit(request, member, member.household, MemberForm, save, f"改成员信息：{member.name}")


def _edit(
    request: SignedInRequest,
    row: Subject,
    household: Household,
    form_class: type[FactsForm],
    save: Callable[[FactsForm], None],
    heading: str,
) -> HttpResponse:
    """Show the form, save it, or show it again with what was typed, what is there now and a sentence."""
    context = page(household, heading)
    form = form_class(request.POST or None, instance=row)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            save(form)
        except StaleVersion as conflict:
            form, context["overtaken"] = _again(request, row, form)
            form.add_error(None, conflict.message)
            status = _STALE
        except BangfuError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "已存。改了什么、谁改的，在“变更”里看。")
            return redirect("household_file", uid=household.uid)
    return render(request, "households/form_page.html", context | {"form": form}, status=status)


def _again(request: SignedInRequest, row: Subject, form: FactsForm) -> tuple[FactsForm, list[Any]]:
    """The form with what was typed over the version of now, and what came in between."""
    now = type(row).objects.get(pk=row.pk)
    differences = overtaken(now, form.cleaned_data["version"], form.cleaned_data)
    data = request.POST.copy()
    data["version"] = str(now.version)
    again = type(form)(data, instance=now)
    again.is_valid()
    return again, differences


@permission_required(Permission.HOUSEHOLD_REGISTER)
def correct_id_number(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Put the right identity number in place of a wrong one."""
    rows = Member.objects.select_related("household", "identity")
    member = get_visible(rows, request.user, Permission.HOUSEHOLD_REGISTER, uid=uid)
    form = IdNumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = taken(form, lambda: correct(by=request.user, at=timezone.now(), member=member, **given))
        if done is not None:
            messages.success(request, "证件号码已改。")
            return redirect("household_file", uid=member.household.uid)
    return render(
        request,
        "households/form_page.html",
        page(member.household, f"改证件：{member.name}") | {"form": form},
    )


def page(household: Household, heading: str) -> dict[str, Any]:
    """What every form page of a household shows around its form."""
    return {
        "household": household,
        "heading": heading,
        "crumbs": crumbs_of(household, heading),
        "dictionaries": dictionaries(),
        "cancel_url": reverse("household_file", args=[household.uid]),
    }

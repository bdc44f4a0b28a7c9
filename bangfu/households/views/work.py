"""Pages of members' work: a new job, a correction, its end (C-205)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import taken
from bangfu.households.actions import work as actions
from bangfu.households.forms.work import CloseForm, WorkForm, opening_work
from bangfu.households.models import Member, WorkSpell
from bangfu.households.views.file_head import crumbs_of

_SPELLS = WorkSpell.objects.select_related("member__household__village", "member__subject")
_MEMBERS = Member.objects.select_related("household__village", "subject")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.WORK_RECORD)
def record_work_spell(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A new job of a member."""
    member = get_visible(_MEMBERS, request.user, Permission.WORK_RECORD, uid=uid)
    form = WorkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        step = partial(
            actions.record_work_spell,
            by=request.user,
            at=timezone.now(),
            member=member,
            facts=form.facts(),
        )
        if taken(form, step) is not None:
            return _done(request, member, "务工已登记。")
    return _page(request, member, form, "登记务工")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.WORK_RECORD)
def correct_work_spell(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Mend what was noted of a job; on a conflict the page shows what stands there now."""
    spell = get_visible(_SPELLS, request.user, Permission.WORK_RECORD, uid=uid)
    form = WorkForm(request.POST or None, initial=opening_work(spell))
    if request.method == "POST" and form.is_valid():
        step = partial(
            actions.correct_work_spell,
            by=request.user,
            at=timezone.now(),
            spell=spell,
            version=form.cleaned_data["version"] or 0,
            facts=form.facts(),
        )
        if taken(form, step) is not None:
            return _done(request, spell.member, "务工已更正，原来的留在变更里。")
    return _page(request, spell.member, form, "更正务工", spell)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.WORK_RECORD)
def close_work_spell(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The last month of a job, with the reason."""
    spell = get_visible(_SPELLS, request.user, Permission.WORK_RECORD, uid=uid)
    opening = {"version": spell.version, "to_month": timezone.localdate()}
    form = CloseForm(request.POST or None, initial=opening)
    if request.method == "POST" and form.is_valid():
        step = partial(
            actions.close_work_spell, by=request.user, at=timezone.now(), spell=spell, **form.cleaned_data
        )
        if taken(form, step) is not None:
            return _done(request, spell.member, "务工已结束。")
    return _page(request, spell.member, form, "结束务工", spell)


def _done(request: SignedInRequest, member: Member, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(_file(member))


def _file(member: Member) -> str:
    return reverse("household_file", args=[member.household.uid]) + "?tab=work"


def _page(
    request: SignedInRequest, member: Member, form: Any, heading: str, spell: WorkSpell | None = None
) -> HttpResponse:
    context = {
        "member": member,
        "spell": spell,
        "form": form,
        "heading": heading,
        "back": _file(member),
        "crumbs": crumbs_of(member.household, heading),
    }
    return render(request, "households/work_spell_form.html", context)

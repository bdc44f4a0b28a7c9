"""The steps of a round: list, open, decide, bring in, take out, count, close, reopen, check a sample."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, has_permission, permits
from bangfu.access.steps import taken
from bangfu.core.errors import BangfuError
from bangfu.households.actions import rounds as actions
from bangfu.households.enums import RoundState
from bangfu.households.forms.rounds import (
    AddToRoundForm,
    CheckRoundForm,
    CloseRoundForm,
    OpenRoundForm,
    ReopenRoundForm,
)
from bangfu.households.models import Round, RoundCheck, RoundEntry
from bangfu.households.queries.rounds import sample_check, visible_round, visible_rounds

Words = dict[str, Any]


@permission_required(Permission.ROUND_VIEW)
@require_GET
def round_list(request: SignedInRequest) -> HttpResponse:
    """All rounds that the person may see, the newest first."""
    actions_here = []
    if has_permission(request.user, Permission.ROUND_MANAGE):
        actions_here = [{"label": "开启一批", "url": reverse("open_round"), "icon": "plus", "primary": True}]
    context = {
        "heading": "再识别与变动表",
        "sentence": "每年末对建档立卡户和监测对象再识别一次，应纳尽纳、应退尽退。点名称看变动表。",
        "rounds": visible_rounds(request.user),
        "actions": actions_here,
        "crumbs": [{"label": "再识别与变动表", "url": ""}],
    }
    return render(request, "households/round_list.html", context)


@permission_required(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def open_round(request: SignedInRequest) -> HttpResponse:
    """Open a round of a place and a year."""
    today = timezone.localdate()
    form = OpenRoundForm(request.user, today, request.POST or None)
    if request.method == "POST" and form.is_valid():
        step: Words = {"by": request.user, "at": timezone.now(), **form.cleaned_data}
        round = taken(form, lambda: actions.open_round(**step))
        if round is not None:
            messages.success(request, f"“{round.title}”已开启，期初 {round.entries.count()} 户。")
            return redirect("movement_report", uid=round.uid)
    sentence = "开启后，期初日在册的户和人进入期初名单；之后按户填结果。"
    return _form_page(request, form, "开启一批再识别", sentence, reverse("round_list"), "开启")


@permission_required(Permission.ROUND_DECIDE)
@require_http_methods(["GET", "POST"])
def add_to_round(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Bring households from outside the opening in, as new or re-marked."""
    round = visible_round(request.user, uid)
    form = AddToRoundForm(request.user, request.POST or None, initial={"codes": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid():
        step: Words = {"by": request.user, "at": timezone.now(), "round": round, "decision": form.decision()}
        added = taken(form, lambda: actions.add_to_round(households=form.cleaned_data["codes"], **step))
        if added is not None:
            messages.success(request, f"已纳入 {added} 户。")
            return _back(round)
    sentence = f"{round.title}：期初名单以外、应当纳入或重新标注的户。"
    return _form_page(request, form, "纳入名单外的户", sentence, _address(round), "纳入")


@require_POST
@permission_required(Permission.ROUND_DECIDE)
def remove_from_round(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take a household that was brought in by mistake out again."""
    entry = get_visible(RoundEntry, request.user, Permission.ROUND_DECIDE, uid=uid)
    step: Words = {"by": request.user, "at": timezone.now(), "round": entry.round, "entry": entry}
    return _do(request, entry.round, lambda: actions.remove_from_round(**step), "已移出 1 户。")


@require_POST
@permission_required(Permission.ROUND_DECIDE)
def count_round(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Bring the round up to what the register says today."""
    round = visible_round(request.user, uid)
    step: Words = {"by": request.user, "at": timezone.now(), "round": round}
    return _do(request, round, lambda: actions.count_round(**step), "自然变更已按登记更新到今天。")


def _do(request: SignedInRequest, round: Round, step: Callable[[], None], done: str) -> HttpResponse:
    try:
        step()
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return _back(round)


@permission_required(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def close_round(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Close a round whose balance closes."""
    round = visible_round(request.user, uid)
    form = CloseRoundForm(request.POST or None, initial={"closed_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        closed_on = form.cleaned_data["closed_on"]
        step: Words = {"by": request.user, "at": timezone.now(), "round": round, "closed_on": closed_on}
        if taken(form, lambda: actions.close_round(**step)):
            messages.success(request, f"“{round.title}”已关闭，户的身份已按结果更新。")
            return _back(round)
    sentence = "期初和期末平衡才能关闭。关闭后按结果更新各户的身份：剔除的转为一般农户，新纳入的登记在册。"
    return _form_page(request, form, f"关闭：{round.title}", sentence, _address(round), "核对并关闭")


@permission_required(Permission.ROUND_MANAGE)
@require_http_methods(["GET", "POST"])
def reopen_round(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Open a closed round again, with a reason."""
    round = visible_round(request.user, uid)
    form = ReopenRoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        step: Words = {"by": request.user, "at": timezone.now(), "round": round, "reason": reason}
        if taken(form, lambda: actions.reopen_round(**step)):
            messages.success(request, f"“{round.title}”已重新打开，各户身份退回关闭以前。")
            return _back(round)
    sentence = "重新打开后，各户身份退回关闭以前；之后别人改过身份的户保留改后的。"
    return _form_page(request, form, f"重新打开：{round.title}", sentence, _address(round), "重新打开")


@permission_required(Permission.ROUND_VIEW)
@require_http_methods(["GET", "POST"])
def check_round(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The sample check of a round: rates of error, what was checked, and one more (C-079)."""
    round = visible_round(request.user, uid)
    may_check = has_permission(request.user, Permission.ROUND_DECIDE)
    form = CheckRoundForm(request.user, request.POST or None, initial={"checked_on": timezone.localdate()})
    if request.method == "POST" and may_check and form.is_valid():
        given = form.cleaned_data
        step: Words = {
            "by": request.user,
            "at": timezone.now(),
            "round": round,
            "household": given.pop("code"),
        }
        if taken(form, lambda: actions.check_round(**step, **given)):
            messages.success(request, "抽查已登记。")
            return redirect("check_round", uid=round.uid)
    checks = RoundCheck.objects.visible_to(request.user, Permission.ROUND_VIEW).filter(round=round)
    named = checks.visible_to(request.user, Permission.HOUSEHOLD_VIEW).select_related("household__village")
    context = _page(f"错评漏评抽查：{round.title}", "按抽查户数算错评率、漏评率、错退率，保留一位小数。")
    context |= {"round": round, "sample": sample_check(checks), "checks": named, "form": form}
    return render(request, "households/check_round.html", context | {"may_check": may_check})


def round_actions(request: SignedInRequest, round: Round, *, reason: str) -> list[Words]:
    """What the person may do with a round, by its state; ``reason`` says what keeps it from closing."""
    address = {"uid": round.uid}
    found = [{"label": "错评漏评抽查", "url": reverse("check_round", kwargs=address), "icon": "checkbox"}]
    if not permits(request.user, Permission.ROUND_MANAGE, round.place):
        return found
    if round.state == RoundState.CLOSED:
        return [
            *found,
            {"label": "重新打开", "url": reverse("reopen_round", kwargs=address), "icon": "arrow-back-up"},
        ]
    close = {"label": "关闭", "url": reverse("close_round", kwargs=address), "icon": "lock"}
    return [*found, {**close, "primary": not reason, "disabled": bool(reason), "reason": reason}]


def _page(heading: str, sentence: str) -> Words:
    crumbs = [{"label": "再识别与变动表", "url": reverse("round_list")}, {"label": heading, "url": ""}]
    return {"heading": heading, "sentence": sentence, "crumbs": crumbs}


def _form_page(
    request: SignedInRequest, form: forms.Form, heading: str, sentence: str, cancel: str, submit: str
) -> HttpResponse:
    context = _page(heading, sentence) | {"form": form, "cancel_url": cancel, "submit": submit}
    return render(request, "households/round_form.html", context)


def _address(round: Round) -> str:
    return reverse("movement_report", kwargs={"uid": round.uid})


def _back(round: Round) -> HttpResponse:
    return redirect("movement_report", uid=round.uid)

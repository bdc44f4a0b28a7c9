"""Pages: a target with its places and periods, setting, correcting, splitting, typing, withdrawing."""

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
from bangfu.access.steps import step_from, step_page
from bangfu.targets.actions import targets as actions
from bangfu.targets.forms import ActualForm, CorrectForm, SplitForm, TargetForm, WithdrawForm
from bangfu.targets.models import Target
from bangfu.targets.queries import boards, target_managed, target_seen
from bangfu.targets.readings import record_of
from bangfu.targets.showing import target_subject
from bangfu.targets.views.crumbs import to_board
from bangfu.ui.formats import exact

_VIEW, _MANAGE = Permission.TARGET_VIEW, Permission.TARGET_MANAGE


@permission_required(_VIEW)
@require_GET
def target_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A target: every place and period with what was reached, and what was typed with its proof."""
    target = target_seen(request.user, uid)
    board = boards(request.user, [target], timezone.localdate())[0]
    record = record_of(request.user, target.reading) if target.reading else None
    seen = {line.place for line in board.lines}
    context = {
        "board": board,
        "target": target,
        "subject": target_subject(board, request.user, record),
        "typed": [
            row for row in target.typed.select_related("by").order_by("-month", "place") if row.place in seen
        ],
        "names": {line.place: line.name for line in board.lines},
        "crumbs": [*to_board(), {"label": target.title, "url": ""}],
    }
    return render(request, "targets/target_file.html", context)


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def set_target(request: SignedInRequest) -> HttpResponse:
    """A new target."""
    form = TargetForm(request.user, request.POST or None)
    about = "先定总数，保存以后再分到各期、各地。数从记录取，取数以后自己就出来。"
    step = step_from(to_board(), "定目标", about, "保存")
    act = partial(actions.set_target, by=request.user, at=timezone.now())
    return step_page(request, step, form, lambda _: act(facts=form.facts()), _then("定好了"))


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def correct_target(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Correct a target."""
    target = target_managed(request.user, uid)
    form = CorrectForm(request.user, target, request.POST or None)
    about = "改了目标数、地方、年度、分期或怎样算，原来的分解就不作数，要重新分；改了什么留在历史里。"
    step = step_from(to_board(target), "改目标", about, "保存")
    act = partial(actions.correct_target, by=request.user, at=timezone.now(), target=target)

    def do(data: dict[str, Any]) -> Target:
        return act(version=data["version"], reason=data["reason"], facts=form.facts())

    return step_page(request, step, form, do, _then("改好了"))


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def split_target(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Split over periods and places."""
    target = target_managed(request.user, uid)
    lines = list(target.lines.select_related("region").order_by("place"))
    form = SplitForm(request.user, target, lines, request.POST or None)
    about = f"总数 {exact(target.amount)} {target.measure}。各期、各地加起来要正好，差多少会说。"
    step = step_from(to_board(target), "分解目标", about, "保存")
    act = partial(actions.split_target, by=request.user, at=timezone.now(), target=target)

    def do(data: dict[str, Any]) -> Target:
        return act(version=data["version"], parts=form.numbers, lines=form.places)

    return step_page(request, step, form, do, _then("分好了"))


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def record_target_actual(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Type what was reached."""
    target = target_managed(request.user, uid)
    form = ActualForm(target, request.POST or None)
    step = step_from(
        to_board(target), "填实际数", "没有记录可取的才填，写清凭什么。同一个月再填，就是改。", "保存"
    )
    act = partial(actions.record_actual, by=request.user, at=timezone.now(), target=target)
    return step_page(request, step, form, lambda data: act(**data), lambda row: _then("填好了")(target))


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def withdraw_target(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Withdraw a target."""
    target = target_managed(request.user, uid)
    form = WithdrawForm(request.POST or None, initial={"version": target.version})
    step = step_from(to_board(target), "撤销目标", "撤销以后不再算在完成情况里，页面还在。", "撤销")
    act = partial(actions.withdraw_target, by=request.user, at=timezone.now(), target=target)
    return step_page(request, step, form, lambda data: act(**data), _then("撤销了"))


def _then(said: str) -> Any:
    return lambda target: (f"{target.title}：{said}。", reverse("county_target_file", args=[target.uid]))

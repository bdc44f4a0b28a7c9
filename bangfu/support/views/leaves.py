"""Steps of leave: asked for, decided, withdrawn, ended."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import Step, step_page
from bangfu.core.errors import BangfuError
from bangfu.support.actions import leaves as actions
from bangfu.support.forms.teams import YES, DecideLeaveForm, LeaveForm, ReturnForm
from bangfu.support.models import Leave, TeamMember
from bangfu.support.policies.leaves import check_asks, days_of
from bangfu.support.views.members import MEMBERS, member_crumbs

_LEAVES = Leave.objects.select_related(
    "member__team__village__parent", "member__team__unit", "member__team__subject", "member__user", "asked_by"
)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.LEAVE_REQUEST)
def request_leave(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Ask for leave, or report work away that counts."""
    member: TeamMember = get_visible(MEMBERS, request.user, Permission.LEAVE_REQUEST, uid=uid)
    _own_or_404(request, member)
    form = LeaveForm(request.POST or None)
    step = Step(
        heading=f"请假、报外出：{member.user.name}",
        about="离村前先提；急事先走的，回来补提也行。在村天数只按这里算，不签到、不定位。",
        submit="提交",
        done="已提交。请假的等批，外出办事的已报备。",
        back=reverse("member_file", args=[member.uid]),
        crumbs=member_crumbs(member, "请假、报外出"),
    )
    act = partial(actions.request_leave, by=request.user, at=timezone.now(), member=member)
    return step_page(request, step, form, lambda values: act(asked=form.asked()))


def _own_or_404(request: SignedInRequest, member: TeamMember) -> None:
    """A team-mate's leave is not there for who reaches the team as a member of it."""
    try:
        check_asks(request.user, member)
    except BangfuError as refusal:
        raise Http404("只能提自己的请假。") from refusal


@require_http_methods(["GET", "POST"])
@permission_required(Permission.LEAVE_APPROVE)
def decide_leave(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Approve or refuse."""
    leave = _leave(request, uid, Permission.LEAVE_APPROVE)
    form = DecideLeaveForm(request.POST or None, initial={"version": leave.version})
    step = Step(
        heading=f"批请假：{leave.member.user.name}",
        about=_about(leave),
        submit="定下",
        done="已办，提的人看得到。",
        back=reverse("leave_list"),
        crumbs=member_crumbs(leave.member, "批请假"),
    )
    act = partial(actions.decide_leave, by=request.user, at=timezone.now(), leave=leave)
    return step_page(
        request,
        step,
        form,
        lambda values: act(
            version=values["version"], approve=values["decision"] == YES, reason=values["reason"]
        ),
    )


def _about(leave: Leave) -> str:
    days = days_of(leave.starts_on, leave.ends_on)
    cover = f"；离村时顶着的：{leave.cover}" if leave.cover else ""
    spans = f"{days} 天，{leave.starts_on} 到 {leave.ends_on}"
    return f"{leave.get_kind_display()} {spans}：{leave.reason}{cover}。由{leave.get_level_display()}批。"


@require_POST
@permission_required(Permission.LEAVE_REQUEST)
def withdraw_leave(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take a request back: one tap on the member's page."""
    leave = _leave(request, uid, Permission.LEAVE_REQUEST)
    version = request.POST.get("version", "")
    try:
        actions.withdraw_leave(
            by=request.user,
            at=timezone.now(),
            leave=leave,
            version=int(version) if version.isdecimal() else 0,
        )
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "已撤回。")
    return redirect("member_file", leave.member.uid)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.LEAVE_REQUEST)
def return_from_leave(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Back before the last day."""
    leave = _leave(request, uid, Permission.LEAVE_REQUEST)
    _own_or_404(request, leave.member)
    form = ReturnForm(
        request.POST or None, initial={"version": leave.version, "back_on": timezone.localdate()}
    )
    step = Step(
        heading=f"提前返岗：{leave.member.user.name}",
        about=f"{leave.starts_on} 到 {leave.ends_on} 的{leave.get_kind_display()}。返岗那天起算在村。",
        submit="登记返岗",
        done="已登记返岗。",
        back=reverse("member_file", args=[leave.member.uid]),
        crumbs=member_crumbs(leave.member, "提前返岗"),
    )
    act = partial(actions.return_from_leave, by=request.user, at=timezone.now(), leave=leave)
    return step_page(request, step, form, lambda values: act(**values))


def _leave(request: SignedInRequest, uid: UUID, permission: Permission) -> Leave:
    leave: Leave = get_visible(_LEAVES, request.user, permission, uid=uid)
    return leave

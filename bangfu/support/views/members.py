"""Pages of a member: days and leave, leaving, conditions, the hand-over."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, has_permission, permits
from bangfu.access.steps import Step, step_page
from bangfu.core import parameters
from bangfu.core.errors import BangfuError
from bangfu.support.actions import printing
from bangfu.support.actions import teams as actions
from bangfu.support.forms.teams import EndForm, HandOverForm, SelectionForm
from bangfu.support.models import TeamHandOver, TeamMember
from bangfu.support.policies.assessments import sees_assessments
from bangfu.support.policies.leaves import check_asks
from bangfu.support.showing.team_papers import hand_over_paper
from bangfu.support.showing.teams import leave_row, leave_steps, months_of, rules_on, sees_reasons, total
from bangfu.support.views.teams import team_crumbs
from bangfu.ui.paper_files import answer_file

MEMBERS = TeamMember.objects.select_related(
    "team__village__parent", "team__unit", "team__subject", "user", "unit", "stands_in_for__user"
)


def member_crumbs(member: TeamMember, page: str = "") -> list[dict[str, Any]]:
    """From the list of teams to a page of a member."""
    crumbs = team_crumbs(member.team, member.user.name)
    if not page:
        return crumbs
    crumbs[-1]["url"] = reverse("member_file", args=[member.uid])
    return [*crumbs, {"label": page, "url": ""}]


@require_GET
@permission_required(Permission.TEAM_VIEW)
def member_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A member's time: days in the village month by month, from papers alone; leave; what may be done."""
    member: TeamMember = get_visible(MEMBERS, request.user, Permission.TEAM_VIEW, uid=uid)
    today = timezone.localdate()
    year = _year(request, member, today.year)
    months = months_of(member, year, rules_on(today, member.team.place), today)
    leaves = member.leaves.select_related("member__team").order_by("-starts_on", "-pk")
    context = {
        "member": member,
        "year": year,
        "years": range(member.valid_from.year, (member.valid_to or today).year + 1),
        "months": months,
        "total": total(months),
        "leaves": [
            {**leave_row(leave, request.user), **leave_steps(leave, request.user, today)} for leave in leaves
        ],
        "sees_reasons": sees_reasons(request.user, member),
        "assessments": _assessments(request, member),
        "may_manage": permits(request.user, Permission.TEAM_MANAGE, member.team.place),
        "may_ask": _may_ask(request, member),
        "assess_url": _assess_url(request, member),
        "crumbs": member_crumbs(member),
    }
    return render(request, "support/teams/member_file.html", context)


def _year(request: SignedInRequest, member: TeamMember, this_year: int) -> int:
    asked = request.GET.get("year", "")
    last = member.valid_to.year if member.valid_to else this_year
    if not asked.isdecimal():
        return last
    return min(max(int(asked), member.valid_from.year), last)


def _may_ask(request: SignedInRequest, member: TeamMember) -> bool:
    if member.valid_to is not None or not has_permission(request.user, Permission.LEAVE_REQUEST):
        return False
    try:
        check_asks(request.user, member)
    except BangfuError:
        return False
    return True


def _assessments(request: SignedInRequest, member: TeamMember) -> Any:
    """What was said of a member in a year shows to the person and to who assesses."""
    return member.assessments.all() if sees_assessments(request.user, member) else []


def _assess_url(request: SignedInRequest, member: TeamMember) -> str:
    may = has_permission(request.user, Permission.TEAM_ASSESS)
    if not may or not sees_assessments(request.user, member):
        return ""
    return reverse("hand_in_assessment", args=[member.uid])


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TEAM_MANAGE)
def leave_team(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A member leaves."""
    member = _managed(request, uid)
    form = EndForm(request.POST or None, initial={"version": member.version, "on": timezone.localdate()})
    about = "换人的请办移交，事情和资料一起交清。"
    step = _step(member, "登记离村", about, "登记离村", "已登记离村。")
    act = partial(actions.leave_team, by=request.user, at=timezone.now(), member=member)
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TEAM_MANAGE)
def check_selection(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The selection conditions, one by one."""
    member = _managed(request, uid)
    held = parameters.explain("team_selection_conditions", timezone.localdate(), member.team.place)
    known = dict(member.conditions)
    wanted = parameters.value("team_selection_conditions", on=timezone.localdate(), place=member.team.place)
    form = SelectionForm(wanted, known, request.POST or None, initial={"version": member.version})
    basis = (
        f"依据：{held.basis}{'（依据未核实）' if held.unverified else ''}。有一条不符的也能派，名册上写明。"
    )
    step = _step(member, "核对选派条件", basis, "存下", "选派条件已核对。")
    act = partial(actions.check_selection, by=request.user, at=timezone.now(), member=member)
    return step_page(
        request, step, form, lambda values: act(version=values["version"], answers=form.answers())
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TEAM_MANAGE)
def hand_over_post(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What is under way goes to the next member, on one page; its list is printed and signed."""
    giver = _managed(request, uid)
    takers = MEMBERS.filter(team__village=giver.team.village, valid_to=None).exclude(pk=giver.pk)
    opening = {"version": giver.version, "on": timezone.localdate()}
    form = HandOverForm(takers, request.POST or None, initial=opening)
    step = _step(giver, "移交", "移交人在队到这一天为止；两头日期一起写好。", "移交", "")

    def act(values: dict[str, Any]) -> TeamHandOver:
        given = {name: values[name] for name in ("version", "taker", "on", "witness")}
        return actions.hand_over_post(
            by=request.user, at=timezone.now(), giver=giver, items=form.lines(), **given
        )

    team_url = reverse("team_file", args=[giver.team.uid])
    return step_page(request, step, form, act, lambda _: ("已移交。请打印交接清单，双方签字。", team_url))


@require_GET
@permission_required(Permission.TEAM_VIEW)
def print_hand_over_post(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The list that both sign: ``?format=pdf`` (default) or ``docx``."""
    rows = TeamHandOver.objects.select_related(
        "team__village__parent", "team__unit", "giver__user", "taker__user"
    )
    made: TeamHandOver = get_visible(rows, request.user, Permission.TEAM_VIEW, uid=uid)
    paper = hand_over_paper(made)
    noted = partial(
        printing.print_hand_over_post,
        by=request.user,
        at=timezone.now(),
        made=made,
        address=client_address(request),
    )
    back = reverse("team_file", args=[made.team.uid])
    return answer_file(request, paper, paper.title, back, lambda form: noted(form=form))


def _managed(request: SignedInRequest, uid: UUID) -> TeamMember:
    member: TeamMember = get_visible(MEMBERS, request.user, Permission.TEAM_MANAGE, uid=uid)
    return member


def _step(member: TeamMember, heading: str, about: str, submit: str, done: str) -> Step:
    back = reverse("member_file", args=[member.uid])
    return Step(f"{heading}：{member.user.name}", about, submit, done, back, member_crumbs(member, heading))

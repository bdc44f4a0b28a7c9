"""Pages of teams: one team, forming and disbanding, joining, what its unit does."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, permits
from bangfu.access.steps import Step, step_page, taken
from bangfu.support.actions import teams as actions
from bangfu.support.actions import unit_support as supporting
from bangfu.support.forms.teams import EndForm, FormTeamForm, JoinForm, SupportForm, WithdrawForm
from bangfu.support.models import Team, TeamMember, UnitSupport
from bangfu.support.queries.teams import leaves_by_member, people_to_join, team_for_page
from bangfu.support.showing.teams import leave_row, rules_on, year_words

_MOST_LEAVES = 20


def team_crumbs(team: Team | None = None, page: str = "") -> list[dict[str, Any]]:
    """From the list of teams to a page of one."""
    crumbs: list[dict[str, Any]] = [{"label": "驻村工作队", "url": reverse("team_list")}]
    if team is not None:
        here = reverse("team_file", args=[team.uid]) if page else ""
        crumbs.append({"label": f"{team.village.name}（{team.unit.name}）", "url": here})
    return [*crumbs, {"label": page, "url": ""}] if page else crumbs


@require_GET
@permission_required(Permission.TEAM_VIEW)
def team_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A team: its people with their days, leave, hand-overs, what its unit did."""
    team = team_for_page(request.user, uid).first()
    if team is None:
        raise Http404("这里没有这支工作队，或者它不在您管的范围里。")
    today = timezone.localdate()
    members = list(team.members.all())
    leaves = leaves_by_member(members, today.replace(month=1, day=1), today)
    rules = rules_on(today, team.place)
    context = {
        "team": team,
        "members": [
            {"member": member, "days": year_words(member, leaves.get(member.pk, []), rules, today)}
            for member in members
        ],
        "leaves": _leaves(team, request.user),
        "hand_overs": team.hand_overs.select_related("giver__user", "taker__user"),
        "support": team.support.all(),
        "may_manage": permits(request.user, Permission.TEAM_MANAGE, team.place),
        "may_support": supporting.may_support(request.user, team) and team.valid_to is None,
        "crumbs": team_crumbs(team),
    }
    return render(request, "support/teams/team_file.html", context)


def _leaves(team: Team, user: User) -> list[dict[str, Any]]:
    rows = [leave for member in team.members.all() for leave in member.leaves.select_related("member__team")]
    rows.sort(key=lambda leave: (leave.starts_on, leave.pk), reverse=True)
    names = {member.pk: member.user.name for member in team.members.all()}
    return [{**leave_row(leave, user), "who": names[leave.member_id]} for leave in rows[:_MOST_LEAVES]]


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TEAM_MANAGE)
def form_team(request: SignedInRequest) -> HttpResponse:
    """A new team."""
    form = FormTeamForm(request.user, request.POST or None)
    step = Step(
        heading="登记工作队",
        about="先登记队，再一个个加人。先定村，再定人。",
        submit="登记",
        done="工作队已登记，请加人。",
        back=reverse("team_list"),
        crumbs=team_crumbs(page="登记"),
    )
    act = partial(actions.form_team, by=request.user, at=timezone.now())
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TEAM_MANAGE)
def disband_team(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A team ends."""
    team = _managed(request, uid)
    form = EndForm(request.POST or None, initial={"version": team.version, "on": timezone.localdate()})
    step = _step(team, "撤队", "队里的人都登记离村以后才能撤。", "撤队", "工作队已撤。")
    act = partial(actions.disband_team, by=request.user, at=timezone.now(), team=team)
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TEAM_MANAGE)
def join_team(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Somebody comes to the team: of its own unit, or found by name (``?who=``)."""
    team = _managed(request, uid)
    who = request.GET.get("who", "").strip()
    present = TeamMember.objects.filter(team=team, valid_to=None).select_related("user")
    people = people_to_join(team, who, everybody=request.method == "POST")
    form = JoinForm(people, present, request.POST or None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        act = partial(actions.join_team, by=request.user, at=timezone.now(), team=team)
        if taken(form, lambda: act(joining=form.joining())) is not None:
            messages.success(request, "已登记到村。选派条件在队员页上逐条核对。")
            return redirect("team_file", team.uid)
    step = _step(team, "加人", "", "登记到村", "")
    context = {"step": step, "form": form, "who": who, "crumbs": step.crumbs}
    return render(request, "support/teams/join_team.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TEAM_VIEW)
def record_unit_support(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What the sending unit did for its people."""
    team: Team = get_visible(_TEAMS, request.user, Permission.TEAM_VIEW, uid=uid)
    if not supporting.may_support(request.user, team):
        raise Http404("支持措施由派出单位和管工作队的人登记。")
    form = SupportForm(request.POST or None, initial={"on": timezone.localdate()})
    step = _step(
        team, "登记派出单位的支持", "看望谈心、补助、保险、体检、经费，做一样记一样。", "登记", "已登记。"
    )
    act = partial(supporting.record_unit_support, by=request.user, at=timezone.now(), team=team)
    return step_page(request, step, form, lambda values: act(given=form.given()))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TEAM_VIEW)
def withdraw_unit_support(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take such a record down."""
    rows = UnitSupport.objects.filter(withdrawn_reason="").select_related("team__village", "team__unit")
    support: UnitSupport = get_visible(rows, request.user, Permission.TEAM_VIEW, uid=uid)
    if not supporting.may_support(request.user, support.team):
        raise Http404("支持措施由派出单位和管工作队的人登记。")
    form = WithdrawForm(request.POST or None, initial={"version": support.version})
    step = _step(support.team, "撤下支持记录", f"{support.on} {support.what}", "撤下", "已撤下。")
    act = partial(supporting.withdraw_unit_support, by=request.user, at=timezone.now(), support=support)
    return step_page(request, step, form, lambda values: act(**values))


_TEAMS = Team.objects.select_related("village__parent", "village__subject", "unit", "subject")


def _managed(request: SignedInRequest, uid: UUID) -> Team:
    team: Team = get_visible(_TEAMS, request.user, Permission.TEAM_MANAGE, uid=uid)
    return team


def _step(team: Team, heading: str, about: str, submit: str, done: str) -> Step:
    back = reverse("team_file", args=[team.uid])
    return Step(heading, about, submit, done, back, team_crumbs(team, heading))

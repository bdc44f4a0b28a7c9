"""Pages of forums and of people brought up to lead."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, permits
from bangfu.access.steps import step_page
from bangfu.core.parameters import value
from bangfu.training.actions import forums as actions
from bangfu.training.actions import leaders as leader_actions
from bangfu.training.enums.people import LeaderState
from bangfu.training.forms.people import EndLeaderForm, ForumForm, HouseholdLeaderForm, IssueForm, LeaderForm
from bangfu.training.models import Forum, FutureLeader
from bangfu.training.queries.choosing import regions_for
from bangfu.training.queries.seen import issues_of
from bangfu.training.views.courses import home_place
from bangfu.training.views.crumbs import crumbs_to, step_of
from bangfu.training.views.people import home_fact, household_asked

FORUM, LEADER = ("forum_list", "论坛"), ("future_leader_list", "带头人培养")
VIEW, MANAGE, RECORD = (
    Permission.TRAINING_VIEW,
    Permission.TRAINING_MANAGE,
    Permission.TRAINING_RECORD,
)


@require_http_methods(["GET", "POST"])
@permission_required(MANAGE)
def plan_forum(request: SignedInRequest) -> HttpResponse:
    """A forum's year (C-199)."""
    today = timezone.localdate()
    opening = {
        "year": today.year,
        "planned": value("forum_issues_a_year", on=today, place=home_place(request, MANAGE)),
        "organiser": request.user.unit.name if request.user.unit else "",
    }
    form = ForumForm(request.POST or None, regions=regions_for(request.user, MANAGE), initial=opening)
    act = partial(actions.plan_forum, by=request.user, at=timezone.now())
    step = step_of(*FORUM, "建论坛", "一年计划几期；每办一期登记一期。", "建论坛", "论坛已建。")
    return step_page(request, step, form, lambda data: act(**data))


@require_http_methods(["GET", "POST"])
@permission_required(RECORD)
def hold_forum_issue(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The next issue was held."""
    forum = get_visible(Forum, request.user, RECORD, uid=uid)
    form = IssueForm(request.POST or None, initial={"held_on": timezone.localdate()})
    act = partial(actions.hold_forum_issue, by=request.user, at=timezone.now(), forum=forum)
    back = reverse("forum_file", args=[forum.uid])
    heading = f"{forum}：登记第 {len(issues_of(forum)) + 1} 期"
    step = step_of(*FORUM, heading, forum.organiser, "登记", "这一期已登记。", back)
    return step_page(request, step, form, lambda data: act(facts=form.facts()))


@require_GET
@permission_required(VIEW)
def forum_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A forum's year: the issues that were held, and how many are still to come."""
    forum = get_visible(Forum.objects.select_related("region"), request.user, VIEW, uid=uid)
    issues = issues_of(forum)
    left = max(forum.planned - len(issues), 0)
    context = {
        "forum": forum,
        "issues": issues,
        "left": left,
        "records": permits(request.user, RECORD, forum.place),
        "crumbs": crumbs_to(*FORUM, str(forum)),
    }
    return render(request, "training/forum_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(RECORD)
def register_future_leader(request: SignedInRequest) -> HttpResponse:
    """Somebody who is to be brought up to lead; ``?household=`` one of its members (C-040)."""
    opening = {"picked_on": timezone.localdate()}
    home = household_asked(request)
    form = (
        HouseholdLeaderForm(request.POST or None, household=home, initial=opening)
        if home
        else LeaderForm(request.POST or None, regions=regions_for(request.user, RECORD), initial=opening)
    )
    act = partial(leader_actions.register_future_leader, by=request.user, at=timezone.now())
    heading = f"{home.head_name}户：列入带头人培养" if home else "列入培养"
    step = step_of(*LEADER, heading, "培养什么、谁联系。", "列入", "已列入培养名单。")
    return step_page(
        request,
        step,
        form,
        lambda data: act(
            region=home.village if home else data["region"], member=data.get("member"), facts=form.facts()
        ),
    )


@require_http_methods(["GET", "POST"])
@permission_required(RECORD)
def end_future_leader(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What came of it."""
    leader = get_visible(FutureLeader, request.user, RECORD, uid=uid)
    opening = {"version": leader.version, "ended_on": timezone.localdate()}
    form = EndLeaderForm(request.POST or None, initial=opening)
    act = partial(leader_actions.end_future_leader, by=request.user, at=timezone.now(), leader=leader)
    back = reverse("future_leader_file", args=[leader.uid])
    step = step_of(*LEADER, f"{leader.name}：培养结果", leader.aim, "登记", "结果已登记。", back)
    return step_page(request, step, form, lambda data: act(**{**data, "state": LeaderState(data["state"])}))


@require_GET
@permission_required(VIEW)
def future_leader_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Somebody who is brought up to lead, and what came of it."""
    rows = FutureLeader.objects.select_related("region__parent", "member__household")
    leader = get_visible(rows, request.user, VIEW, uid=uid)
    context = {
        "leader": leader,
        "facts": [
            {"label": "类别", "value": leader.get_kind_display()},
            home_fact(request, leader.member.household if leader.member else None),
            {"label": "列入", "value": str(leader.picked_on)},
            {"label": "联系培养人", "value": leader.mentor},
            {"label": "培养目标", "value": leader.aim},
            {"label": "状态", "value": leader.get_state_display()},
            {"label": "结果", "value": leader.outcome or "—"},
            {"label": "结束", "value": str(leader.ended_on) if leader.ended_on else "—"},
        ],
        "may_end": leader.state == LeaderState.IN_TRAINING and permits(request.user, RECORD, leader.place),
        "crumbs": crumbs_to(*LEADER, leader.name),
    }
    return render(request, "training/future_leader_file.html", context)

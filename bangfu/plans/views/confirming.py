"""A person confirms a plan's tasks sentence by sentence."""

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
from bangfu.access.steps import Step, step_page
from bangfu.plans.actions import confirming
from bangfu.plans.enums import PlanState
from bangfu.plans.forms.plans import LeaveOutForm, ReopenForm, TaskForm, opening_task
from bangfu.plans.models import Passage, Plan
from bangfu.plans.queries.plans import passage_seen, plan_seen
from bangfu.plans.showing.confirming import card, groups_of, progress_of, rest_of
from bangfu.plans.terms.facts import TaskFacts
from bangfu.plans.terms.proposals import facts_of
from bangfu.plans.views.crumbs import crumbs_of

_MANAGE = Permission.COUNTY_PLAN_MANAGE
_NOTHING = TaskFacts("", (), (), None, (), (), ())


@require_GET
@permission_required(_MANAGE)
def confirm_county_plan(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The sentences on the left, what was read from them on the right."""
    plan = plan_seen(request.user, uid, _MANAGE)
    passages = list(plan.passages.all())
    context = {
        "plan": plan,
        "crumbs": [*crumbs_of(plan), {"label": "逐句确认", "url": ""}],
        "groups": groups_of(plan, passages),
        "rest": rest_of(plan, passages),
        "progress": progress_of(passages),
        "open": plan.state == PlanState.CONFIRMING,
    }
    return render(request, "plans/confirm_plan.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(_MANAGE)
def accept_plan_task(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Look at a proposed task, correct it, confirm it."""
    passage = passage_seen(request.user, uid)
    facts = facts_of(passage.proposal) if passage.proposal else _NOTHING
    form = TaskForm(request.POST or None, initial=opening_task(facts, passage.version))
    act = partial(confirming.accept_plan_task, by=request.user, at=timezone.now(), passage=passage)
    step = _step(
        passage, "列为任务", "左边是原文，右边是读出来的；改好再确认。", "确认，列为任务", "列为任务了。"
    )
    return step_page(
        request,
        step,
        form,
        lambda values: act(version=values["version"], facts=form.facts()),
        template="plans/accept_task.html",
        card=card(passage, passage.plan.text),
    )


@require_http_methods(["GET", "POST"])
@permission_required(_MANAGE)
def leave_out_passage(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Say why a proposed task is none."""
    passage = passage_seen(request.user, uid)
    form = LeaveOutForm(request.POST or None, initial={"version": passage.version})
    act = partial(confirming.leave_out_passage, by=request.user, at=timezone.now(), passage=passage)
    step = _step(passage, "不列为任务", "原文留着，写明原因，以后还可以重新确认。", "不列", "记下了。")
    return _passage_page(request, step, form, passage, act)


@require_http_methods(["GET", "POST"])
@permission_required(_MANAGE)
def reopen_passage(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take a decision back."""
    passage = passage_seen(request.user, uid)
    form = ReopenForm(request.POST or None, initial={"version": passage.version})
    act = partial(confirming.reopen_passage, by=request.user, at=timezone.now(), passage=passage)
    about = "已经列成的任务会去掉，这一段回到待确认。"
    step = _step(passage, "重新确认", about, "重新确认", "回到待确认了。")
    return _passage_page(request, step, form, passage, act)


def _passage_page(
    request: SignedInRequest, step: Step, form: LeaveOutForm | ReopenForm, passage: Passage, act: partial
) -> HttpResponse:
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        template="plans/accept_task.html",
        card=card(passage, passage.plan.text),
    )


def _step(passage: Passage, heading: str, about: str, submit: str, done: str) -> Step:
    back = _confirm_url(passage.plan)
    crumbs = [*crumbs_of(passage.plan), {"label": "逐句确认", "url": back}, {"label": heading, "url": ""}]
    return Step(heading, about, submit, done, back, crumbs)


def _confirm_url(plan: Plan) -> str:
    return reverse("confirm_county_plan", args=[plan.uid])

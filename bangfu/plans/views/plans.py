"""Pages of a plan: enter it, read it, start it, print what is to be told about it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import step_from, step_page
from bangfu.plans.actions import entering
from bangfu.plans.forms.plans import EnterForm, StartForm
from bangfu.plans.queries.plans import money_of, paces_of, plan_seen, tasks_seen
from bangfu.plans.showing import files
from bangfu.plans.showing.papers import plan_notice
from bangfu.plans.views.crumbs import crumbs_of
from bangfu.ui.paper_files import answer_paper

_VIEW, _MANAGE = Permission.COUNTY_PLAN_VIEW, Permission.COUNTY_PLAN_MANAGE


@require_http_methods(["GET", "POST"])
@permission_required(_MANAGE)
def enter_county_plan(request: SignedInRequest) -> HttpResponse:
    """A plan's text, pasted or uploaded."""
    form = EnterForm(request.user, request.POST or None, request.FILES or None)
    act = partial(entering.enter_county_plan, by=request.user, at=timezone.now())
    about = "整篇给进来，系统逐句提出任务，一个字也不丢；拿不准的标出来，由您确认。"
    step = step_from(crumbs_of(), "录入计划", about, "读进来")
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        lambda plan: ("读进来了，请逐句确认。", reverse("confirm_county_plan", args=[plan.uid])),
    )


@require_GET
@permission_required(_VIEW)
def county_plan_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A plan: its tasks by chapter, the units, the money, the text."""
    plan = plan_seen(request.user, uid)
    tab = request.GET.get("tab", "")
    tab = tab if tab in files.TABS else ""
    today = timezone.localdate()
    tasks = list(tasks_seen(request.user).filter(plan=plan))
    money = money_of(plan)
    context = {
        "plan": plan,
        "crumbs": [*crumbs_of(), {"label": plan.title, "url": ""}],
        "subject": files.plan_subject(plan, request.user),
        "tabs": files.tabs_of(plan, tab),
        "tab": tab,
        "cells": files.strip_of(plan, tasks, today),
        "chapters": files.chapters_of(tasks, today),
        "paces": paces_of(plan, today) if tab == "units" else (),
        "money": money,
        "money_sentence": files.money_sentence(money),
        "task_page": reverse("plan_task_list"),
    }
    return render(request, "plans/plan_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(_MANAGE)
def start_county_plan(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Everything is confirmed: the units begin."""
    plan = plan_seen(request.user, uid, _MANAGE)
    form = StartForm(request.POST or None, initial={"planned": plan.planned})
    act = partial(entering.start_county_plan, by=request.user, at=timezone.now(), plan=plan)
    about = "开始以后任务不再改，各单位按步骤报。"
    step = step_from(crumbs_of(plan), "开始执行", about, "开始执行", "开始执行了。")
    return step_page(request, step, form, lambda values: act(**values))


@require_GET
@permission_required(_VIEW)
def print_county_plan(request: SignedInRequest, uid: UUID, occasion: str) -> HttpResponse:
    """A notice about the plan as pages, PDF or Word."""
    if occasion not in files.OCCASIONS:
        raise Http404("没有这种通报。")
    plan, today = plan_seen(request.user, uid), timezone.localdate()
    tasks = list(tasks_seen(request.user).filter(plan=plan))
    paper = plan_notice(plan, occasion, tasks, paces_of(plan, today), money_of(plan), today)
    note = partial(
        entering.print_county_plan,
        by=request.user,
        at=timezone.now(),
        plan=plan,
        paper=occasion,
        address=client_address(request),
    )
    back = reverse("county_plan_file", args=[plan.uid])
    return answer_paper(request, paper, paper.title, back, lambda form: note(form=form))

"""Pages of a task: what it says, what was reported; report, check, order."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import permits
from bangfu.access.steps import step_from, step_page
from bangfu.plans.actions import following
from bangfu.plans.enums import PlanState
from bangfu.plans.forms.plans import CheckForm, OrderForm, ReportForm
from bangfu.plans.policies.reporting import may_report
from bangfu.plans.queries.orders import orders_of
from bangfu.plans.queries.plans import step_seen, task_seen
from bangfu.plans.showing import lights
from bangfu.plans.showing.confirming import marked
from bangfu.plans.showing.files import step_rows
from bangfu.plans.views.crumbs import crumbs_of

_VIEW, _MANAGE = Permission.COUNTY_PLAN_VIEW, Permission.COUNTY_PLAN_MANAGE


@require_GET
@permission_required(_VIEW)
def plan_task_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A task: its sentence, its units, its money, its steps and what was reported."""
    user, today = request.user, timezone.localdate()
    task = task_seen(user, uid)
    running = task.plan.state == PlanState.RUNNING
    context = {
        "task": task,
        "crumbs": [*crumbs_of(task.plan), {"label": task.title, "url": ""}],
        "signal": lights.task_signal(task, today),
        "leads": lights.lead_names(task),
        "helps": lights.help_names(task),
        "pieces": marked(task.passage, task.plan.text),
        "steps": step_rows(task, user, today),
        "checks": task.checks.select_related("checked_by"),
        "orders": orders_of(task, user),
        "may_check": running and permits(user, _MANAGE, task.place),
        "may_order": running and permits(user, Permission.ORDER_ISSUE, task.place),
        "may_papers": permits(user, Permission.EVIDENCE_VIEW, task.place),
    }
    return render(request, "plans/task_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PLAN_STEP_REPORT)
def report_plan_step(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What was done of a step."""
    row = step_seen(request.user, uid, Permission.PLAN_STEP_REPORT)
    if not may_report(request.user, row.task):
        raise Http404("这项任务不是您单位的。")
    form = ReportForm(request.POST or None)
    act = partial(following.report_plan_step, by=request.user, at=timezone.now(), step=row)
    about = f"{lights.step_when(row)}：{row.words}"
    step = step_from(crumbs_of(row.task.plan, row.task), "报进度", about, "报上来", "报上来了。")
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(_MANAGE)
def check_plan_task(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What a check found."""
    task = task_seen(request.user, uid, _MANAGE)
    form = CheckForm(request.POST or None)
    act = partial(following.check_plan_task, by=request.user, at=timezone.now(), task=task)
    about = "季度检查、平时抽查都在这里记；通报里写的就是最近一次的结果。"
    step = step_from(crumbs_of(task.plan, task), "检查任务", about, "保存", "检查记下了。")
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ORDER_ISSUE)
def order_plan_task(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A supervision order about a task that lags."""
    task = task_seen(request.user, uid, Permission.ORDER_ISSUE)
    form = OrderForm(task, request.POST or None)
    act = partial(following.order_plan_task, by=request.user, at=timezone.now(), task=task)
    about = "下发以后按督办单回复、复核、销号。"
    step = step_from(crumbs_of(task.plan, task), "督办任务", about, "下发")
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        lambda order: (f"{order}下发了。可以印出来盖章。", reverse("order_file", args=[order.uid])),
    )

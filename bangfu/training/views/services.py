"""Pages of service orders."""

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
from bangfu.access.scope import get_visible, permits, places_of
from bangfu.access.steps import Step, step_page
from bangfu.households.models import Household
from bangfu.households.policies.reach import reaches
from bangfu.training.actions import services as actions
from bangfu.training.forms.services import AskForm, DeclineForm, SolveForm, TakeForm, VisitForm
from bangfu.training.models import ServiceOrder
from bangfu.training.queries.choosing import experts_for, households_for, regions_for
from bangfu.training.showing.services import steps_of, ways_of
from bangfu.training.terms import service_kinds
from bangfu.training.views.crumbs import crumbs_to, step_of

ASK, RECORD, VIEW = Permission.SERVICE_ASK, Permission.SERVICE_RECORD, Permission.SERVICE_VIEW
LIST = ("service_list", "专家服务")
_ORDERS = ServiceOrder.objects.select_related(
    "region__parent", "expert", "asked_by", "visited_by", "household__subject", "household__village"
)
_ABOUT = "写清问题，县里和乡镇按种类找专家；信贷需求写贷款金额。"


@require_http_methods(["GET", "POST"])
@permission_required(ASK)
def ask_service(request: SignedInRequest) -> HttpResponse:
    """Ask for somebody in a place; a helper asks for one of the own households."""
    opening = {"asked_on": timezone.localdate()}
    regional = bool(places_of(request.user, ASK))
    form = AskForm(
        request.POST or None,
        regions=regions_for(request.user, ASK) if regional else None,
        households=None if regional else households_for(request.user),
        initial=opening,
    )
    act = partial(actions.ask_service, by=request.user, at=timezone.now())
    step = step_of(*LIST, "提出服务", _ABOUT, "提出", "已提出，等专家接单。")
    return step_page(request, step, form, lambda data: act(asked=form.asked(), **_whose(data)))


def _whose(data: dict[str, Any]) -> dict[str, Any]:
    home = data.get("household")
    return {"household": home, "region": home.village if home else data["region"]}


@require_http_methods(["GET", "POST"])
@permission_required(ASK)
def ask_household_service(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Ask for a household, from its file."""
    rows = Household.objects.select_related("village", "subject")
    home = get_visible(rows, request.user, ASK, uid=uid)
    form = AskForm(request.POST or None, initial={"asked_on": timezone.localdate()})
    act = partial(actions.ask_service, by=request.user, at=timezone.now())
    heading = f"{home.head_name}户：提出服务"
    step = step_of(*LIST, heading, _ABOUT, "提出", "已提出，等专家接单。")
    return step_page(
        request, step, form, lambda data: act(asked=form.asked(), region=home.village, household=home)
    )


def _order(request: SignedInRequest, permission: Permission, uid: UUID) -> ServiceOrder:
    order: ServiceOrder = get_visible(_ORDERS, request.user, permission, uid=uid)
    return order


@require_GET
@permission_required(VIEW)
def service_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """An order: the problem, the solution, the return visit, and the next step."""
    order = _order(request, VIEW, uid)
    home = order.household
    sees_home = home is not None and reaches(request.user, Permission.HOUSEHOLD_VIEW, home)
    context = {
        "order": order,
        "kind": service_kinds()[order.kind],
        "process": steps_of(order),
        "ways": ways_of(order) if permits(request.user, RECORD, order.place) else [],
        "home_url": reverse("household_file", args=[home.uid]) if home and sees_home else "",
        "crumbs": crumbs_to(*LIST, order.for_whom),
    }
    return render(request, "training/service_file.html", context)


def _step(order: ServiceOrder, heading: str, submit: str, done: str) -> Step:
    back = reverse("service_file", args=[order.uid])
    return step_of(*LIST, f"{order.for_whom}：{heading}", order.problem, submit, done, back)


@require_http_methods(["GET", "POST"])
@permission_required(RECORD)
def take_service(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """An expert takes the order."""
    order, today = _order(request, RECORD, uid), timezone.localdate()
    opening = {"version": order.version, "taken_on": today}
    form = TakeForm(request.POST or None, experts=experts_for(order, today), initial=opening)
    act = partial(actions.take_service, by=request.user, at=timezone.now(), order=order)
    return step_page(request, _step(order, "接单", "接单", "已接单。"), form, lambda data: act(**data))


@require_http_methods(["GET", "POST"])
@permission_required(RECORD)
def solve_service(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """How it was solved."""
    order = _order(request, RECORD, uid)
    opening = {"version": order.version, "done_on": timezone.localdate()}
    form = SolveForm(request.POST or None, kind=service_kinds()[order.kind], initial=opening)
    act = partial(actions.solve_service, by=request.user, at=timezone.now(), order=order)
    step = _step(order, "登记怎样解决", "登记", "已登记，等回访。")
    return step_page(request, step, form, lambda data: act(version=data["version"], solved=form.solved()))


@require_http_methods(["GET", "POST"])
@permission_required(RECORD)
def visit_service(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Look again: closed when it is solved, back to the expert when it is not."""
    order = _order(request, RECORD, uid)
    opening = {"version": order.version, "visited_on": timezone.localdate()}
    form = VisitForm(request.POST or None, initial=opening)
    act = partial(actions.visit_service, by=request.user, at=timezone.now(), order=order)
    step = _step(order, "登记回访", "登记", "回访已登记。")
    return step_page(request, step, form, lambda data: act(version=data["version"], looked=form.looked()))


@require_http_methods(["GET", "POST"])
@permission_required(RECORD)
def decline_service(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Nobody here can help; the asker reads why."""
    order = _order(request, RECORD, uid)
    form = DeclineForm(request.POST or None, initial={"version": order.version})
    act = partial(actions.decline_service, by=request.user, at=timezone.now(), order=order)
    step = _step(order, "不能办", "登记", "已登记不能办，原因留在工单上。")
    return step_page(request, step, form, lambda data: act(**data))

"""Steps about something that a project already has: a contract, an asset, a target, a complaint; opinions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required, signed_in_page
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import step_from, step_page
from bangfu.projects.actions import accepting, contracts, deciding, results, supervising, works
from bangfu.projects.enums.deciding import OpinionStage
from bangfu.projects.forms import records as sheets
from bangfu.projects.forms.linking import LinkForm
from bangfu.projects.forms.supervising import OrderForm
from bangfu.projects.models import Asset, Complaint, Contract, Project, Target
from bangfu.projects.queries.admission import project_seen
from bangfu.projects.views.records import crumbs_of

_MANAGE, _RECORD = Permission.PROJECT_MANAGE, Permission.PROJECT_RECORD


def _page(
    request: SignedInRequest,
    project: Project,
    tab: str,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    heading: str,
    about: str,
) -> HttpResponse:
    step = step_from(crumbs_of(project, tab), heading, about, "保存", f"“{heading}”办好了。")
    return step_page(request, step, form, act)


def _contract(request: SignedInRequest, uid: UUID) -> Contract:
    rows = Contract.objects.select_related("project__subject")
    found: Contract = get_visible(rows, request.user, _MANAGE, uid=uid)
    return found


def _asset(request: SignedInRequest, uid: UUID) -> Asset:
    rows = Asset.objects.select_related("project__subject")
    found: Asset = get_visible(rows, request.user, _MANAGE, uid=uid)
    return found


@require_http_methods(["GET", "POST"])
@permission_required(_MANAGE)
def change_contract(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """An approved change of a contract."""
    contract = _contract(request, uid)
    opening = {"version": contract.version, "amount": contract.amount, "ends_on": contract.ends_on}
    form = sheets.ChangeContractForm(request.POST or None, initial=opening)
    act = partial(contracts.change_contract, by=request.user, at=timezone.now(), contract=contract)
    about = f"{contract}：先批准，后变更；变更后的合同合计不能超过项目资金。"
    return _page(request, contract.project, "works", form, lambda values: act(**values), "变更合同", about)


@require_http_methods(["GET", "POST"])
@permission_required(_MANAGE)
def void_contract(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A contract that does not hold."""
    contract = _contract(request, uid)
    form = sheets.VoidForm(request.POST or None, initial={"version": contract.version})
    act = partial(contracts.void_contract, by=request.user, at=timezone.now(), contract=contract)
    about = f"{contract}：作废以后不能再付款。"
    return _page(request, contract.project, "works", form, lambda values: act(**values), "作废合同", about)


@require_http_methods(["GET", "POST"])
@permission_required(_MANAGE)
def hand_over_asset(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """An asset goes to who looks after it."""
    asset = _asset(request, uid)
    form = sheets.HandOverForm(request.POST or None)
    act = partial(accepting.hand_over_asset, by=request.user, at=timezone.now(), asset=asset)
    about = f"{asset}：写明谁管护、怎样管护、钱从哪里来。"
    return _page(request, asset.project, "assets", form, lambda values: act(**values), "移交资产", about)


@require_http_methods(["GET", "POST"])
@permission_required(_MANAGE)
def record_asset_event(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Maintenance, income, disposal."""
    asset = _asset(request, uid)
    form = sheets.AssetEventForm(request.POST or None)
    act = partial(accepting.record_asset_event, by=request.user, at=timezone.now(), asset=asset)
    heading, about = "登记管护、收益、处置", f"{asset}：收益分配要公示；处置先报批。"
    return _page(request, asset.project, "assets", form, lambda values: act(**values), heading, about)


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def record_actual(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What a target came to."""
    rows = Target.objects.select_related("project__subject")
    target: Target = get_visible(rows, request.user, _RECORD, uid=uid)
    form = sheets.ActualForm(request.POST or None, initial={"actual": target.actual})
    act = partial(results.record_actual, by=request.user, at=timezone.now(), target=target)
    about = f"{target.name}：目标 {target.target} {target.unit}。"
    return _page(request, target.project, "results", form, lambda values: act(**values), "填实际值", about)


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def answer_complaint(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What was found out and said."""
    rows = Complaint.objects.select_related("project__subject")
    complaint: Complaint = get_visible(rows, request.user, _RECORD, uid=uid)
    form = sheets.AnswerForm(request.POST or None)
    act = partial(works.answer_complaint, by=request.user, at=timezone.now(), complaint=complaint)
    about = f"{complaint.received_on} 收到：{complaint.words}"
    return _page(request, complaint.project, "works", form, lambda values: act(**values), "答复投诉", about)


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def link_household(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A household that earns from the project."""
    project = project_seen(request.user, uid, _RECORD)
    form = LinkForm(request.user, project, request.POST or None)
    act = partial(results.link_household, by=request.user, at=timezone.now(), project=project)
    about = "哪一户、用哪种方式、一年得了多少；同一户同一方式一年只记一笔。"
    return _page(request, project, "results", form, lambda values: act(**values), "登记联农带农", about)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ORDER_ISSUE)
def order_project(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A supervision order about the project."""
    project = project_seen(request.user, uid, Permission.ORDER_ISSUE)
    form = OrderForm(project, request.POST or None)
    act = partial(supervising.order_project, by=request.user, at=timezone.now(), project=project)
    about = "写清问题和要求，下发给责任单位；编号自动接着排。以后回复、复核、销号都在督办单上。"
    step = step_from(crumbs_of(project, "works"), "下发督办单", about, "下发")
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        lambda order: (f"{order}下发了。可以印出来盖章。", reverse("order_file", args=[order.uid])),
    )


@require_http_methods(["GET", "POST"])
@signed_in_page
def give_opinion(request: SignedInRequest, uid: UUID, stage: str) -> HttpResponse:
    """What the person's unit found, point by point; each stage has its own permission."""
    if stage not in OpinionStage.values:
        raise Http404("没有这个环节。")
    named = OpinionStage(stage)
    project = project_seen(request.user, uid, deciding.STAGE_PERMISSIONS[named])
    form = sheets.OpinionForm(named, request.POST or None)
    act = partial(deciding.give_opinion, by=request.user, at=timezone.now(), project=project)
    about = "逐项看过再填；有一项不符合，就不能写总的通过。"
    return _page(request, project, "deciding", form, lambda _: act(**form.facts()), named.label, about)

"""Findings and supervision orders: their pages, the steps, the paper."""

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
from bangfu.access.scope import permits
from bangfu.access.steps import step_from, step_page
from bangfu.support.actions import findings
from bangfu.support.actions import orders as actions
from bangfu.support.forms.meetings import AnswerForm, ReasonForm, VerdictForm
from bangfu.support.forms.supervision import IssueForm, MendForm
from bangfu.support.ledgers.meetings import task_signal
from bangfu.support.ledgers.supervision import finding_signal
from bangfu.support.models import Finding, SupervisionOrder
from bangfu.support.queries.supervision import (
    finding_seen_by,
    inspection_seen_by,
    order_seen_by,
    sees_inspection,
)
from bangfu.support.showing.supervision import may_answer, may_check, may_mend, order_paper
from bangfu.support.views.inspections import crumbs_of as inspection_crumbs
from bangfu.ui.paper_files import answer_paper

_ISSUE = Permission.ORDER_ISSUE


def crumbs_of(order: SupervisionOrder) -> list[dict[str, Any]]:
    """From the list to the order."""
    return [
        {"label": "督办单", "url": reverse("order_list")},
        {"label": order.number, "url": reverse("order_file", args=[order.uid])},
    ]


def _crumbs_of_finding(finding: Finding) -> list[dict[str, Any]]:
    """From the inspection, or from the list of problems when there was none."""
    if finding.inspection is not None:
        return inspection_crumbs(finding.inspection)
    return [{"label": "督导问题", "url": reverse("finding_list")}]


@permission_required(Permission.SUPERVISION_VIEW)
@require_GET
def finding_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """One problem: what, where, its order, its papers."""
    finding = finding_seen_by(request.user, uid)
    context = {
        "finding": finding,
        "signal": finding_signal(finding),
        "may_attach": permits(request.user, Permission.EVIDENCE_ATTACH, finding.place),
        "sees_papers": permits(request.user, Permission.EVIDENCE_VIEW, finding.place),
        "may_mend": may_mend(request.user, finding),
        "sees_order": finding.order and permits(request.user, Permission.ORDER_VIEW, finding.order.place),
        "crumbs": [*_crumbs_of_finding(finding), {"label": finding.kind_name, "url": ""}],
    }
    return render(request, "support/supervision/finding_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SUPERVISION_RECORD)
def mend_finding(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A problem that was mended before the inspectors left."""
    finding = finding_seen_by(request.user, uid, Permission.SUPERVISION_RECORD)
    opening = {"mended_how": finding.mended_how, "mended_on": finding.mended_on or timezone.localdate()}
    form = MendForm(request.POST or None, initial=opening)
    act = partial(findings.mend_finding, by=request.user, at=timezone.now(), finding=finding)
    step = step_from(_crumbs_of_finding(finding), "登记当场整改", finding.words, "保存")
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        lambda _: ("记下了：当场整改，不用下发督办单。", reverse("finding_file", args=[uid])),
    )


@permission_required(Permission.ORDER_VIEW)
@require_GET
def order_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What the unit has to mend, every answer and what the re-check found."""
    order = order_seen_by(request.user, uid)
    user = request.user
    context = {
        "order": order,
        "signal": task_signal(order),
        "findings": list(order.findings.select_related("village", "about")),
        "answers": list(order.replies.select_related("answered_by", "checked_by")),
        "sees_inspection": sees_inspection(user, order.inspection),
        "may_answer": may_answer(user, order),
        "may_check": may_check(user, order),
        "may_void": permits(user, _ISSUE, order.place) and order.state not in ("closed", "void"),
        "sees_papers": permits(user, Permission.EVIDENCE_VIEW, order.place),
        "crumbs": [crumbs_of(order)[0], {"label": order.number, "url": ""}],
    }
    return render(request, "support/supervision/order_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(_ISSUE)
def issue_order(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """An order to one unit about some problems of an inspection."""
    inspection = inspection_seen_by(request.user, uid, _ISSUE)
    form = IssueForm(request.POST or None, inspection=inspection)
    act = partial(actions.issue_order, by=request.user, at=timezone.now(), inspection=inspection)
    about = "一张单子一个责任单位，勾上要它整改的问题；编号自动接着排。"
    step = step_from(inspection_crumbs(inspection), "下发督办单", about, "下发")
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        lambda order: (f"{order}下发了。可以印出来盖章。", reverse("order_file", args=[order.uid])),
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ORDER_ANSWER)
def answer_order(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What the unit mended."""
    order = order_seen_by(request.user, uid, Permission.ORDER_ANSWER)
    form = AnswerForm(request.POST or None, initial={"version": order.version})
    act = partial(actions.answer_order, by=request.user, at=timezone.now(), order=order)
    step = step_from(crumbs_of(order), "回复督办单", order.demand, "回复", "已回复，等复核。")
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(_ISSUE)
def check_order(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Whether it was mended."""
    order = order_seen_by(request.user, uid, _ISSUE)
    form = VerdictForm(request.POST or None, initial={"version": order.version})
    act = partial(actions.check_order, by=request.user, at=timezone.now(), order=order)
    step = step_from(crumbs_of(order), "复核督办单", order.demand, "保存")
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        lambda row: (
            "已销号。" if row.closed_on else "已退回，等单位再整改。",
            reverse("order_file", args=[uid]),
        ),
    )


@require_http_methods(["GET", "POST"])
@permission_required(_ISSUE)
def void_order(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """An order that was issued wrongly."""
    order = order_seen_by(request.user, uid, _ISSUE)
    form = ReasonForm(request.POST or None, initial={"version": order.version})
    act = partial(actions.void_order, by=request.user, at=timezone.now(), order=order)
    about = "下发错了的作废，编号不再用；检查出来的问题放出来，可以重新下发。"
    step = step_from(crumbs_of(order), "作废督办单", about, "作废", "已作废；检查出来的问题可以重新下发。")
    return step_page(request, step, form, lambda values: act(**values))


@permission_required(Permission.ORDER_VIEW)
@require_GET
def print_order(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The paper as it prints; ``?page=1`` one page as a picture, ``?format=pdf`` or ``docx`` as a file."""
    order = order_seen_by(request.user, uid)
    paper = order_paper(order, list(order.findings.select_related("village", "about")))

    def note(form: str) -> None:
        address = client_address(request)
        actions.print_order(by=request.user, at=timezone.now(), order=order, form=form, address=address)

    void = "已作废，不要使用" if order.state == "void" else ""
    return answer_paper(request, paper, str(order), reverse("order_file", args=[order.uid]), note, void=void)

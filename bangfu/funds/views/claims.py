"""Pages of a claim: submit, look at, review, pay, reverse (C-129)."""

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
from bangfu.access.scope import permits
from bangfu.access.steps import step_from, step_page
from bangfu.core.money import yuan_text
from bangfu.funds.actions import claims, payments
from bangfu.funds.forms.claims import ClaimForm, PayForm, ReverseForm, ReviewForm, said_before
from bangfu.funds.models import Claim
from bangfu.funds.queries.spending import claim_for, contract_to_claim, payment_to_reverse, payments_of_claim
from bangfu.funds.showing.claims import claim_actions, claim_facts, room_of
from bangfu.projects.models import Project

Crumbs = list[dict[str, Any]]
_VIEW, _RECORD = Permission.FUND_VIEW, Permission.FUND_RECORD
_REVIEW, _SUBMIT = Permission.CLAIM_REVIEW, Permission.CLAIM_SUBMIT


def project_crumbs(project: Project) -> Crumbs:
    """The way to the money of a project."""
    url = reverse("project_file", args=[project.uid]) + "?tab=funds"
    return [{"label": "项目库", "url": reverse("project_list")}, {"label": project.name, "url": url}]


def _claim_crumbs(claim: Claim) -> Crumbs:
    page = {"label": str(claim), "url": reverse("claim_file", args=[claim.uid])}
    return [{"label": "报账", "url": reverse("claim_list")}, page]


def _to(claim: Claim) -> str:
    return reverse("claim_file", args=[claim.uid])


@require_http_methods(["GET", "POST"])
@permission_required(_SUBMIT)
def submit_claim(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Claim money on a contract, with the invoice."""
    contract = contract_to_claim(request.user, uid)
    form = ClaimForm(request.POST or None)
    act = partial(claims.submit_claim, by=request.user, at=timezone.now(), contract=contract)
    step = step_from(project_crumbs(contract.project), "报账", room_of(contract), "报账")
    return step_page(
        request,
        step,
        form,
        lambda _: act(bill=form.bill()),
        lambda claim: ("报了，等主管部门审核。", _to(claim)),
    )


@require_http_methods(["GET", "POST"])
@permission_required(_SUBMIT)
def correct_claim(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Claim otherwise what waits for its review or was returned."""
    claim = claim_for(request.user, _SUBMIT, uid)
    form = ClaimForm(request.POST or None, initial=said_before(claim))
    act = partial(claims.correct_claim, by=request.user, at=timezone.now(), claim=claim)
    about = f"{claim.contract}。原来报的先冲回，再按这里的重新报，等主管部门审核；怎样改的，历史里看得到。"
    step = step_from(_claim_crumbs(claim), "更正报账", about, "更正", "更正了，等主管部门审核。")
    return step_page(request, step, form, lambda _: act(bill=form.bill()))


@require_GET
@permission_required(_VIEW)
def claim_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A claim: where it stands, its invoice, what was paid."""
    claim = claim_for(request.user, _VIEW, uid)
    context = {
        "claim": claim,
        "facts": claim_facts(claim, request.user),
        "actions": claim_actions(claim, request.user),
        "payments": payments_of_claim(claim),
        "may_reverse": permits(request.user, _RECORD, claim.place),
        "crumbs": [{"label": "报账", "url": reverse("claim_list")}, {"label": str(claim), "url": ""}],
    }
    return render(request, "funds/claim_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(_REVIEW)
def review_claim(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Pass a claim on to payment, or return it."""
    claim = claim_for(request.user, _REVIEW, uid)
    form = ReviewForm(request.POST or None)
    act = partial(claims.review_claim, by=request.user, at=timezone.now(), claim=claim)
    fen = yuan_text(claim.account.amount)
    about = f"{claim.contract}，{claim.words}，{fen} 元，{claim.invoice}。对合同、发票、进度看过再审。"
    step = step_from(_claim_crumbs(claim), "审核报账", about, "保存", "审核办好了。")
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def pay_claim(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Pay (a part of) a reviewed claim."""
    claim = claim_for(request.user, _RECORD, uid)
    form = PayForm(claim, request.POST or None, initial={"fen": claim.account.rest})
    act = partial(payments.pay_claim, by=request.user, at=timezone.now(), claim=claim)
    about = (
        f"{claim.contract}，{claim.words}：报账 {yuan_text(claim.account.amount)} 元，"
        f"已付 {yuan_text(claim.account.used)} 元，还要付 {yuan_text(claim.account.rest)} 元。可以分几次付。"
    )
    step = step_from(_claim_crumbs(claim), "支付", about, "登记支付", "支付记好了。")
    return step_page(
        request,
        step,
        form,
        lambda values: act(allocation=values["allocation"], fen=values["fen"], voucher=form.said_voucher()),
    )


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def reverse_payment(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take a payment to a contractor back."""
    payment = payment_to_reverse(request.user, uid)
    claim = payment.claim
    assert claim is not None  # such payments only are found
    form = ReverseForm(request.POST or None)
    act = partial(payments.reverse_payment, by=request.user, at=timezone.now(), payment=payment)
    about = (
        f"{payment}（{payment.paid_on}，{payment.book}）付了 {yuan_text(payment.fen)} 元。"
        "原来的账不改，另记一笔负数。"
    )
    step = step_from(_claim_crumbs(claim), "冲回支付", about, "冲回", "冲回了，报账重新待支付。")
    return step_page(request, step, form, lambda values: act(**values))

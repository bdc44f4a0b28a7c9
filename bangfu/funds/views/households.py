"""Pages of money to households: pay a list, look at the batch, note what the bank answered (C-145)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import permits
from bangfu.access.steps import step_from, step_page
from bangfu.core.errors import BangfuError
from bangfu.core.money import yuan_text
from bangfu.funds.actions import payments
from bangfu.funds.enums.funds import CardResult
from bangfu.funds.forms.households import AnswersForm, CardResultForm, PayHouseholdsForm, repeat_said
from bangfu.funds.importing.household_lists import AMOUNTS, ANSWERS, FAILURES, lines_of_workbook
from bangfu.funds.models import SubsidyBatch, SubsidyLine
from bangfu.funds.queries.spending import allocation_for, batch_for, lines_of, refused_batch, waiting_batches
from bangfu.funds.showing.batches import batch_cells
from bangfu.funds.views.allocating import source_crumbs
from bangfu.tabular.spec import SheetSpec

_VIEW, _RECORD = Permission.FUND_VIEW, Permission.FUND_RECORD
_NAMED = 5


def _crumbs(batch: SubsidyBatch) -> list[dict[str, Any]]:
    return [
        {"label": "到户发放", "url": reverse("household_batch_list")},
        {"label": str(batch), "url": reverse("household_batch_file", args=[batch.uid])},
    ]


def _typed(request: SignedInRequest, spec: SheetSpec) -> dict[str, Any]:
    """What was typed, with the lines of the uploaded workbook below; says what could not be read."""
    said, upload = request.POST.dict(), request.FILES["file"]
    try:
        text, passed_over = lines_of_workbook(upload.read(), upload.name, spec)  # type: ignore[union-attr,arg-type]
    except BangfuError as refusal:
        messages.error(request, refusal.message)
        return said
    for words in passed_over[:10]:
        messages.warning(request, words)
    messages.info(request, f"读进了 {len(text.splitlines())} 行，还没有记。核对以后再按一次。")
    return {**said, "lines": "\n".join(filter(None, [said.get("lines", "").rstrip(), text]))}


def _form(request: SignedInRequest, spec: SheetSpec, made: Any) -> forms.Form:
    """The form as it was sent; with a file it is not taken yet but shown with the lines of the file."""
    if request.FILES:
        form: forms.Form = made(None, initial=_typed(request, spec))
        return form
    form = made(request.POST or None)
    return form


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def pay_households(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Money of an allocation to households' cards."""
    allocation = allocation_for(request.user, _RECORD, uid)
    first = refused_batch(request.user, allocation, request.GET.get("repeats", ""))
    sends = (request.user, allocation)
    if first is not None and not request.FILES:
        form: forms.Form = PayHouseholdsForm(*sends, request.POST or None, initial=repeat_said(first))
    else:
        form = _form(request, AMOUNTS, partial(PayHouseholdsForm, *sends))
    act = partial(
        payments.pay_households, by=request.user, at=timezone.now(), allocation=allocation, repeats=first
    )
    rest = yuan_text(allocation.account.rest)
    about = f"“{allocation.project}”从 {allocation.source} 得到的钱还剩 {rest} 元。不经合同，直接到户。"
    step = step_from(source_crumbs(allocation.source), "到户发放", about, "发放")
    return step_page(
        request,
        step,
        form,
        lambda said: act(title=said["title"], amounts=said["lines"], voucher=form.said_voucher()),  # type: ignore[attr-defined]
        lambda batch: (
            "记好了，等银行回单。",
            reverse("household_batch_file", args=[batch.uid]),
        ),
    )


def _repeat_url(user: User, batch: SubsidyBatch, lines: Sequence[SubsidyLine]) -> str:
    """Where those whom the bank refused are sent theirs once more; empty when there is nobody."""
    if not any(line.result == CardResult.FAILED for line in lines) or batch.repeated_by.exists():
        return ""
    if not permits(user, _RECORD, batch.place):
        return ""
    return f"{reverse('pay_households', args=[batch.allocation.uid])}?repeats={batch.uid}"


@require_GET
@permission_required(_VIEW)
def household_batch_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A batch: its voucher, how many were paid; its households for who sees them."""
    batch = batch_for(request.user, _VIEW, uid)
    lines = lines_of(batch)
    sees = permits(request.user, Permission.HOUSEHOLD_VIEW, batch.place)
    waits = any(line.result == "sent" for line in lines)
    context = {
        "batch": batch,
        "cells": batch_cells(lines),
        "lines": lines if sees else [],
        "repeat_url": _repeat_url(request.user, batch, lines),
        "repeated": batch.repeated_by.first(),
        "may_record": waits and permits(request.user, _RECORD, batch.place),
        "sees_project": permits(request.user, Permission.PROJECT_VIEW, batch.place),
        "crumbs": [*_crumbs(batch)[:1], {"label": str(batch), "url": ""}],
    }
    return render(request, "funds/household_batch_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def record_card_results(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What the bank answered."""
    batch = batch_for(request.user, _RECORD, uid)
    form = _form(request, FAILURES, partial(CardResultForm, batch))
    act = partial(payments.record_card_results, by=request.user, at=timezone.now(), batch=batch)
    about = f"“{batch}”{batch.sent_on} 送银行。没有到账的退回原来的下达资金，可以再发。"
    step = step_from(_crumbs(batch), "登记银行回单", about, "保存", "回单记好了。")
    return step_page(request, step, form, lambda said: act(failed=said["lines"], on=said["on"]))


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def record_answers(request: SignedInRequest) -> HttpResponse:
    """What the bank answered to several batches in one list."""
    batches = waiting_batches(request.user)
    form = _form(request, ANSWERS, partial(AnswersForm, batches))
    act = partial(payments.record_answers, by=request.user, at=timezone.now())
    waits = "、".join(f"{batch}（{batch.payment.voucher}）" for batch in batches[:_NAMED])
    more = f"等 {len(batches)} 批" if len(batches) > _NAMED else ""
    about = f"等回单的：{waits}{more}。" if batches else "现在没有等回单的批次。"
    crumbs = [{"label": "到户发放", "url": reverse("household_batch_list")}]
    step = step_from(crumbs, "登记几批的银行回单", about + "几批一起记，有一行不对就都不记。", "保存")
    return step_page(
        request,
        step,
        form,
        lambda said: act(answers=said["lines"], on=said["on"]),
        lambda done: (f"记好了 {len(done)} 批的回单。", reverse("household_batch_list")),
    )

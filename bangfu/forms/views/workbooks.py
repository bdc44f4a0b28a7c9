"""Screening sheets by workbook: take it away, bring it back, see what will be kept, keep it (C-184)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.kernel.progress import progress_of
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.core.errors import BangfuError
from bangfu.exchange.storage import REJECTED, folder_of, read
from bangfu.forms.actions import papers
from bangfu.forms.actions import workbooks as actions
from bangfu.forms.actions.sheet_jobs import ROWS_AT_ONCE, check_not_queued, job_of, queue_sheets
from bangfu.forms.enums import SheetBatchState, SheetKind
from bangfu.forms.models import SheetBatch
from bangfu.forms.page_forms import AskedPlace, UploadSheetsForm
from bangfu.forms.queries import sweep_for
from bangfu.forms.queries_tasks import own_batches, tasks_to_fill
from bangfu.forms.versions import form_of
from bangfu.forms.views.sweeps import crumbs_of
from bangfu.forms.workbook.layout import fits
from bangfu.forms.workbook.writing import sheets_workbook
from bangfu.ui.downloads import workbook_file

_SHOWN = 200
"""Reasons on the page; all of them are in the workbook of refusals."""


@require_GET
@permission_required(Permission.SWEEP_RECORD)
def download_sheets(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The workbook of a village or grid, prefilled; a row a household that waits for its screening sheet."""
    sweep = sweep_for(request.user, Permission.SWEEP_RECORD, uid)
    asked, form = AskedPlace.read(request.GET, sweep.place), form_of(sweep.screening_form)
    tasks = tasks_to_fill(request.user, sweep, SheetKind.SCREENING, asked.place, asked.grid)
    count = tasks.count()
    refusal = _refusal(fits(form), count)
    if refusal:
        messages.error(request, refusal)
        return redirect("sweep_papers", sweep.uid)
    content = sheets_workbook(form, tasks)
    papers.download_sheets(
        by=request.user,
        at=timezone.now(),
        sweep=sweep,
        place=asked.place,
        count=count,
        address=client_address(request),
    )
    return workbook_file(content, f"{sweep.title} 筛查表 {count}户.xlsx")


def _refusal(fits_rows: bool, count: int) -> str:
    if not fits_rows:
        return "这次的筛查表里有逐人的题，不能一户一行填，没有导出。请打印，或在网页上填。"
    if count > actions.MOST_ROWS:
        return f"这里有 {count} 户，一次最多 {actions.MOST_ROWS} 户，没有导出。请按村、按网格下载。"
    return "" if count else "这里没有要填筛查表的户，没有导出。"


@require_POST
@permission_required(Permission.SWEEP_RECORD)
def upload_sheets(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A filled workbook; what would be kept stands on the next page."""
    sweep = sweep_for(request.user, Permission.SWEEP_RECORD, uid)
    form = UploadSheetsForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, "没有收到文件。请选填好的 Excel 再上传。")
        return redirect("sweep_papers", sweep.uid)
    file = form.cleaned_data["file"]
    try:
        batch = actions.upload_sheets(
            by=request.user, at=timezone.now(), sweep=sweep, file_name=file.name, content=file.read()
        )
    except BangfuError as refusal:
        messages.error(request, refusal.message)
        return redirect("sweep_papers", sweep.uid)
    return redirect("sheet_batch", batch.uid)


@require_GET
@permission_required(Permission.SWEEP_RECORD)
def sheet_batch(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What a workbook holds, row by row what stays outside, and its receipt."""
    batch = _batch(request, uid)
    job = job_of(batch) if batch.state == SheetBatchState.CHECKED else None
    context: dict[str, Any] = {
        "batch": batch,
        "is_open": batch.state == SheetBatchState.CHECKED,
        "job": progress_of(job, timezone.now()) if job else None,
        "refusals": batch.refusals[:_SHOWN],
        "receipt": _receipt(batch) if batch.state == SheetBatchState.COMMITTED else None,
        "cells": _cells(batch),
        "crumbs": crumbs_of(batch.sweep, "Excel 交表"),
    }
    return render(request, "forms/sheet_batch.html", context)


@require_POST
@permission_required(Permission.SWEEP_RECORD)
def commit_sheets(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Keep what may be kept."""
    batch = _batch(request, uid)
    try:
        if batch.rows_accepted > ROWS_AT_ONCE:
            queue_sheets(by=request.user, at=timezone.now(), batch=batch)
        else:
            kept = actions.commit_sheets(by=request.user, at=timezone.now(), batch=batch)
            messages.success(request, f"收了 {kept.rows_accepted} 户的筛查表。")
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    return redirect("sheet_batch", batch.uid)


@require_POST
@permission_required(Permission.SWEEP_RECORD)
def discard_sheets(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let it go."""
    batch = _batch(request, uid)
    try:
        check_not_queued(batch)
        actions.discard_sheets(by=request.user, at=timezone.now(), batch=batch)
        messages.success(request, "这一批放弃了，文件已删除。")
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    return redirect("sheet_batch", batch.uid)


@require_GET
@permission_required(Permission.SWEEP_RECORD)
def refused_sheets(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The rows that stayed outside, with their reasons; mended, they may be uploaded again."""
    batch = _batch(request, uid)
    content = read(folder_of(batch.uid), REJECTED)
    if content is None:
        messages.info(request, "这一批没有退回的行，或已过了保存期。")
        return redirect("sheet_batch", batch.uid)
    return workbook_file(content, f"{batch.sweep.title} 筛查表 退回{batch.rows_rejected}行.xlsx")


def _batch(request: SignedInRequest, uid: UUID) -> SheetBatch:
    return get_object_or_404(own_batches(request.user), uid=uid)


def _cells(batch: SheetBatch) -> list[dict[str, Any]]:
    accepted = "已收" if batch.state == SheetBatchState.COMMITTED else "能收"
    shown = (
        ("文件里的户", batch.rows_read, "", "table"),
        (accepted, batch.rows_accepted, "ok" if batch.rows_accepted else "", "check"),
        ("其中有风险", batch.rows_risky, "warn" if batch.rows_risky else "", "alert-triangle"),
        ("填过、没有变", batch.rows_known, "", "checks"),
        ("还没填", batch.rows_empty, "", "clock"),
        ("退回", batch.rows_rejected, "bad" if batch.rows_rejected else "", "corner-up-left"),
    )
    return [
        {"icon": icon, "word": word, "number": str(number), "unit": "户", "signal": signal}
        for word, number, signal, icon in shown
    ]


def _receipt(batch: SheetBatch) -> dict[str, Any]:
    lines = [(cell["word"], cell["number"]) for cell in _cells(batch)]
    total = batch.rows_accepted + batch.rows_known + batch.rows_empty + batch.rows_rejected
    balanced = total == batch.rows_read
    when = f"{timezone.localtime(batch.committed_at):%Y-%m-%d %H:%M}"
    return {
        "title": "筛查表交表回执",
        "subtitle": f"{batch.sweep.title} · {batch.file_name} · {batch.uploaded_by.name} {when}",
        "groups": [[{"label": word, "value": f"{number} 户"} for word, number in lines]],
        "balance": {"kind": "ok", "word": "各项合计与读入相符"}
        if balanced
        else {"kind": "bad", "word": "各项合计与读入不符，请报告系统管理员"},
    }

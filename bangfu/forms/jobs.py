"""The long work of sweeps; a killed worker's job begins anew, nothing is doubled."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.core import jobs, parameters
from bangfu.core.changing import SYSTEM
from bangfu.core.models import Job
from bangfu.core.schedule import each_day, register_schedule
from bangfu.exchange.storage import remove
from bangfu.forms.actions import sheet_jobs, sweeps
from bangfu.forms.actions.workbooks import commit_sheets
from bangfu.forms.models import SheetBatch, Sweep

_CLEAR = "clear_sheet_uploads"


def register_jobs() -> None:
    """Tell the kernel who prepares a sweep; called when the application starts."""
    jobs.register(sweeps.KIND, _prepare)
    jobs.register(sheet_jobs.KIND, _commit)
    jobs.register(_CLEAR, _clear)
    register_schedule(_CLEAR, each_day, _enqueue_clear)


def _prepare(context: jobs.JobContext) -> dict[str, Any]:
    sweep = Sweep.objects.get(uid=context.payload["sweep"])
    count = sweeps.prepare_sweep(sweep, at=timezone.now(), progress=context.progress)
    return {"tasks": count}


def _commit(context: jobs.JobContext) -> dict[str, Any]:
    """Keep a large workbook; killed, it begins anew, and what is kept already stays as it is."""
    batch = SheetBatch.objects.select_related("sweep").get(uid=context.payload["batch"])
    by = User.objects.get(pk=context.payload["by"])
    context.progress(0, batch.rows_accepted, "逐户收表")
    kept = commit_sheets(by=by, at=timezone.now(), batch=batch)
    url = reverse("sheet_batch", args=[kept.uid])
    return {"sheets": kept.rows_accepted, "url": url, "url_label": "看回执"}


def _enqueue_clear(at: datetime, key: str) -> Job:
    return jobs.enqueue(kind=_CLEAR, label="清理交表的 Excel", payload={}, by=SYSTEM, at=at, key=key)


def _clear(context: jobs.JobContext) -> dict[str, Any]:
    """Delete the files of workbooks that were uploaded longer ago than files are kept; receipts stay."""
    now, removed = timezone.now(), 0
    for batch in SheetBatch.objects.all():
        days = parameters.value("import_kept_days", on=timezone.localdate(now), place=batch.place)
        if batch.uploaded_at + timedelta(days=days) < now:
            remove(batch.uid)
            removed += 1
    return {"removed": removed}

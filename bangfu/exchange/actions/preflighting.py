"""Preflight: read the file, judge every row, lay down what the commit would do; nothing is written yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.audit import record
from bangfu.core.errors import BangfuError
from bangfu.core.jobs import enqueue
from bangfu.core.models import Job
from bangfu.exchange.datasets import Progress, Request, Staged
from bangfu.exchange.models import Batch, BatchState
from bangfu.exchange.policies import check_idle, check_in_place, check_open
from bangfu.exchange.reading import Taken, rejected_sheets, take
from bangfu.exchange.rejected import keep_rejected
from bangfu.exchange.reports import preflight_report
from bangfu.exchange.storage import disk_checked, folder_of
from bangfu.tabular.memory import memory_kept

KIND = "preflight_batch"


def preflight_batch(*, by: User, at: datetime, batch: Batch, chosen: Mapping[str, str] | None = None) -> Job:
    """Put the preflight in the queue; ``chosen`` maps titles to columns (``""``: pass over) as ``by`` says.

    Raises NotPermitted, and SituationForbids for a batch that is committed, gone or busy.
    """
    check_in_place(by, Permission.IMPORT, batch.place)
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        check_open(locked)
        check_idle(locked.job)
        if chosen is not None:
            locked.mapping = {**locked.mapping, **chosen}
        payload = {"batch": str(batch.uid), "by": by.pk}
        locked.job = enqueue(kind=KIND, label=f"预检 {batch.number}", payload=payload, by=by, at=at)
        locked.save()
    batch.refresh_from_db()
    return locked.job


@memory_kept()
def run_preflight(batch: Batch, *, by: User, at: datetime, progress: Progress) -> None:
    """Do it, here and now. A file that cannot be used leaves the batch as failed, with the sentence why.

    Raises SituationForbids when the disk is full: the batch stays as it was.
    """
    chosen = dict(batch.mapping)
    on = timezone.localdate(at)
    progress(0, 4, "读文件")
    try:
        taken = take(batch, chosen, on)
        taken.committer.check_permitted(by, batch.place)
    except BangfuError as refusal:
        _finish(batch, by, at, BatchState.FAILED, error=refusal.message[:500])
        return
    progress(1, 4, "和册上比对")
    with disk_checked():
        request = Request(by, on, batch.place, folder_of(batch.uid), progress)
        staged = taken.committer.stage(taken.rows, request)
    progress(3, 4, "写退回行")
    keep_rejected(batch.uid, rejected_sheets(batch, taken, chosen, staged.refused), on)
    _keep(batch, by, at, taken, staged)


def _keep(batch: Batch, by: User, at: datetime, taken: Taken, staged: Staged) -> None:
    report = preflight_report(taken, staged, batch.mapping)
    figures = report["counts"]
    _finish(
        batch,
        by,
        at,
        BatchState.PREFLIGHTED,
        dataset=taken.committer.dataset.id,
        preflight=report,
        preflighted_at=at,
        rows_read=figures["read"],
        rows_accepted=figures["accepted"],
        rows_rejected=figures["rejected"],
        error="",
    )


def _finish(batch: Batch, by: User, at: datetime, state: BatchState, **values: object) -> None:
    """Note the outcome, unless the batch has meanwhile been committed or let go."""
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        check_open(locked)
        Batch.objects.filter(pk=batch.pk).update(state=state, **values)
        record(
            by=by,
            at=at,
            verb="preflight_batch",
            place=batch.place,
            summary=f"预检 {batch.number}：{state.label}",
            data={"batch": batch.number, "digest": batch.digest},
        )
    batch.refresh_from_db()

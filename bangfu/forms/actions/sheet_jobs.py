"""Large workbooks of sheets are kept by the worker: put in the queue once, kept once (C-184)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.core import jobs
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Job, JobState
from bangfu.forms.actions.workbooks import check_committable
from bangfu.forms.models import SheetBatch

KIND = "commit_sheets"
ROWS_AT_ONCE = 1_000
"""Sheets that are kept while the person waits; more are kept by the worker."""
_BUSY = (JobState.WAITING, JobState.RUNNING)


def queue_sheets(*, by: User, at: datetime, batch: SheetBatch) -> Job:
    """Put the keeping of a batch in the queue; while it waits or runs there, that one is given.

    Raises NotPermitted, SituationForbids as :func:`bangfu.forms.actions.workbooks.commit_sheets`.
    """
    check_committable(by, batch)
    with transaction.atomic():
        SheetBatch.objects.select_for_update().get(pk=batch.pk)
        earlier = list(jobs_of(batch))
        if earlier and earlier[-1].state in _BUSY:
            return earlier[-1]
        return jobs.enqueue(
            kind=KIND,
            label=f"提交筛查表 {batch.rows_accepted} 户",
            payload={"batch": str(batch.uid), "by": by.pk},
            by=by,
            at=at,
            key=f"{KIND}:{batch.uid}:{len(earlier)}",
        )


def check_not_queued(batch: SheetBatch) -> None:
    """Raise SituationForbids while the worker keeps the batch."""
    latest = job_of(batch)
    if latest is not None and latest.state in _BUSY:
        raise SituationForbids("这一批正在提交，不能放弃。等它办完再看。")


def job_of(batch: SheetBatch) -> Job | None:
    """The latest job that keeps the batch; None when it was never put in the queue."""
    return jobs_of(batch).last()


def jobs_of(batch: SheetBatch) -> QuerySet[Job]:
    """Every job that was to keep the batch, in their order."""
    return Job.objects.filter(key__startswith=f"{KIND}:{batch.uid}:").order_by("pk")

"""Undo: everything a batch wrote goes back to what it was, as long as nobody has changed it since."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.audit import record
from bangfu.core.changing import recording
from bangfu.core.jobs import enqueue
from bangfu.core.models import Job
from bangfu.core.undoing import undo
from bangfu.exchange.datasets import Progress, after_undo, own_undo
from bangfu.exchange.models import Batch, BatchState
from bangfu.exchange.policies import check_idle, check_in_place, check_undo

KIND = "undo_batch"


def undo_batch(*, by: User, at: datetime, batch: Batch, reason: str) -> Job:
    """Put the undo in the queue.

    Raises NotPermitted, and SituationForbids when the time is over or rows were changed since.
    """
    check_in_place(by, Permission.IMPORT_UNDO, batch.place)
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        check_idle(locked.job)
        check_undo(locked, at)
        payload = {"batch": str(batch.uid), "by": by.pk, "reason": reason, "asked_at": at.isoformat()}
        locked.job = enqueue(kind=KIND, label=f"撤回 {batch.number}", payload=payload, by=by, at=at)
        locked.save()
    batch.refresh_from_db()
    return locked.job


def run_undo(batch: Batch, *, by: User, at: datetime, reason: str, progress: Progress) -> None:
    """Do it, here and now; a batch that is undone already stays as it is.

    Raises SituationForbids as :func:`undo_batch`; then nothing is changed.
    """
    if batch.state == BatchState.UNDONE:
        return
    progress(0, 1, "撤回")
    with recording(
        by=by, at=at, verb="undo", reason=reason, batch=batch.number, undoes=batch.change_id
    ) as undoing:
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        check_undo(locked, at)
        kept = locked.receipt.get("kept", {})
        if take_back := own_undo(locked.dataset):
            take_back(undoing, kept, by, reason)
        else:
            undo(locked.change, by=by, at=at, reason=reason)
        if stayed := after_undo(locked.dataset, kept):
            locked.receipt["stayed"] = stayed
        locked.state, locked.undo_change = BatchState.UNDONE, undoing
        locked.save()
        record(
            by=by,
            at=at,
            verb="undo_batch",
            place=batch.place,
            summary=f"撤回导入 {batch.number}",
            data={"batch": batch.number, "digest": batch.digest},
            change=undoing,
        )
    batch.refresh_from_db()

"""The kinds of long work of this room; a killed worker's job begins anew, nothing is doubled."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from bangfu.access.models import User
from bangfu.core import jobs, parameters
from bangfu.core.changing import SYSTEM
from bangfu.core.models import Job
from bangfu.core.schedule import each_day, register_schedule
from bangfu.exchange import actions
from bangfu.exchange.actions import committing, preflighting, undoing
from bangfu.exchange.lake.sweeping import sweep_lake
from bangfu.exchange.models import Batch, BatchState
from bangfu.exchange.storage import remove

_SWEEP = "sweep_uploads"


def register() -> None:
    """Tell the kernel who does what; called when the application starts."""
    jobs.register(preflighting.KIND, _preflight)
    jobs.register(committing.KIND, _commit)
    jobs.register(undoing.KIND, _undo)
    jobs.register(_SWEEP, _sweep)
    register_schedule(_SWEEP, each_day, _enqueue_sweep)


def _preflight(context: jobs.JobContext) -> dict[str, Any]:
    batch, by = _subject(context)
    actions.run_preflight(batch, by=by, at=timezone.now(), progress=context.progress)
    return {"batch": batch.number}


def _commit(context: jobs.JobContext) -> dict[str, Any]:
    batch, by = _subject(context)
    actions.run_commit(batch, by=by, at=timezone.now(), progress=context.progress)
    return {"batch": batch.number}


def _undo(context: jobs.JobContext) -> dict[str, Any]:
    batch, by = _subject(context)
    asked_at = datetime.fromisoformat(context.payload["asked_at"])
    actions.run_undo(batch, by=by, at=asked_at, reason=context.payload["reason"], progress=context.progress)
    return {"batch": batch.number}


def _subject(context: jobs.JobContext) -> tuple[Batch, User]:
    """The batch, and the person who asked."""
    batch = Batch.objects.get(uid=context.payload["batch"])
    return batch, User.objects.get(pk=context.payload["by"])


def _enqueue_sweep(at: datetime, key: str) -> Job:
    return jobs.enqueue(kind=_SWEEP, label="清理导入原件", payload={}, by=SYSTEM, at=at, key=key)


def _sweep(context: jobs.JobContext) -> dict[str, Any]:
    """Delete the files of batches that ended longer ago than they are kept, and lists that do not count.

    Receipts stay.
    """
    now = timezone.now()
    removed = 0
    for batch in Batch.objects.filter(state__in=(BatchState.COMMITTED, BatchState.UNDONE, BatchState.FAILED)):
        days = parameters.value("import_kept_days", on=timezone.localdate(now), place=batch.place)
        if (batch.committed_at or batch.uploaded_at) + timedelta(days=days) < now:
            remove(batch.uid)
            removed += 1
    return {"removed": removed, "lists": sweep_lake(now)}

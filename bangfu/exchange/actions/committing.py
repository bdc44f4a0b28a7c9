"""Commit: bring the staged rows into the register, in one transaction under one change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import parameters
from bangfu.core.audit import record
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.jobs import enqueue
from bangfu.core.models import Change, Job
from bangfu.exchange.datasets import Committer, Progress, Written, committer_of
from bangfu.exchange.models import Batch, BatchState
from bangfu.exchange.policies import check_commit, check_idle, check_in_place
from bangfu.exchange.reading import rejected_sheets, take
from bangfu.exchange.rejected import keep_rejected
from bangfu.exchange.reports import receipt
from bangfu.exchange.storage import folder_of
from bangfu.tabular.memory import memory_kept

KIND = "commit_batch"


def commit_batch(*, by: User, at: datetime, batch: Batch, answers: Mapping[str, str] | None = None) -> Job:
    """Put the commit in the queue; ``answers`` is what the person says of a department's list.

    Raises NotPermitted, and SituationForbids for a batch that is not ready (see ``check_commit``).
    """
    check_in_place(by, Permission.IMPORT, batch.place)
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        check_commit(locked)
        check_idle(locked.job)
        locked.answers = {**locked.answers, **(answers or {})}
        payload = {"batch": str(batch.uid), "by": by.pk}
        locked.job = enqueue(kind=KIND, label=f"提交 {batch.number}", payload=payload, by=by, at=at)
        locked.save()
    batch.refresh_from_db()
    return locked.job


@memory_kept()
def run_commit(batch: Batch, *, by: User, at: datetime, progress: Progress) -> None:
    """Do it, here and now; a batch that is committed already stays as it is.

    Rows whose household somebody changed since the preflight stay outside and are reported. Raises
    SituationForbids when the batch is not ready any more; then nothing is written.
    """
    if batch.state == BatchState.COMMITTED:
        return
    committer = committer_of(batch.dataset, batch.place)
    if committer is None:
        raise SituationForbids("这种表现在没有人收了（台账停用了，或定义读不了），什么都没有写。")
    committer.check_permitted(by, batch.place)
    progress(0, 2, "备好要写的行")
    with committer.loading(folder_of(batch.uid)) as load:
        progress(1, 2, "写入")
        with recording(by=by, at=at, verb="commit_batch", batch=batch.number) as change:
            locked = Batch.objects.select_for_update().get(pk=batch.pk)
            check_commit(locked)
            written = load.write(change)
            _note(locked, by, at, change, written)
    batch.refresh_from_db()
    if written.refused:
        _keep_late(batch, committer, written, at)


def _note(batch: Batch, by: User, at: datetime, change: Change, written: Written) -> None:
    """The receipt and the audit event, in the same transaction as the rows."""
    hours = parameters.value("import_undo_hours", on=timezone.localdate(at), place=batch.place)
    slip = receipt(batch.preflight["counts"], written)
    figures = slip["counts"]
    batch.state, batch.change, batch.receipt = BatchState.COMMITTED, change, slip
    batch.committed_at, batch.undo_until = at, at + timedelta(hours=hours)
    batch.rows_accepted, batch.rows_rejected = figures["accepted"], figures["rejected"]
    batch.save()
    record(
        by=by,
        at=at,
        verb="commit_batch",
        place=batch.place,
        summary=f"导入 {batch.number}：读入 {figures['read']:,} 行，接收 {figures['accepted']:,} 行",
        data={"batch": batch.number, "digest": batch.digest, **figures},
        change=change,
    )


def _keep_late(batch: Batch, committer: Committer, written: Written, at: datetime) -> None:
    """Put the rows that had to stay outside into the workbook of rejected rows, with the earlier ones."""
    on = timezone.localdate(batch.preflighted_at)
    taken = take(batch, batch.mapping, on)
    early = committer.refused_before(folder_of(batch.uid))
    sheets = rejected_sheets(batch, taken, batch.mapping, [*early, *written.refused])
    keep_rejected(batch.uid, sheets, timezone.localdate(at))

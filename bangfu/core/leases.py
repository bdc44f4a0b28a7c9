"""Who holds a job until when, and the two ways of keeping hold of it.

Every write here names job, holder and attempt, so that a worker whose lease ran out changes nothing any more.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet

from bangfu.core.jobs import JobCancelled, LeaseLost, Progress
from bangfu.core.models import Job, JobState

LEASE = timedelta(seconds=60)
REPORT_EVERY = 0.5
BEAT_EVERY = 1.0


@dataclass(frozen=True)
class Lease:
    """One attempt at a job by one holder."""

    job: Job
    clock: Callable[[], datetime]

    def renew(self, progress: Progress) -> None:
        """Write progress and hold on for another ``LEASE``; raises JobCancelled or LeaseLost."""
        held = self.mine().update(
            done=progress.done, total=progress.total, step=progress.step, lease_until=self.clock() + LEASE
        )
        if not held:
            raise LeaseLost(f"job {self.job.pk} is no longer held by {self.job.holder}")
        if Job.objects.filter(pk=self.job.pk, cancel_requested=True).exists():
            raise JobCancelled

    def end(self, state: JobState, **values: Any) -> bool:
        """Let the job go in ``state``; False when it was not held any more."""
        return bool(self.mine().update(state=state, holder="", lease_until=None, **values))

    def mine(self) -> QuerySet[Job]:
        """The job's row, if this attempt still holds it."""
        return Job.objects.filter(
            pk=self.job.pk, holder=self.job.holder, attempt=self.job.attempt, state=JobState.RUNNING
        )


def claim(holder: str, at: datetime) -> Job | None:
    """Take the oldest job that waits or whose holder is dead; None when there is none.

    Jobs without attempts left, and dead ones that were to be cancelled, are ended on the way.
    """
    while True:
        with transaction.atomic():
            job = _next(at)
            if job is None:
                return None
            if _take(job, holder, at):
                return job


def _next(at: datetime) -> Job | None:
    due = Q(state=JobState.WAITING) & (Q(run_after=None) | Q(run_after__lte=at))
    abandoned = Q(state=JobState.RUNNING, lease_until__lt=at)
    found = Job.objects.filter(due | abandoned).order_by("id")
    return found.select_for_update(skip_locked=True).first()


def _take(job: Job, holder: str, at: datetime) -> bool:
    if job.cancel_requested:
        job.state, job.finished_at = JobState.CANCELLED, at
    elif job.attempt >= job.max_attempts:
        job.state, job.finished_at = JobState.FAILED, at
        job.message = f"做这项任务的进程中断了 {job.attempt} 次，没有做完。请系统管理员查看日志后重新提交。"
    else:
        job.state, job.holder, job.lease_until = JobState.RUNNING, holder, at + LEASE
        job.attempt, job.started_at = job.attempt + 1, job.started_at or at
        job.done, job.total, job.step = 0, None, ""
    job.save()
    return job.state == JobState.RUNNING


class Direct:
    """Writes progress on the handler's own connection, at most every half second."""

    def __init__(self, lease: Lease) -> None:
        self._lease = lease
        self._last = float("-inf")

    def report(self, progress: Progress) -> None:
        """Write the progress if the last is old enough."""
        if time.monotonic() - self._last >= REPORT_EVERY:
            self._lease.renew(progress)
            self._last = time.monotonic()


class Heartbeat:
    """Renews the lease from a thread with a connection of its own.

    So progress is seen at once while the handler is inside a long transaction, and a handler busy
    elsewhere keeps its job.
    """

    def __init__(self, lease: Lease) -> None:
        self._lease = lease
        self._progress = Progress()
        self._refusal: type[Exception] | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()

    def report(self, progress: Progress) -> None:
        """Leave the progress for the next beat; raises what the last beat was told."""
        self._progress = progress
        if self._refusal is not None:
            raise self._refusal

    def _beat(self) -> None:
        while not self._stopped.wait(BEAT_EVERY):
            try:
                self._lease.renew(self._progress)
            except (JobCancelled, LeaseLost) as refusal:
                self._refusal = type(refusal)
                break
            except OperationalError:
                # The database is busy or away for a moment; the lease outlives many missed beats.
                continue
        connection.close()

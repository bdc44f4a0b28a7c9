"""Runs the jobs of the queue, one after the other."""

from __future__ import annotations

import logging
import os
import socket
import threading
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path

from django.db import close_old_connections
from django.utils import timezone

from bangfu.core.errors import BangfuError
from bangfu.core.ids import uid7
from bangfu.core.jobs import JobCancelled, JobContext, LeaseLost, Reporter, handler_of
from bangfu.core.leases import Direct, Heartbeat, Lease, claim
from bangfu.core.models import Job, JobState
from bangfu.core.schedule import run_due

IDLE_SECONDS = 1.0
_RETRY_AFTER = timedelta(seconds=10)
_PACKAGE = Path(__file__).resolve().parents[1]
_log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def holder_name() -> str:
    """A name for this process, never used before."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{uid7().hex[-12:]}"


def run_next(holder: str, at: datetime, *, clock: Clock = timezone.now) -> Job | None:
    """Run the next job here and now; returns it as it stands afterwards, None when there was none to do."""
    job = claim(holder, at)
    if job is not None:
        lease = Lease(job, clock)
        _run(lease, nullcontext(Direct(lease)))
        job.refresh_from_db()
    return job


def run_forever(stop: threading.Event, *, holder: str = "", clock: Clock = timezone.now) -> None:
    """Run schedule and jobs until ``stop`` is set; a running job is finished first."""
    holder = holder or holder_name()
    while not stop.is_set():
        close_old_connections()
        run_due(clock())
        job = claim(holder, clock())
        if job is None:
            stop.wait(IDLE_SECONDS)
            continue
        lease = Lease(job, clock)
        _run(lease, Heartbeat(lease))


def _run(lease: Lease, reporting: AbstractContextManager[Reporter]) -> None:
    """One attempt, and its end."""
    try:
        with reporting as reporter:
            result = handler_of(lease.job.kind)(JobContext(lease.job, reporter))
    except JobCancelled:
        lease.end(JobState.CANCELLED, finished_at=lease.clock(), message="已按要求停下。")
    except LeaseLost:
        _log.warning("job %s was taken over by another worker", lease.job.uid)
    except BangfuError as refusal:
        lease.end(JobState.FAILED, finished_at=lease.clock(), message=refusal.message[:500])
    except Exception as defect:  # noqa: BLE001 - the worker outlives its jobs; class and place are kept
        _note_defect(lease, defect)
    else:
        lease.end(JobState.DONE, finished_at=lease.clock(), result=result, message="")


def _note_defect(lease: Lease, defect: Exception) -> None:
    """Try again a little later, or give up.

    The message of a defect may hold personal data and is not kept.
    """
    where = f"{type(defect).__name__}，{_place(defect)}"
    _log.error("job %s (%s), attempt %s: %s", lease.job.uid, lease.job.kind, lease.job.attempt, where)
    if lease.job.attempt < lease.job.max_attempts:
        later = lease.clock() + _RETRY_AFTER * 2 ** (lease.job.attempt - 1)
        lease.end(JobState.WAITING, run_after=later, message=f"出错（{where}），稍后再试。")
        return
    message = f"程序出错（{where}），试了 {lease.job.attempt} 次，没有做完。请把这句话告诉系统管理员。"
    lease.end(JobState.FAILED, finished_at=lease.clock(), message=message[:500])


def _place(defect: Exception) -> str:
    """File and line in our own code where the defect came up."""
    frames = traceback.extract_tb(defect.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    frame = (own or frames)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"

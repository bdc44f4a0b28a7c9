"""Long work: what kinds there are, putting a piece in the queue, and what a piece may do while it runs.

A handler takes a ``JobContext`` and returns its result, which must be plain JSON without personal data.
Handlers are idempotent: a worker may be killed at any moment, and another then runs the same job from its
beginning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bangfu.core.audit import record
from bangfu.core.changing import Actor
from bangfu.core.errors import SituationForbids
from bangfu.core.ids import uid7
from bangfu.core.models import Job, JobState


class JobCancelled(Exception):
    """Somebody asked for the job to stop; the handler lets it pass."""


class LeaseLost(Exception):
    """Another worker has taken the job over; this one must write nothing more."""


@dataclass(frozen=True)
class Progress:
    """How far a job is: ``done`` of ``total`` (None: not known) in ``step``."""

    done: int = 0
    total: int | None = None
    step: str = ""


class Reporter(Protocol):
    """Takes progress to the database now and then."""

    def report(self, progress: Progress) -> None:
        """Note the progress; raises JobCancelled or LeaseLost when the job must stop."""
        ...


@dataclass(frozen=True)
class JobContext:
    """What a handler gets."""

    job: Job
    reporter: Reporter = field(repr=False)

    @property
    def payload(self) -> dict[str, Any]:
        """What the job was given when it was put in the queue."""
        return self.job.payload

    def progress(self, done: int, total: int | None, step: str = "") -> None:
        """Say how far the work is; call it as often as you like. Raises JobCancelled or LeaseLost."""
        self.reporter.report(Progress(done, total, step))


Handler = Callable[[JobContext], dict[str, Any]]
_handlers: dict[str, Handler] = {}


def register(kind: str, handler: Handler) -> None:
    """A room says who does jobs of ``kind``; called when the application starts."""
    _handlers[kind] = handler


def handler_of(kind: str) -> Handler:
    """The registered handler; raises LookupError for an unknown kind."""
    if kind not in _handlers:
        raise LookupError(f"no handler for jobs of kind {kind!r}")
    return _handlers[kind]


def enqueue(
    *,
    kind: str,
    label: str,
    payload: dict[str, Any],
    by: Actor,
    at: datetime,
    key: str | None = None,
    run_after: datetime | None = None,
) -> Job:
    """Put a job in the queue. The same ``key`` gives the same job, whatever came of it.

    ``label`` is what people read; ``payload`` is plain JSON without personal data (uids, not names). Raises
    LookupError for a kind without handler.
    """
    handler_of(kind)
    uid = uid7()
    job, _ = Job.objects.get_or_create(
        key=key or str(uid),
        defaults={
            "uid": uid,
            "kind": kind,
            "label": label,
            "payload": payload,
            "created_by_id": by.pk,
            "created_at": at,
            "run_after": run_after,
        },
    )
    return job


def cancel_job(*, by: Actor, at: datetime, job: Job) -> None:
    """Ask a job to stop: a waiting one never begins, a running one stops at its next progress.

    Raises SituationForbids for a job that has ended.
    """
    waiting = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
    stopped = waiting.update(state=JobState.CANCELLED, cancel_requested=True, finished_at=at)
    running = Job.objects.filter(pk=job.pk, state=JobState.RUNNING)
    if not stopped and not running.update(cancel_requested=True):
        raise SituationForbids("这项任务已经结束，不用取消。")
    record(by=by, at=at, verb="cancel_job", summary=job.label, data={"job": str(job.uid)})

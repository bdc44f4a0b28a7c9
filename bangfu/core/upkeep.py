"""What the kernel does by itself: sealing the audit log, checking it on request, forgetting old chores."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from bangfu.core.changing import SYSTEM, Actor
from bangfu.core.jobs import JobContext, enqueue, register
from bangfu.core.models import AuditBlock, AuditEvent, Job, JobState
from bangfu.core.reporting import audit_sentences
from bangfu.core.schedule import each_day, each_minute, register_schedule
from bangfu.core.sealing import seal_all, verify

SEAL, VERIFY, FORGET = "seal_audit", "verify_audit", "forget_chores"
CHORES_KEPT = timedelta(days=30)


def register_upkeep() -> None:
    """Called when the application starts."""
    register(SEAL, _seal)
    register(VERIFY, _verify)
    register(FORGET, _forget)
    register_schedule(SEAL, each_minute, _enqueue_seal)
    register_schedule(FORGET, each_day, _enqueue_forget)


def enqueue_verification(*, by: Actor, at: datetime) -> Job:
    """Check the whole audit log in the worker; the result says ``ok`` and has ``sentences``."""
    return enqueue(kind=VERIFY, label="核对审计记录", payload={}, by=by, at=at)


def _enqueue_seal(at: datetime, key: str) -> Job | None:
    if not AuditEvent.objects.filter(block=None).exists():
        return None
    return enqueue(kind=SEAL, label="封存审计记录", payload={}, by=SYSTEM, at=at, key=key)


def _enqueue_forget(at: datetime, key: str) -> Job | None:
    return enqueue(kind=FORGET, label="清理旧的例行任务", payload={}, by=SYSTEM, at=at, key=key)


def _seal(_: JobContext) -> dict[str, Any]:
    return {"blocks": seal_all(timezone.now())}


def _verify(context: JobContext) -> dict[str, Any]:
    blocks = AuditBlock.objects.count()
    report = verify(lambda done: context.progress(done, blocks, "核对封块"))
    return {"ok": report.ok, "sentences": audit_sentences(report)}


def _forget(_: JobContext) -> dict[str, Any]:
    """The system's own jobs that went well are of no interest after a month."""
    old = Job.objects.filter(
        created_by_id=None, state=JobState.DONE, finished_at__lt=timezone.now() - CHORES_KEPT
    )
    return {"forgotten": old.delete()[0]}

"""The month-end snapshot as a job, put in the queue on the first days of the next month."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from bangfu.core.changing import SYSTEM, Actor
from bangfu.core.jobs import JobContext, enqueue, register
from bangfu.core.models import Job
from bangfu.core.schedule import each_day, register_schedule
from bangfu.households.models import Snapshot
from bangfu.households.snapshots.taking import month_end, take_snapshot

KIND = "snapshot"
LAST_DAY = 5
"""A snapshot that nobody took by this day of the next month would no longer show the month's end."""


def register_jobs() -> None:
    """Tell the kernel who takes snapshots and when; called when the application starts."""
    register(KIND, _take)
    register_schedule(KIND, each_day, _enqueue_last_month)


def enqueue_snapshot(*, by: Actor, at: datetime, month: date) -> Job:
    """Put the snapshot of a month in the queue, once."""
    name = f"{month:%Y-%m}"
    return enqueue(
        kind=KIND,
        label=f"{name} 月末快照",
        payload={"month": month_end(month).isoformat()},
        by=by,
        at=at,
        key=f"{KIND}:{name}",
    )


def _enqueue_last_month(at: datetime, key: str) -> Job | None:
    today = timezone.localdate(at)
    last_month = today.replace(day=1) - timedelta(days=1)
    if today.day > LAST_DAY or Snapshot.objects.filter(month=last_month).exists():
        return None
    return enqueue_snapshot(by=SYSTEM, at=at, month=last_month)


def _take(context: JobContext) -> dict[str, Any]:
    month = date.fromisoformat(context.payload["month"])
    context.progress(0, None, "写快照")
    made = take_snapshot(by=SYSTEM, at=timezone.now(), month=month)
    return {"files": [snapshot.path for snapshot in made], "rows": sum(snapshot.rows for snapshot in made)}

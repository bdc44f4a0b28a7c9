"""The computation of all due items as long work: every day, and soon after ties or templates changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from bangfu.core import jobs
from bangfu.core.changing import SYSTEM
from bangfu.core.models import Job
from bangfu.core.schedule import each_day, register_schedule
from bangfu.duties.actions.recomputing import KIND, LABEL, recompute_duties


def register_jobs() -> None:
    """Tell the kernel who computes; called when the application starts."""
    jobs.register(KIND, _compute)
    register_schedule(KIND, each_day, _enqueue_daily)


def _enqueue_daily(at: datetime, key: str) -> Job:
    return jobs.enqueue(kind=KIND, label=LABEL, payload={}, by=SYSTEM, at=at, key=key)


def _compute(context: jobs.JobContext) -> dict[str, Any]:
    done = recompute_duties(at=timezone.now())
    return {"items": done.items, "changed": done.changed}

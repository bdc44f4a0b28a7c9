"""Every day: whoever helps has a party, so that what they owe is counted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from bangfu.core import jobs
from bangfu.core.changing import SYSTEM
from bangfu.core.models import Job
from bangfu.core.schedule import each_day, register_schedule
from bangfu.support.actions.settling import settle_parties

KIND = "settle_parties"


def register_tie_jobs() -> None:
    """Tell the kernel; called when the application starts."""
    jobs.register(KIND, _settle)
    register_schedule(KIND, each_day, _enqueue)


def _enqueue(at: datetime, key: str) -> Job:
    return jobs.enqueue(kind=KIND, label="核对帮扶力量名册", payload={}, by=SYSTEM, at=at, key=key)


def _settle(context: jobs.JobContext) -> dict[str, Any]:
    return {"made": settle_parties(by=SYSTEM, at=timezone.now())}

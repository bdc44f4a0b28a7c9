"""How a job shows on a page: what ``ui/parts/progress.html`` wants to know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from bangfu.core.models import Job, JobState

_STATES = {
    JobState.WAITING: "waiting",
    JobState.RUNNING: "running",
    JobState.DONE: "finished",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "stopped",
}
_MINUTE, _HOUR = 60, 3_600
_FIRST_GUESS_AFTER = 3
_STAY = "可以离开这页，任务接着做；回来在“任务”里看结果。"


def progress_of(job: Job, at: datetime) -> dict[str, Any]:
    """The job as the progress part shows it, at ``at``.

    A job's result may name the page to go on to: ``{"url": "/…", "url_label": "看回执"}``.
    """
    uid = {"uid": job.uid}
    return {
        "title": job.label,
        "state": _STATES[JobState(job.state)],
        "done": job.done,
        "total": job.total,
        "unit": "",
        "remaining": remaining(job, at),
        "found": job.step,
        "status_url": reverse("job_progress", kwargs=uid),
        "cancel_url": "" if job.cancel_requested else reverse("cancel_job", kwargs=uid),
        "result_url": job.result.get("url", "") if job.state == JobState.DONE else "",
        "result_label": job.result.get("url_label", ""),
        "message": job.message or _words(job),
    }


def _words(job: Job) -> str:
    if job.state == JobState.DONE:
        return "做完了。"
    return "已要求停下，做到能停的地方就停。" if job.cancel_requested else _STAY


def remaining(job: Job, at: datetime) -> str:
    """How long it may still take, by the speed so far; empty while there is too little to go by."""
    if job.state != JobState.RUNNING or not job.total or not job.done or job.started_at is None:
        return ""
    spent = (at - job.started_at).total_seconds()
    if spent < _FIRST_GUESS_AFTER:
        return ""
    seconds = spent * (job.total - job.done) / job.done
    if seconds < _MINUTE:
        return f"还要约 {max(1, round(seconds))} 秒"
    if seconds < _HOUR:
        return f"还要约 {round(seconds / _MINUTE)} 分钟"
    return f"还要约 {seconds / _HOUR:.1f} 小时"

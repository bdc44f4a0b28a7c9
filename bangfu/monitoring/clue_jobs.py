"""The long work of clues: screening a county; a killed worker's job begins anew, nothing is doubled."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from bangfu.core import jobs
from bangfu.monitoring.actions import screenings
from bangfu.monitoring.models import ScreeningRun


def register_clue_jobs() -> None:
    """Tell the kernel who screens; called when the application starts."""
    jobs.register(screenings.KIND, _screen)


def _screen(context: jobs.JobContext) -> dict[str, Any]:
    run = ScreeningRun.objects.get(uid=context.payload["run"])
    done = screenings.screen(run, at=timezone.now(), progress=context.progress)
    return {
        "found": done.report.get("found", 0),
        "url": reverse("screening_file", args=[done.uid]),
        "url_label": "看会带来哪些线索",
    }

"""A worker process for the kill test, never imported: an installation, a slow handler, a short lease."""

from __future__ import annotations

import sys
import threading
import time
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402 - models need Django set up

from bangfu.core import leases  # noqa: E402
from bangfu.core.changing import SYSTEM, recording  # noqa: E402
from bangfu.core.jobs import JobContext, enqueue, register  # noqa: E402
from bangfu.core.models import Job, JobState, Region  # noqa: E402
from bangfu.core.worker import run_forever  # noqa: E402

STEPS = int(sys.argv[2])
leases.LEASE = timedelta(seconds=2)
leases.BEAT_EVERY = 0.1


def add_villages(context: JobContext) -> dict[str, int]:
    """Idempotent: a village that is there already is not added again."""
    added = 0
    for number in range(STEPS):
        code = f"530999101{number:03}"
        if not Region.objects.filter(code=code).exists():
            with recording(by=SYSTEM, at=timezone.now(), verb="add_region", batch=str(context.job.attempt)):
                Region.objects.create(code=code, name=f"村{number}", level=5)
                added += 1
        context.progress(number + 1, STEPS, "加村")
        if context.job.attempt == 1 and added == STEPS // 2:
            print("half", flush=True)
            time.sleep(600)  # killed here
    return {"added": added}


def main(what: str) -> None:
    """``put`` puts the job in; ``work`` works until it is done."""
    register("add_villages", add_villages)
    if what == "put":
        enqueue(kind="add_villages", label="加村", payload={}, by=SYSTEM, at=timezone.now(), key="villages")
        return
    stop = threading.Event()
    worker = threading.Thread(target=run_forever, args=[stop])
    worker.start()
    while worker.is_alive() and not Job.objects.filter(key="villages", state=JobState.DONE).exists():
        time.sleep(0.1)
    stop.set()
    worker.join()


if __name__ == "__main__":
    main(sys.argv[1])

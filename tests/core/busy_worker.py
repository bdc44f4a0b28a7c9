"""A worker process, one of several, never imported: each job adds a village and seals the audit log.

The handler is not idempotent on purpose: a job that ran twice would be seen.
"""

from __future__ import annotations

import sys
import threading
import time

import django

django.setup()

from django.utils import timezone  # noqa: E402 - models need Django set up

from bangfu.core.audit import record  # noqa: E402
from bangfu.core.changing import SYSTEM, recording  # noqa: E402
from bangfu.core.ids import uid7  # noqa: E402
from bangfu.core.jobs import JobContext, enqueue, register  # noqa: E402
from bangfu.core.models import Job, JobState, Region  # noqa: E402
from bangfu.core.sealing import seal  # noqa: E402
from bangfu.core.worker import run_forever  # noqa: E402

JOBS = int(sys.argv[2])


def add_village(context: JobContext) -> dict[str, str]:
    """A village with a code of its own, every time."""
    with recording(by=SYSTEM, at=timezone.now(), verb="add_region") as change:
        Region.objects.create(code=uid7().hex[-15:], name=context.payload["name"], level=5)
        record(by=SYSTEM, at=timezone.now(), verb="add_region", change=change)
    seal(timezone.now())
    return {"by": context.job.holder}


def main(what: str) -> None:
    """``put`` puts the jobs in, every one twice under its key; ``work`` works until all are done."""
    register("add_village", add_village)
    if what == "put":
        for number in (*range(JOBS), *range(JOBS)):
            payload = {"name": f"村{number}"}
            enqueue(
                kind="add_village",
                label="加村",
                payload=payload,
                by=SYSTEM,
                at=timezone.now(),
                key=f"v{number}",
            )
        return
    stop = threading.Event()
    worker = threading.Thread(target=run_forever, args=[stop])
    worker.start()
    while worker.is_alive() and Job.objects.filter(kind="add_village").exclude(state=JobState.DONE).exists():
        time.sleep(0.1)
    stop.set()
    worker.join()


if __name__ == "__main__":
    main(sys.argv[1])

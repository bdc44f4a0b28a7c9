"""Run as a program: ``build N`` uploads a filled workbook of N sheets and queues it; ``work K`` is a worker.

The worker is really killed before its K-th statement, should it have so many; without a K it is not.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from bangfu.core.changing import SYSTEM, recording  # noqa: E402
from bangfu.core.models import AuditEvent, Job, Region, Subject, SubjectKind  # noqa: E402
from bangfu.core.worker import run_next  # noqa: E402
from bangfu.forms.actions import sheet_jobs  # noqa: E402
from bangfu.forms.enums import TaskState  # noqa: E402
from bangfu.forms.models import Sheet, SheetBatch, SweepTask  # noqa: E402
from bangfu.households.models import Household  # noqa: E402
from tests.cast import NOW, VILLAGE, make_regions, make_user  # noqa: E402
from tests.forms.conftest import sweep_of  # noqa: E402
from tests.forms.test_workbooks import ANSWERS, filled, upload, workbook  # noqa: E402
from tests.killing import killed_before  # noqa: E402

LONG_AFTER = timedelta(hours=1)
"""By then the lease of a killed worker is over."""


def build(count: int) -> None:
    """Households, a sweep, the workbook with every row filled in, uploaded and queued."""
    regions = make_regions()
    clerk = make_user("village", VILLAGE, username="clerk")
    make_homes(regions[VILLAGE], count)
    sweep = sweep_of(regions)
    answers = {f"段{number}": ANSWERS for number in range(count)}
    batch = upload(clerk, sweep, filled(workbook(clerk, sweep), answers))
    assert batch.rows_accepted == count, batch.refusals[:3]
    Job.objects.all().delete()
    sheet_jobs.queue_sheets(by=clerk, at=NOW, batch=batch)


def make_homes(village: Region, count: int) -> None:
    """Households without members: what is killed here does not ask for them."""
    subjects = Subject.objects.bulk_create(
        Subject(kind=SubjectKind.HOUSEHOLD, place=VILLAGE, label=f"段{number}户") for number in range(count)
    )
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        Household.objects.bulk_create(
            Household(
                subject=subject, place=VILLAGE, village=village, head_name=f"段{number}", safe_water=True
            )
            for number, subject in enumerate(subjects)
        )


def work(times: int, before: int | None) -> None:
    """A worker that takes the job over, as often as it was killed before."""
    with killed_before(before) if before else nullcontext():
        run_next(f"worker-{times}", timezone.now() + LONG_AFTER * times)


def stand() -> None:
    """State of batch and job, how many sheets, tasks with a sheet, audit events of the commit there are."""
    print(
        SheetBatch.objects.get().state,
        Job.objects.get().state,
        Sheet.objects.count(),
        SweepTask.objects.exclude(state=TaskState.WAITING).count(),
        AuditEvent.objects.filter(verb="commit_sheets").count(),
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["build", count]:
            build(int(count))
        case ["work", times, before]:
            work(int(times), int(before))
        case ["work", times]:
            work(int(times), None)
        case _:
            stand()

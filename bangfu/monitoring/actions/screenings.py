"""Screening a county: put in the queue, run and laid ready to be looked at, released or given up."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit, jobs
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.ids import uid7
from bangfu.core.models import JobState, Region
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.actions.screening_release import write_release
from bangfu.monitoring.actions.screening_staging import stage
from bangfu.monitoring.enums.clues import ScreeningState
from bangfu.monitoring.models import ScreeningRun
from bangfu.monitoring.policies.screenings import check_register_day
from bangfu.monitoring.screening import Progress, screen_county

KIND = "run_screening"
_BUSY = (JobState.WAITING, JobState.RUNNING)


def run_screening(
    *, by: User, at: datetime, region: Region, as_of: date, register_on: date | None = None
) -> ScreeningRun:
    """Put a screening of a region in the queue; while one of it is under way, that one is given.

    ``register_on`` screens the register as that month-end snapshot kept it, as of that day; None as it is.
    Raises NotPermitted outside the places of ``by``, SituationForbids for a day to come, a snapshot that is
    not kept, or one of another day than ``as_of``.
    """
    require(by, Permission.SCREENING_RUN, region.code)
    if as_of > local_day(at):
        raise SituationForbids(f"截至日期最晚到今天（{local_day(at)}）。没有开始筛查。")
    check_register_day(region.code, as_of, register_on)
    with transaction.atomic():
        Region.objects.select_for_update().get(pk=region.pk)
        under_way = ScreeningRun.objects.filter(
            place=region.code, state=ScreeningState.WAITING, job__state__in=_BUSY
        ).first()
        return under_way or _enqueue(by, at, region, as_of, register_on)


def _enqueue(by: User, at: datetime, region: Region, as_of: date, register_on: date | None) -> ScreeningRun:
    uid = uid7()
    label = f"筛查{region.name}（{'月末名册，' if register_on else ''}截至 {as_of}）"
    run = ScreeningRun.objects.create(
        uid=uid,
        place=region.code,
        as_of=as_of,
        register_on=register_on,
        discovered_on=local_day(at),
        started_by=by,
        started_at=at,
    )
    run.job = jobs.enqueue(
        kind=KIND, label=label, payload={"run": str(uid)}, by=by, at=at, key=f"{KIND}:{uid}"
    )
    run.save()
    audit.record(by=by, at=at, verb="run_screening", place=region.code, summary=label)
    return run


def screen(run: ScreeningRun, *, at: datetime, progress: Progress) -> ScreeningRun:
    """Screen, and lay the findings ready; for the worker. Begun again after a kill it begins anew.

    A run that somebody has released or given up stays as it is.
    """
    if run.state != ScreeningState.WAITING:
        return run
    screening = screen_county(run.place, run.as_of, progress, run.register_on)
    stage(run, screening, progress)
    with transaction.atomic():
        row = ScreeningRun.objects.select_for_update().get(pk=run.pk)
        row.data_digest, row.report = screening.data_digest, run.report
        row.state, row.previewed_at = ScreeningState.PREVIEWED, at
        row.save()
    return row


def release_screening(*, by: User, at: datetime, run: ScreeningRun) -> ScreeningRun:
    """Put what a screening found into the pool, in one transaction: new clues, facts that join open clues,
    what no longer holds. Done twice, or run twice, nothing is doubled.

    Raises NotPermitted, SituationForbids for a run that is not laid ready, or older than one released.
    """
    require(by, Permission.SCREENING_RUN, run.place)
    try:
        with recording(by=by, at=at, verb="release_screening", batch=str(run.uid)) as change:
            row = _held(run)
            _check_latest(row)
            counts = write_release(row, change)
            row.report = row.report | {"released": counts}
            row.state, row.released_by, row.released_at, row.change = ScreeningState.RELEASED, by, at, change
            row.save()
            audit.record(
                by=by,
                at=at,
                verb="release_screening",
                place=run.place,
                summary=f"新线索 {counts['clues']} 条",
                data=counts | {"run": str(run.uid), "digest": run.data_digest},
                change=change,
            )
    except IntegrityError as clash:
        raise SituationForbids(
            "放入的时候，有人正好登记了同一户的线索。这次什么都没有放入，筛查结果还在；请再点一次“放入线索池”。"
        ) from clash
    return row


def _held(run: ScreeningRun) -> ScreeningRun:
    # 同一个县一次只放一批：先锁住县，再锁住这次筛查
    Region.objects.select_for_update().get(code=run.place)
    row = ScreeningRun.objects.select_for_update().get(pk=run.pk)
    if row.state != ScreeningState.PREVIEWED:
        raise SituationForbids(f"这次筛查{row.get_state_display()}，没有要放入的。")
    return row


def _check_latest(row: ScreeningRun) -> None:
    later = ScreeningRun.objects.filter(
        place=row.place, state=ScreeningState.RELEASED, started_at__gt=row.started_at
    )
    if later.exists():
        raise SituationForbids("有更晚的一次筛查已放入线索池，这次的结果旧了，没有放入。请放弃这次。")


def discard_screening(*, by: User, at: datetime, run: ScreeningRun) -> ScreeningRun:
    """Give up what a screening found; the pool stays as it is. Raises as :func:`release_screening`."""
    require(by, Permission.SCREENING_RUN, run.place)
    with transaction.atomic():
        row = _held(run)
        row.staged.all().delete()
        row.state = ScreeningState.DISCARDED
        row.save()
        audit.record(by=by, at=at, verb="discard_screening", place=row.place, data={"run": str(row.uid)})
    return row

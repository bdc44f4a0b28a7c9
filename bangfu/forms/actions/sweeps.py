"""Opening a sweep, giving each household its task, closing it (C-183)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.access.scope import within
from bangfu.core import audit, jobs
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import SituationForbids, StaleVersion
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.forms.enums import SheetKind, SweepState, TaskState
from bangfu.forms.models import Sweep, SweepTask
from bangfu.forms.terms import GROUPS
from bangfu.forms.versions import CODES, version_for
from bangfu.households.models import Household

KIND = "prepare_sweep"
_CHUNK = 5000


def open_sweep(
    *,
    by: User,
    at: datetime,
    region: Region,
    title: str,
    starts_on: date,
    ends_on: date,
    group: str = "all",
    basis: str = "",
    plan: str = "",
) -> Sweep:
    """Open a sweep of a region; a job then gives each household of the group its task.

    Raises NotPermitted outside the places of ``by``, SituationForbids for a period that ends before it
    begins.
    """
    require(by, Permission.SWEEP_MANAGE, region.code)
    if ends_on < starts_on:
        raise SituationForbids(f"截止日期 {ends_on} 早于开始日期 {starts_on}，没有部署。请改日期。")
    with recording(by=by, at=at, verb="open_sweep", effective_on=starts_on) as change:
        sweep = Sweep.objects.create(
            subject=Subject.objects.create(kind=SubjectKind.SWEEP, place=region.code, label=title),
            place=region.code,
            region=region,
            title=title.strip(),
            basis=basis.strip(),
            plan=plan.strip(),
            group=GROUPS[group].code,
            starts_on=starts_on,
            ends_on=ends_on,
            screening_form=version_for(at=at, code=CODES[SheetKind.SCREENING], place=region.code),
            inspection_form=version_for(at=at, code=CODES[SheetKind.INSPECTION], place=region.code),
            opened_by=by,
            opened_at=at,
        )
        jobs.enqueue(
            kind=KIND,
            label=f"分户：{sweep.title}",
            payload={"sweep": str(sweep.uid)},
            by=by,
            at=at,
            key=f"{KIND}:{sweep.uid}",
        )
        audit.record(by=by, at=at, verb="open_sweep", subject=sweep.subject, change=change)
    return sweep


def prepare_sweep(sweep: Sweep, *, at: datetime, progress: Any) -> int:
    """Give each household its task, some thousand at a time; for the worker. Gives how many tasks there are.

    Begun again after a kill, it adds what is missing.
    """
    waiting = _households(sweep).exclude(sweep_tasks__sweep=sweep)
    total, done = waiting.count(), 0
    while chunk := list(waiting.order_by("pk").values_list("pk", "place")[:_CHUNK]):
        with recording(by=SYSTEM, at=at, verb="prepare_sweep"):
            SweepTask.objects.bulk_create(
                [SweepTask(sweep=sweep, household_id=pk, place=place) for pk, place in chunk],
                ignore_conflicts=True,
            )
        done += len(chunk)
        progress(done, total, "分户")
    with recording(by=SYSTEM, at=at, verb="prepare_sweep"):
        Sweep.objects.filter(pk=sweep.pk, state=SweepState.PREPARING).update(state=SweepState.OPEN)
    return sweep.tasks.count()


def _households(sweep: Sweep) -> Any:
    """The households of the sweep's group; each once, however many of its members count."""
    condition = GROUPS[sweep.group].condition(sweep.starts_on, sweep.place)
    chosen = Household.objects.filter(condition, within("place", sweep.place)).values("pk")
    return Household.objects.filter(Q(pk__in=chosen))


def close_sweep(
    *, by: User, at: datetime, sweep: Sweep, version: int, summary: str, closed_on: date
) -> Sweep:
    """Close a sweep with a summary; who was not reached stays on its list.

    Raises NotPermitted; StaleVersion; SituationForbids while households wait for a sheet or a reason.
    """
    require(by, Permission.SWEEP_MANAGE, sweep.place)
    with recording(by=by, at=at, verb="close_sweep", effective_on=closed_on) as change:
        held: Sweep = Sweep.objects.select_for_update().get(pk=sweep.pk)
        if held.version != version:
            raise StaleVersion("这次排查刚被别人改过。您写的还在，请看看现在的样子再收尾。")
        _check_closable(held, summary)
        held.state, held.summary, held.closed_on = SweepState.CLOSED, summary.strip(), closed_on
        held.save()
        audit.record(by=by, at=at, verb="close_sweep", subject=held.subject, change=change)
    return held


def _check_closable(sweep: Sweep, summary: str) -> None:
    if sweep.state != SweepState.OPEN:
        raise SituationForbids(f"这次排查{sweep.get_state_display()}，不能收尾。")
    left = sweep.tasks.filter(state__in=(TaskState.WAITING, TaskState.IN_QUESTION)).count()
    if left:
        raise SituationForbids(f"还有 {left} 户没有办完。填上表，或写明没见到的原因，再收尾。")
    if not summary.strip():
        raise SituationForbids("收尾要写小结：发现了什么，转了多少线索，谁没见到。")

"""Limits that stand still for a reason, and go on."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import Actor, recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change
from bangfu.workflow.calendars import WorkCalendar, calendar_now
from bangfu.workflow.limits import Spans, last_day, nearer, pauses_of
from bangfu.workflow.locking import locked
from bangfu.workflow.models import FlowPause, FlowRun
from bangfu.workflow.policies import is_current
from bangfu.workflow.reach import must_reach
from bangfu.workflow.versions import flow_of_run


def pause_flow(
    *, by: Actor, at: datetime, run: FlowRun, version: int, reason: str, on: date | None = None
) -> FlowRun:
    """Let the limits of a run stand still from a day on (default: the day of ``at``).

    Raises NotPermitted, StaleVersion, SituationForbids without a reason, when it stands still already or has
    ended.
    """
    on = on or timezone.localdate(at)
    with recording(by=by, at=at, verb="pause_flow", reason=reason, effective_on=on) as change:
        held = _held(by, run, version)
        _can_pause(held, reason, on, timezone.localdate(at))
        person = by if isinstance(by, User) else None
        FlowPause.objects.create(run=held, paused_on=on, paused_by=person, reason=reason.strip())
        held.paused_on, held.due_on = on, None
        held.save()
        _record(held, "pause_flow", by, at, change)
    return held


def resume_flow(*, by: Actor, at: datetime, run: FlowRun, version: int, on: date | None = None) -> FlowRun:
    """Let the limits go on; the days in between do not count.

    Raises NotPermitted, StaleVersion, SituationForbids when it does not stand still or for a day that cannot
    be.
    """
    on = on or timezone.localdate(at)
    with recording(by=by, at=at, verb="resume_flow", effective_on=on) as change:
        held = _held(by, run, version)
        _can_resume(held, on, timezone.localdate(at))
        pause = FlowPause.objects.get(run=held, resumed_on=None)
        pause.resumed_on, pause.resumed_by = on, by if isinstance(by, User) else None
        pause.save()
        held.paused_on = None
        reckon(held, pauses_of([held.pk]).get(held.pk, []), calendar_now(), Spans())
        held.save()
        _record(held, "resume_flow", by, at, change)
    return held


def reckon(run: FlowRun, pauses: list[tuple[date, date]], calendar: WorkCalendar, spans: Spans) -> None:
    """Set the last days of a run anew, from where its limits began."""
    flow = flow_of_run(run)
    step, total = flow.limits.get(flow.states[run.state].limit), flow.limits.get(flow.total_limit)
    run.step_due_on = last_day(step, run.entered_on, run.place, calendar, spans, pauses)
    run.total_due_on = last_day(total, run.discovered_on, run.place, calendar, spans, pauses)
    total_due = None if flow.states[run.state].settled else run.total_due_on
    run.due_on = None if run.paused_on else nearer(run.step_due_on, total_due)


def _held(by: Actor, run: FlowRun, version: int) -> FlowRun:
    held = locked([run.pk])[0]
    if held.owner_permission:
        must_reach(by, Permission(held.owner_permission), [held])
    is_current(held, version)
    if held.has_ended:
        raise SituationForbids(f"已于 {held.ended_on} 办结，没有期限了。")
    return held


def _can_pause(run: FlowRun, reason: str, on: date, today: date) -> None:
    if run.paused_on is not None:
        raise SituationForbids(f"从 {run.paused_on} 起已经暂停了。")
    if len(reason.strip()) < 2:
        raise SituationForbids("请写为什么暂停，例如等农户补材料。没有暂停。")
    if not run.entered_on <= on <= today:
        raise SituationForbids(f"暂停日期要在进入本环节的 {run.entered_on} 和今天之间。请改日期。")


def _can_resume(run: FlowRun, on: date, today: date) -> None:
    if run.paused_on is None:
        raise SituationForbids("没有暂停，不用恢复。")
    if not run.paused_on <= on <= today:
        raise SituationForbids(f"恢复日期要在暂停的 {run.paused_on} 和今天之间。请改日期。")


def _record(run: FlowRun, verb: str, by: Actor, at: datetime, change: Change) -> None:
    data = {"run": str(run.uid), "state": run.state}
    audit.record(by=by, at=at, verb=verb, subject=run.subject, place=run.place, data=data, change=change)

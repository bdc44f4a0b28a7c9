"""Flows started and taken on, one or many at once, in a number of statements that does not grow."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import Actor, recording
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Change, Subject, SubjectKind
from bangfu.workflow.actions.moving import Move, move_runs
from bangfu.workflow.calendars import calendar_now
from bangfu.workflow.definition.model import Flow, Transition
from bangfu.workflow.evaluating import needs_of
from bangfu.workflow.limits import Spans, last_day, nearer
from bangfu.workflow.locking import as_they_stand, locked
from bangfu.workflow.models import FlowDefinition, FlowRun, FlowStep
from bangfu.workflow.policies import (
    answers_asked,
    ask_policies,
    is_current,
    may_move,
    meets_requirements,
    transition_of,
)
from bangfu.workflow.reach import must_reach, takes_part
from bangfu.workflow.registry import room_of
from bangfu.workflow.versions import flow_of, in_force, shipped_version


def start_flow(
    *,
    by: Actor,
    at: datetime,
    code: str,
    subject: Subject,
    place: str,
    discovered_on: date,
    label: str,
    on: date | None = None,
) -> FlowRun:
    """Begin a flow about a subject, with the version that holds in the place on the day.

    The caller is another room's action and has asked its own permission. The total limit counts from
    ``discovered_on``, the first step's from ``on`` (default: the day of ``at``). Raises SituationForbids for
    days that cannot be, ParameterMissing when a limit has no value.
    """
    on = on or timezone.localdate(at)
    _possible_days(discovered_on, on, at)
    with recording(by=by, at=at, verb="start_flow", effective_on=on) as change:
        definition = in_force(code, place, on) or shipped_version(at=at, code=code)
        run = _new_run(definition, subject, place, discovered_on, on)
        run.label, run.started_by, run.started_at = label, _person(by), at
        run.save()
        FlowStep.objects.create(
            run=run, number=1, state=run.state, entered_on=on, entered_at=at, due_on=run.step_due_on
        )
        data = {"flow": code, "run": str(run.uid), "version": definition.number}
        audit.record(by=by, at=at, verb="start_flow", subject=subject, place=place, data=data, change=change)
    return run


def _possible_days(discovered_on: date, on: date, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise SituationForbids(f"办理日期 {on} 在今天之后。请核对日期。")
    if discovered_on > on:
        raise SituationForbids(f"发现日期 {discovered_on} 晚于发起日期 {on}。请核对日期。")


def _new_run(
    definition: FlowDefinition, subject: Subject, place: str, discovered_on: date, on: date
) -> FlowRun:
    flow: Flow = flow_of(definition)
    if subject.kind != flow.subject:
        kind = SubjectKind(flow.subject).label
        raise SituationForbids(f"“{flow.title}”只办{kind}的事，{subject}不是。没有发起。")
    state, calendar, spans = flow.states[flow.start], calendar_now(), Spans()
    step_due = last_day(flow.limits.get(state.limit), on, place, calendar, spans)
    total_due = last_day(flow.limits.get(flow.total_limit), discovered_on, place, calendar, spans)
    return FlowRun(
        subject=subject,
        definition=definition,
        flow=flow.id,
        place=place,
        state=state.id,
        owner_permission=state.owner,
        discovered_on=discovered_on,
        entered_on=on,
        step_due_on=step_due,
        total_due_on=total_due,
        due_on=nearer(step_due, total_due),
    )


def _person(by: Actor) -> User | None:
    return by if isinstance(by, User) else None


def take_transition(
    *,
    by: Actor,
    at: datetime,
    run: FlowRun,
    transition: str,
    version: int,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    on: date | None = None,
) -> FlowRun:
    """Take one run on: permission → version → requirements → policies → action → move → audit → copies.

    ``version`` is what the person saw; ``on`` the day on which it was done (default: what ``data`` gives as
    ``date``, else the day of ``at``). Raises NotPermitted, StaleVersion that says who did what, and
    SituationForbids with every missing thing as a sentence.
    """
    return take_many(
        by=by,
        at=at,
        runs=[run],
        transition=transition,
        versions={run.pk: version},
        note=note,
        data=data,
        on=on,
    )[0]


def take_many(
    *,
    by: Actor,
    at: datetime,
    runs: Iterable[FlowRun],
    transition: str,
    versions: Mapping[int, int] | None = None,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    on: date | None = None,
) -> list[FlowRun]:
    """Take many runs on in one transaction: all of them, or none. They stand in the same step.

    ``versions`` by run id are what the person saw (default: those of ``runs`` as given). Raises like
    ``take_transition``.
    """
    given = dict(data or {})
    on = on or given.get("date") or timezone.localdate(at)
    seen = dict(versions) if versions is not None else {run.pk: run.version for run in runs}
    reason = (note or str(given.get("reason") or "")).strip()
    with recording(by=by, at=at, verb="take_transition", reason=reason, effective_on=on) as change:
        held = locked(seen)
        for group in _by_definition(held, by, seen):
            _take(group, transition, Move(by, at, on, change, reason, given), note)
        _record(held, transition, by, at, change)
    return as_they_stand(seen)


def _by_definition(held: Sequence[FlowRun], by: Actor, seen: Mapping[int, int]) -> list[list[FlowRun]]:
    """The runs by version and step; each is in reach and as the person saw it."""
    groups: dict[tuple[int, str], list[FlowRun]] = defaultdict(list)
    for run in held:
        if not takes_part(by, run):
            raise NotPermitted("您在这里没有要办的事，什么都没有改动。要办，请找有这项权限的同事。")
        is_current(run, seen[run.pk])
        groups[run.definition_id, run.state].append(run)
    return list(groups.values())


def _take(runs: list[FlowRun], transition: str, move: Move, note: str) -> None:
    way = transition_of(runs[0], transition)
    must_reach(move.by, Permission(way.permission), runs)
    for run in runs:
        may_move(run, move.on)
    if move.on > timezone.localdate(move.at):
        raise SituationForbids(f"办理日期 {move.on} 在今天之后。请核对日期。")
    answers_asked(way, note, move.data)
    _meet(way, runs, move.on)
    ask_policies(way, runs, move.by, move.on)
    _act(way, runs, move, note)
    move_runs(runs, way, replace(move, number=str(move.data.get("number") or "").strip()))


def _meet(way: Transition, runs: Sequence[FlowRun], on: date) -> None:
    needs = needs_of(runs, on)
    for run in runs:
        try:
            meets_requirements(way, needs[run.pk])
        except SituationForbids as refusal:
            if len(runs) == 1:
                raise
            raise SituationForbids(f"“{run.label}”办不了，整批都没有办：{refusal.message}") from refusal


def _act(way: Transition, runs: Sequence[FlowRun], move: Move, note: str) -> None:
    if not way.action:
        return
    room = room_of(runs[0].flow)
    data = {**move.data, "note": note, "on": move.on}
    if way.action in room.many_actions:
        room.many_actions[way.action](runs, move.by, move.at, data)
        return
    for run in runs:
        room.actions[way.action](run, move.by, move.at, data)


def _record(runs: Sequence[FlowRun], transition: str, by: Actor, at: datetime, change: Change) -> None:
    """One event for the whole batch; for one run also its subject."""
    data: dict[str, Any] = {"transition": transition, "from": sorted({run.state for run in runs})}
    if len(runs) == 1:
        data["run"] = str(runs[0].uid)
        audit.record(
            by=by,
            at=at,
            verb="take_transition",
            subject=runs[0].subject,
            place=runs[0].place,
            data=data,
            change=change,
        )
        return
    uids = "\n".join(sorted(str(run.uid) for run in runs))
    data |= {"count": len(runs), "digest": hashlib.sha256(uids.encode()).hexdigest()}
    place = _common([run.place for run in runs])
    summary = f"{len(runs)} 件"
    audit.record(by=by, at=at, verb="take_transition", place=place, summary=summary, data=data, change=change)


def _common(places: Sequence[str]) -> str:
    """The region around all places: the longest code that they begin with."""
    first, last = min(places), max(places)
    length = next(
        (n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last))
    )
    return first[: max(n for n in (0, 2, 4, 6, 9, 12, 15) if n <= length)]

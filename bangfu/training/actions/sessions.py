"""Sessions: planned, changed, filed, held, cancelled (C-001 to C-005)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change, Region
from bangfu.core.parameters import value
from bangfu.duties.registry import note_record
from bangfu.households.actions.locking import current
from bangfu.households.reckoning.days import local_day
from bangfu.training.enums.courses import Mode, SessionState
from bangfu.training.models import Appearance, Course, ObservationPoint, Teacher, TrainingSession
from bangfu.training.policies.days import check_not_future, check_order, check_word
from bangfu.training.policies.sessions import (
    check_in_term,
    check_length,
    check_mode,
    check_over,
    check_planned,
)
from bangfu.training.sources import county_offices


@dataclass(frozen=True)
class Arrangement:
    """When, where, how and with whom a session is held; ``expected`` is how many people are to come."""

    mode: Mode
    starts_on: date
    ends_on: date
    location: str
    expected: int
    teachers: tuple[Teacher, ...] = ()
    point: ObservationPoint | None = None
    fund: str = ""


def plan_session(
    *, by: User, at: datetime, course: Course, region: Region, arrangement: Arrangement
) -> TrainingSession:
    """Arrange a session of a course within the course's place.

    Raises NotPermitted; SituationForbids for a place outside the course's, an end before the start, a site
    visit without a point, a testimony without somebody to tell, a teacher who is no longer there.
    """
    require(by, Permission.TRAINING_MANAGE, region.code)
    if not region.code.startswith(course.place):
        raise SituationForbids(f"{region.name}不在这门课的主办地里。请另选办班地，或另建课程。")
    _check(arrangement, region.code)
    with recording(by=by, at=at, verb="plan_session", effective_on=arrangement.starts_on) as change:
        session = TrainingSession(course=course, region=region, place=region.code)
        _write(session, arrangement)
        _note(by, at, "plan_session", session, change)
    return session


def edit_session(
    *, by: User, at: datetime, session: TrainingSession, version: int, arrangement: Arrangement
) -> TrainingSession:
    """Arrange a session otherwise, as long as it is planned.

    Raises like :func:`plan_session`, and StaleVersion.
    """
    _check(arrangement, session.place)
    with _on(by, at, session, version, "edit_session", Permission.TRAINING_MANAGE) as held:
        check_planned(held)
        _write(held, arrangement)
    return held


def file_session(
    *,
    by: User,
    at: datetime,
    session: TrainingSession,
    version: int,
    department: str,
    filed_on: date,
    number: str = "",
) -> TrainingSession:
    """Note with which department the session is filed.

    Raises NotPermitted, StaleVersion; SituationForbids for a day to come, an unknown department, and a
    session that was cancelled.
    """
    check_not_future("备案日期", filed_on, local_day(at))
    check_word("training_filing_departments", "备案部门", department, filed_on, session.place)
    with _on(by, at, session, version, "file_session", Permission.TRAINING_FILE) as held:
        if held.state == SessionState.CANCELLED:
            raise SituationForbids("这个班次已取消，不用备案。")
        held.filed_with, held.filed_on, held.filing_number = department, filed_on, number.strip()
        held.save()
    return held


def hold_session(*, by: User, at: datetime, session: TrainingSession, version: int) -> TrainingSession:
    """The session is over and people came: it counts; its cost is settled at the standard of its first day.

    Raises NotPermitted, StaleVersion; SituationForbids for one that is not over, and without anybody.
    """
    with _on(by, at, session, version, "hold_session", Permission.TRAINING_RECORD) as held:
        check_planned(held)
        check_over(held, local_day(at))
        if not held.participations.exists():
            raise SituationForbids("还没有登记任何人参训，不能算办了班。请先登记参训名单。")
        held.state, held.held_on = SessionState.HELD, local_day(at)
        held.standard_fen = value("training_cost_a_day", on=held.starts_on, place=held.place)
        settle_cost(held)
        note_record(one for found in county_offices(held.place).values() for one in found)
    return held


def cancel_session(
    *, by: User, at: datetime, session: TrainingSession, version: int, reason: str
) -> TrainingSession:
    """A planned session that is not held; raises NotPermitted, StaleVersion, SituationForbids."""
    with _on(by, at, session, version, "cancel_session", Permission.TRAINING_MANAGE) as held:
        check_planned(held)
        if held.participations.exists():
            raise SituationForbids("已有人参训，不能取消。没办完的，请改结束日期再登记办班。")
        held.state, held.cancel_reason = SessionState.CANCELLED, reason
        held.save()
    return held


def settle_cost(session: TrainingSession) -> None:
    """People and cost as the list of those who came says now; inside ``recording``."""
    session.people = session.participations.count()
    if session.standard_fen is not None:
        session.cost_fen = session.standard_fen * session.people * session.days
    session.save()


def _check(arrangement: Arrangement, place: str) -> None:
    check_order(arrangement.starts_on, arrangement.ends_on)
    check_length(arrangement.starts_on, arrangement.ends_on)
    check_mode(arrangement.mode, arrangement.point, arrangement.teachers)
    check_in_term(arrangement.starts_on, arrangement.point, arrangement.teachers)
    if arrangement.fund:
        check_word("training_funds", "经费来源", arrangement.fund, arrangement.starts_on, place)
    if arrangement.expected < 1:
        raise SituationForbids("计划人数至少 1 人。")


def _write(session: TrainingSession, arrangement: Arrangement) -> None:
    for name in ("mode", "starts_on", "ends_on", "location", "expected", "point", "fund"):
        setattr(session, name, getattr(arrangement, name))
    session.save()
    wanted = {one.pk for one in arrangement.teachers}
    Appearance.objects.filter(session=session).exclude(teacher__in=wanted).delete()
    there = set(Appearance.objects.filter(session=session).values_list("teacher", flat=True))
    for teacher in arrangement.teachers:
        if teacher.pk not in there:
            Appearance.objects.create(session=session, teacher=teacher)


@contextmanager
def _on(
    by: User, at: datetime, session: TrainingSession, version: int, verb: str, permission: Permission
) -> Iterator[TrainingSession]:
    """The session, held for one step of somebody who saw it as it is."""
    require(by, permission, session.place)
    with recording(by=by, at=at, verb=verb) as change:
        held = current(session, version, "这个班次")
        yield held
        _note(by, at, verb, held, change)


def _note(by: User, at: datetime, verb: str, session: TrainingSession, change: Change) -> None:
    data = {"session": str(session.uid), "state": session.state}
    audit.record(by=by, at=at, verb=verb, subject=session.course.subject, data=data, change=change)

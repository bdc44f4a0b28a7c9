"""What a session allows (C-003, C-004, C-005)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from bangfu.core.errors import SituationForbids
from bangfu.training.enums.courses import Mode, SessionState
from bangfu.training.enums.people import TeacherKind
from bangfu.training.models import Course, ObservationPoint, Teacher, TrainingSession
from bangfu.training.terms import hours_text

SPEAKING = (TeacherKind.EXAMPLE, TeacherKind.DEMONSTRATION, TeacherKind.CADRE)
"""Who can tell of themselves."""
LONGEST_DAYS = 60


def check_planned(session: TrainingSession) -> None:
    """A session that is held or cancelled is not planned any more."""
    if session.state != SessionState.PLANNED:
        raise SituationForbids(f"这个班次“{session.get_state_display()}”，不能再改安排。")


def check_length(starts_on: date, ends_on: date) -> None:
    """Nobody holds a session for months; a wrong year is caught here."""
    days = (ends_on - starts_on).days + 1
    if days > LONGEST_DAYS:
        raise SituationForbids(
            f"一个班次 {days} 天，太长了（最多 {LONGEST_DAYS} 天）。请核对年份，或分成几期。"
        )


def check_mode(mode: str, point: ObservationPoint | None, teachers: Iterable[Teacher]) -> None:
    """A site visit has a point to look at, a testimony somebody who tells of themselves."""
    if mode == Mode.SITE_VISIT and point is None:
        raise SituationForbids("现场观摩要选一个观摩点或样板村。")
    if mode == Mode.TESTIMONY and not any(one.kind in SPEAKING for one in teachers):
        raise SituationForbids("现身说法要有典型户、科技示范户或优秀驻村干部出场，请在师资里选。")


def check_in_term(starts_on: date, point: ObservationPoint | None, teachers: Iterable[Teacher]) -> None:
    """Teachers and points are still there on the day."""
    called: list[Teacher | ObservationPoint] = [*teachers, *([point] if point else [])]
    for one in called:
        if one.valid_from > starts_on or (one.valid_to is not None and one.valid_to < starts_on):
            raise SituationForbids(f"{one.name}在 {starts_on} 不在库里（自 {one.valid_from} 起）。请另选。")


def check_begun(session: TrainingSession, today: date) -> None:
    """Nobody came to a session that has not begun or that was cancelled."""
    if session.state == SessionState.CANCELLED:
        raise SituationForbids("这个班次已取消，不能登记参训。")
    if session.starts_on > today:
        raise SituationForbids(f"这个班次 {session.starts_on} 才开始，还不能登记谁来了。")


def check_over(session: TrainingSession, today: date) -> None:
    """Only what is over was held."""
    if session.ends_on > today:
        raise SituationForbids(f"这个班次 {session.ends_on} 才结束，还不能登记为已办班。")


def check_hours(course: Course, hours: Decimal, name: str) -> None:
    """Nobody attends more than was taught, or nothing at all."""
    if not 0 < hours <= course.hours:
        raise SituationForbids(
            f"{name}：学时 {hours} 不对，这门课每人最多 {hours_text(course.hours)} 学时。请改成实际的。"
        )

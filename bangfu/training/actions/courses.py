"""Needs that people name, and the courses made of them (C-006, C-182, C-200)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.households.actions.locking import current
from bangfu.households.reckoning.days import local_day
from bangfu.training.models import Course, Teacher, TrainingNeed
from bangfu.training.policies.days import check_not_future, check_word


@dataclass(frozen=True)
class Need:
    """How many of an audience ask for a topic."""

    surveyed_on: date
    audience: str
    topic: str
    asking: int
    note: str = ""


@dataclass(frozen=True)
class CourseFacts:
    """What a course is; ``hours`` is what one session teaches."""

    title: str
    organiser: str
    audience: str
    classroom: str
    hours: Decimal
    content: str
    materials: str = ""
    need: TrainingNeed | None = None
    teacher: Teacher | None = None


def record_training_need(*, by: User, at: datetime, region: Region, need: Need) -> TrainingNeed:
    """Note how many ask for what.

    Raises NotPermitted; SituationForbids for a day to come, an unknown audience, and nobody asking.
    """
    require(by, Permission.TRAINING_RECORD, region.code)
    check_not_future("调研日期", need.surveyed_on, local_day(at))
    check_word("training_audiences", "对象", need.audience, need.surveyed_on, region.code)
    if need.asking < 1:
        raise SituationForbids("多少人想学：至少 1 人。")
    with recording(by=by, at=at, verb="record_training_need", effective_on=need.surveyed_on) as change:
        made = TrainingNeed.objects.create(region=region, place=region.code, recorded_by=by, **asdict(need))
        data = {"need": str(made.uid), "asking": made.asking}
        audit.record(by=by, at=at, verb="record_training_need", place=region.code, data=data, change=change)
    return made


def plan_course(*, by: User, at: datetime, region: Region, facts: CourseFacts) -> Course:
    """A new course, with a subject for its materials; raises NotPermitted, SituationForbids."""
    require(by, Permission.TRAINING_MANAGE, region.code)
    _check(facts, local_day(at), region.code)
    with recording(by=by, at=at, verb="plan_course") as change:
        subject = Subject.objects.create(kind=SubjectKind.COURSE, place=region.code, label=facts.title)
        course = Course(subject=subject, region=region, place=region.code)
        _write(course, facts)
        audit.record(by=by, at=at, verb="plan_course", subject=subject, change=change)
    return course


def edit_course(*, by: User, at: datetime, course: Course, version: int, facts: CourseFacts) -> Course:
    """Change a course; raises NotPermitted, StaleVersion, SituationForbids."""
    require(by, Permission.TRAINING_MANAGE, course.place)
    _check(facts, local_day(at), course.place)
    with recording(by=by, at=at, verb="edit_course") as change:
        held = current(course, version, "这门课程")
        _check_hours_given(held, facts.hours)
        _write(held, facts)
        Subject.objects.filter(pk=held.subject_id).update(label=facts.title)
        audit.record(by=by, at=at, verb="edit_course", subject=held.subject, change=change)
    return held


def _check(facts: CourseFacts, today: date, place: str) -> None:
    check_word("training_audiences", "对象", facts.audience, today, place)
    check_word("training_classrooms", "课堂", facts.classroom, today, place)
    if facts.hours <= 0:
        raise SituationForbids("学时要大于 0。")


def _check_hours_given(course: Course, hours: Decimal) -> None:
    """Hours do not fall below what somebody has attended."""
    sessions = course.sessions.filter(participations__hours__gt=hours)
    if sessions.exists():
        raise SituationForbids(f"已有人登记的学时超过 {hours}，课程学时不能改这么少。请先改参训登记。")


def _write(course: Course, facts: CourseFacts) -> None:
    for name in ("title", "organiser", "audience", "classroom", "hours", "content", "materials"):
        setattr(course, name, getattr(facts, name))
    course.need, course.teacher = facts.need, facts.teacher
    course.save()

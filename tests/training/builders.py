"""Made-up courses, sessions and teachers through the real actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.training.actions.courses import CourseFacts, plan_course
from bangfu.training.actions.participation import Attendant, record_participation
from bangfu.training.actions.sessions import Arrangement, hold_session, plan_session
from bangfu.training.actions.teachers import PointFacts, TeacherFacts, register_observation_point
from bangfu.training.actions.teachers import register_teacher as take_in
from bangfu.training.enums.courses import Mode
from bangfu.training.enums.people import PointKind, TeacherKind
from bangfu.training.models import Course, ObservationPoint, Teacher, TrainingSession
from tests.cast import COUNTY, NOW, TODAY, VILLAGE, make_user

Regions = Mapping[str, Region]


def person(role: str, place: str = COUNTY) -> User:
    """Somebody with the role, made once."""
    username = f"{role}-{place}"
    return User.objects.filter(username=username).first() or make_user(role, place)


def course_of(regions: Regions, place: str = COUNTY, **more: Any) -> Course:
    facts: dict[str, Any] = {
        "title": "核桃提质",
        "organiser": "县帮扶办",
        "audience": "户代表",
        "classroom": "田间课堂",
        "hours": Decimal(4),
        "content": "修剪、病虫害",
    }
    return plan_course(
        by=person("county_office"), at=NOW, region=regions[place], facts=CourseFacts(**facts | more)
    )


def teacher_of(regions: Regions, kind: TeacherKind = TeacherKind.EXPERT, **more: Any) -> Teacher:
    facts: dict[str, Any] = {
        "kind": kind,
        "name": f"熊{kind.label}",
        "unit_name": "农技站",
        "field": "核桃",
        "qualification": "农艺师",
        "valid_from": date(2026, 1, 1),
    }
    return take_in(
        by=person("county_office"), at=NOW, region=regions[COUNTY], facts=TeacherFacts(**facts | more)
    )


def point_of(regions: Regions) -> ObservationPoint:
    facts = PointFacts(PointKind.SAMPLE_VILLAGE, "上寨村", "中药材套种", date(2026, 1, 1))
    return register_observation_point(
        by=person("county_office"), at=NOW, region=regions[VILLAGE], facts=facts
    )


def arrangement(starts_on: date = TODAY, **more: Any) -> Arrangement:
    facts: dict[str, Any] = {
        "mode": Mode.LECTURE,
        "starts_on": starts_on,
        "ends_on": starts_on,
        "location": "村活动室",
        "expected": 30,
    }
    return Arrangement(**facts | more)


def session_of(
    regions: Regions, course: Course, starts_on: date = TODAY - timedelta(days=3), **more: Any
) -> TrainingSession:
    """A session in the village of the cast, planned."""
    return plan_session(
        by=person("county_office"),
        at=NOW,
        course=course,
        region=regions[more.pop("place", VILLAGE)],
        arrangement=arrangement(starts_on, **more),
    )


def came(
    session: TrainingSession, *names: str, hours: Decimal = Decimal(4), coming_from: str = "上寨村"
) -> None:
    """Put names on the session's list."""
    people = [Attendant(name, coming_from, hours) for name in names]
    record_participation(by=person("county_office"), at=NOW, session=session, attendants=people)
    session.refresh_from_db()


def held_of(regions: Regions, course: Course, starts_on: date, *names: str, **more: Any) -> TrainingSession:
    """A session that was held, with these people."""
    session = session_of(regions, course, starts_on, **more)
    came(session, *(names or ("杨志明",)))
    return hold_session(by=person("county_office"), at=NOW, session=session, version=session.version)

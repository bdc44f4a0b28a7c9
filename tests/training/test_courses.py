"""From a need to a course (C-006, C-182, C-200)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region, Subject
from bangfu.core.parameters import supersede_parameter
from bangfu.training.actions.courses import CourseFacts, Need, edit_course, record_training_need
from bangfu.training.models import Course, TrainingNeed
from bangfu.training.queries.seen import needs_seen
from tests.cast import COUNTY, NOW, TODAY, TOWN, VILLAGE
from tests.training.builders import came, course_of, person, session_of

pytestmark = pytest.mark.django_db


def facts_of(course: Course, **more: object) -> CourseFacts:
    names = ("title", "organiser", "audience", "classroom", "hours", "content", "materials")
    return CourseFacts(**{name: getattr(course, name) for name in names} | more)


def need_in(regions: dict[str, Region], **more: object) -> TrainingNeed:
    facts: dict = {"surveyed_on": TODAY, "audience": "户代表", "topic": "核桃修剪", "asking": 46} | more
    return record_training_need(
        by=person("village", VILLAGE), at=NOW, region=regions[VILLAGE], need=Need(**facts)
    )


def test_a_village_says_how_many_ask_and_a_course_answers(regions: dict[str, Region]) -> None:
    need = need_in(regions)
    (seen,) = needs_seen(person("county_office"))
    assert (seen.asking, seen.answered) == (46, False)
    course = course_of(regions, need=need)
    assert course.need == need
    assert needs_seen(person("county_office")).get().answered is True
    assert AuditEvent.objects.get(verb="record_training_need").data == {"need": str(need.uid), "asking": 46}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"surveyed_on": TODAY + timedelta(days=1)}, "还没到"),
        ({"asking": 0}, "至少 1 人"),
        ({"audience": "外星人"}, "不在县里定的里面"),
    ],
)
def test_a_need_that_cannot_be_is_refused(regions: dict[str, Region], more: dict, why: str) -> None:
    with pytest.raises(SituationForbids, match=why):
        need_in(regions, **more)
    assert not TrainingNeed.objects.exists()


def test_who_manages_trainings_makes_courses(regions: dict[str, Region]) -> None:
    course = course_of(regions)
    assert course.subject.label == "核桃提质"
    for role, place in (("village", VILLAGE), ("department", COUNTY), ("leader", COUNTY)):
        with pytest.raises(NotPermitted):
            edit_course(by=person(role, place), at=NOW, course=course, version=1, facts=facts_of(course))
    with pytest.raises(NotPermitted):
        edit_course(by=person("township", TOWN), at=NOW, course=course, version=1, facts=facts_of(course))


def test_of_two_who_edit_one_wins(regions: dict[str, Region]) -> None:
    course = course_of(regions)
    by = person("county_office")
    edit_course(by=by, at=NOW, course=course, version=1, facts=facts_of(course, title="核桃高产"))
    with pytest.raises(StaleVersion, match="刚被别人改过"):
        edit_course(by=by, at=NOW, course=course, version=1, facts=facts_of(course, title="别的"))
    assert Course.objects.get().title == "核桃高产"
    assert Subject.objects.get(pk=course.subject_id).label == "核桃高产"


def test_hours_do_not_fall_below_what_was_attended(regions: dict[str, Region]) -> None:
    course = course_of(regions)
    came(session_of(regions, course), "杨志明", hours=Decimal("3.5"))
    change = {"by": person("county_office"), "at": NOW, "course": course, "version": 1}
    with pytest.raises(SituationForbids, match="不能改这么少"):
        edit_course(**change, facts=facts_of(course, hours=Decimal(3)))
    assert edit_course(**change, facts=facts_of(course, hours=Decimal("3.5"))).hours == Decimal("3.5")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"hours": Decimal(0)}, "学时要大于 0"),
        ({"classroom": "空中课堂"}, "不在县里定的里面"),
        ({"audience": "外星人"}, "不在县里定的里面"),
    ],
)
def test_a_course_that_cannot_be_is_refused(regions: dict[str, Region], more: dict, why: str) -> None:
    with pytest.raises(SituationForbids, match=why):
        course_of(regions, **more)


def test_a_county_names_its_own_classrooms(regions: dict[str, Region]) -> None:
    supersede_parameter(
        by=person("county_office"),
        at=NOW,
        code="training_classrooms",
        text="空中课堂\n火塘课堂",
        place=COUNTY,
        valid_from=TODAY,
        basis="县培训方案",
        grade="官",
    )
    assert course_of(regions, classroom="火塘课堂").classroom == "火塘课堂"
    with pytest.raises(SituationForbids):
        course_of(regions, title="另一门")

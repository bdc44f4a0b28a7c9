"""Sessions: arranged, filed, held, paid for (C-001 to C-005, C-198)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import Region
from bangfu.core.parameters import supersede_parameter
from bangfu.training.actions.sessions import (
    cancel_session,
    edit_session,
    file_session,
    hold_session,
    plan_session,
)
from bangfu.training.actions.teachers import end_teacher
from bangfu.training.enums.courses import Mode, SessionState
from bangfu.training.enums.people import TeacherKind
from bangfu.training.models import TrainingSession
from bangfu.training.queries.seen import points_seen, teachers_seen
from tests.cast import COUNTY, NOW, OTHER_TOWN, OTHER_VILLAGE, TODAY, TOWN
from tests.training.builders import (
    arrangement,
    came,
    course_of,
    held_of,
    person,
    point_of,
    session_of,
    teacher_of,
)

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def hold(session: TrainingSession) -> TrainingSession:
    return hold_session(by=person("county_office"), at=NOW, session=session, version=session.version)


def test_the_cost_is_standard_times_people_times_days(regions: dict[str, Region]) -> None:
    session = session_of(regions, course_of(regions), date(2026, 11, 16), ends_on=date(2026, 11, 18))
    came(session, "杨志明", "罗秀兰")
    held = hold(session)
    assert (held.state, held.held_on) == (SessionState.HELD, TODAY)
    assert (held.people, held.days, held.standard_fen) == (2, 3, 550_00)
    assert held.cost_fen == 2 * 3 * 550_00


def test_the_standard_is_that_of_the_first_day_and_stays(regions: dict[str, Region]) -> None:
    course = course_of(regions)
    before = held_of(regions, course, date(2026, 10, 12))
    supersede_parameter(
        by=person("county_office"),
        at=NOW,
        code="training_cost_a_day",
        text="120",
        place=COUNTY,
        valid_from=date(2026, 11, 1),
        basis="县财政局标准",
        grade="官",
    )
    assert held_of(regions, course, date(2026, 10, 31)).standard_fen == 550_00
    assert held_of(regions, course, date(2026, 11, 1)).standard_fen == 120_00
    came(before, "李小军")
    assert (before.people, before.cost_fen) == (2, 2 * 550_00), "补登一个人，按当时的标准算"


def test_what_is_not_over_was_not_held(regions: dict[str, Region]) -> None:
    running = session_of(regions, course_of(regions), TODAY, ends_on=TOMORROW)
    came(running, "杨志明")
    with pytest.raises(SituationForbids, match="才结束"):
        hold(running)
    over = session_of(regions, course_of(regions, title="另一门"), TODAY)
    came(over, "杨志明")
    assert hold(over).state == SessionState.HELD, "结束那天就能登记"


def test_a_session_without_anybody_was_not_held(regions: dict[str, Region]) -> None:
    session = session_of(regions, course_of(regions))
    with pytest.raises(SituationForbids, match="还没有登记任何人"):
        hold(session)
    session.refresh_from_db()
    assert (session.state, session.cost_fen) == (SessionState.PLANNED, None)


def test_nobody_is_listed_for_a_session_to_come(regions: dict[str, Region]) -> None:
    with pytest.raises(SituationForbids, match="才开始"):
        came(session_of(regions, course_of(regions), TOMORROW), "杨志明")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"ends_on": TODAY - timedelta(days=4)}, "早于开始"),
        ({"ends_on": TODAY + timedelta(days=57)}, "太长"),
        ({"expected": 0}, "至少 1 人"),
        ({"fund": "小金库"}, "不在县里定的里面"),
        ({"mode": Mode.SITE_VISIT}, "观摩点"),
        ({"mode": Mode.TESTIMONY}, "典型户"),
    ],
)
def test_an_arrangement_that_cannot_be_is_refused(regions: dict[str, Region], more: dict, why: str) -> None:
    with pytest.raises(SituationForbids, match=why):
        session_of(regions, course_of(regions), **more)
    assert not TrainingSession.objects.exists()


def test_a_session_of_sixty_days_is_the_longest(regions: dict[str, Region]) -> None:
    session = session_of(regions, course_of(regions), TODAY, ends_on=TODAY + timedelta(days=59))
    assert session.days == 60


def test_an_example_household_tells_and_the_appearance_is_counted(regions: dict[str, Region]) -> None:
    expert, example = teacher_of(regions), teacher_of(regions, TeacherKind.EXAMPLE)
    course = course_of(regions)
    with pytest.raises(SituationForbids, match="典型户"):
        session_of(regions, course, mode=Mode.TESTIMONY, teachers=(expert,))
    session = session_of(regions, course, mode=Mode.TESTIMONY, teachers=(expert, example))
    by = person("county_office")
    assert teachers_seen(by).get(pk=example.pk).appeared == 0, "没办班不算出场"
    came(session, "杨志明")
    hold(session)
    assert teachers_seen(by).get(pk=example.pk).appeared == 1


def test_a_site_visit_goes_to_a_sample_village(regions: dict[str, Region]) -> None:
    point = point_of(regions)
    held_of(regions, course_of(regions), TODAY, mode=Mode.SITE_VISIT, point=point)
    assert points_seen(person("county_office")).get().visits == 1


def test_who_has_left_does_not_teach(regions: dict[str, Region]) -> None:
    teacher = teacher_of(regions)
    end_teacher(
        by=person("county_office"),
        at=NOW,
        teacher=teacher,
        version=1,
        valid_to=date(2026, 11, 1),
        reason="调走",
    )
    teacher.refresh_from_db()
    course = course_of(regions)
    with pytest.raises(SituationForbids, match="不在库里"):
        session_of(regions, course, date(2026, 11, 2), teachers=(teacher,))
    assert session_of(regions, course, date(2026, 11, 1), teachers=(teacher,)).appearances.count() == 1


def test_a_session_lies_within_the_courses_place(regions: dict[str, Region]) -> None:
    course = course_of(regions, TOWN)
    with pytest.raises(SituationForbids, match="不在这门课的主办地"):
        session_of(regions, course, place=OTHER_VILLAGE)


def test_of_two_who_edit_a_session_one_wins(regions: dict[str, Region]) -> None:
    session = session_of(regions, course_of(regions))
    change = {"by": person("county_office"), "at": NOW, "session": session, "version": session.version}
    edit_session(**change, arrangement=arrangement(location="县委党校"))
    with pytest.raises(StaleVersion):
        edit_session(**change, arrangement=arrangement(location="别处"))
    assert TrainingSession.objects.get().location == "县委党校"


def test_what_was_held_is_not_arranged_otherwise(regions: dict[str, Region]) -> None:
    held = held_of(regions, course_of(regions), TODAY)
    with pytest.raises(SituationForbids, match="不能再改安排"):
        edit_session(
            by=person("county_office"), at=NOW, session=held, version=held.version, arrangement=arrangement()
        )


def test_the_department_files_and_does_not_manage(regions: dict[str, Region]) -> None:
    session = session_of(regions, course_of(regions))
    department = person("department")
    filing = {"at": NOW, "session": session, "version": session.version, "department": "县农业农村局"}
    with pytest.raises(NotPermitted):
        file_session(by=person("township", TOWN), filed_on=TODAY, **filing)
    with pytest.raises(SituationForbids, match="还没到"):
        file_session(by=department, filed_on=TOMORROW, **filing)
    filed = file_session(by=department, filed_on=TODAY, number="备 3 号", **filing)
    assert (filed.filed_with, filed.filed_on, filed.filing_number) == ("县农业农村局", TODAY, "备 3 号")
    with pytest.raises(NotPermitted):
        cancel_session(by=department, at=NOW, session=filed, version=filed.version, reason="不办了")


def test_a_session_with_people_is_not_cancelled(regions: dict[str, Region]) -> None:
    by, course = person("county_office"), course_of(regions)
    session = session_of(regions, course)
    came(session, "杨志明")
    with pytest.raises(SituationForbids, match="不能取消"):
        cancel_session(by=by, at=NOW, session=session, version=session.version, reason="下雨")
    empty = session_of(regions, course)
    cancelled = cancel_session(by=by, at=NOW, session=empty, version=empty.version, reason="下雨")
    assert (cancelled.state, cancelled.cancel_reason) == (SessionState.CANCELLED, "下雨")
    with pytest.raises(SituationForbids, match="已取消"):
        came(cancelled, "杨志明")


def test_another_township_arranges_nothing_here(regions: dict[str, Region]) -> None:
    course = course_of(regions)
    with pytest.raises(NotPermitted):
        plan_session(
            by=person("township", OTHER_TOWN),
            at=NOW,
            course=course,
            region=regions[TOWN],
            arrangement=arrangement(),
        )

"""The year by audience and month, what is missing, and what is owed (C-001, C-002, C-003, C-202)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import Unit, User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region
from bangfu.core.parameters import supersede_parameter
from bangfu.metrics.counting import count, figure
from bangfu.metrics.registry import all_metrics
from bangfu.support.actions.parties import party_of_unit
from bangfu.training.actions.participation import Answer, record_follow_up
from bangfu.training.enums.courses import Mode
from bangfu.training.enums.people import Effect, Means, TeacherKind
from bangfu.training.queries.calendar import Line, missing, year_of_training
from bangfu.training.queries.totals import effects_in, hours_of, tables_of, times_in
from bangfu.training.sources import AUDIENCES, shown_sessions, trainings_held
from bangfu.training.terms import audiences
from tests.cast import COUNTY, NOW, OTHER_TOWN, TODAY, TOWN
from tests.training.builders import course_of, held_of, person, session_of, teacher_of

pytestmark = pytest.mark.django_db


def line_of(regions: dict[str, Region], audience: str, place: str = COUNTY, today: date = TODAY) -> Line:
    lines = year_of_training(person("county_office"), regions[place], 2026, today)
    return next(line for line in lines if line.audience == audience)


def words(line: Line, today: date = TODAY) -> list[tuple[str, str]]:
    return [one.words(today) for one in line.windows]


def test_each_quarter_says_done_missing_or_due(regions: dict[str, Region]) -> None:
    course = course_of(regions, audience="村干部")
    held_of(regions, course, date(2026, 1, 1))
    held_of(regions, course, date(2026, 3, 31))
    line = line_of(regions, "村干部")
    assert line.frequency == "每季度一班"
    assert (line.held[0], line.held[2], line.total) == (1, 1, 2)
    assert words(line) == [
        ("ok", "一季度办了 2 班"),
        ("bad", "二季度没有办，已过 145 天"),
        ("bad", "三季度没有办，已过 53 天"),
        ("warn", "四季度还没有办，剩 39 天"),
    ]


def test_a_window_is_missed_from_the_day_after_its_end(regions: dict[str, Region]) -> None:
    line = line_of(regions, "户代表", today=date(2026, 6, 30))
    assert words(line, date(2026, 6, 30)) == [("warn", "上半年还没有办，剩 0 天"), ("off", "下半年还没到")]
    assert words(line, date(2026, 7, 1))[0] == ("bad", "上半年没有办，已过 1 天")


def test_what_is_planned_is_not_missing_yet(regions: dict[str, Region]) -> None:
    session_of(regions, course_of(regions), TODAY + timedelta(days=8))
    line = line_of(regions, "户代表")
    assert words(line)[1] == ("now", "下半年安排在 11-30")
    assert (line.planned[10], line.total) == (1, 0)
    lines = year_of_training(person("county_office"), regions[COUNTY], 2026, TODAY)
    assert [(one.audience, one.label) for one in missing(lines, TODAY) if one.audience == "户代表"] == [
        ("户代表", "上半年")
    ]


def test_what_is_owed_is_owed_by_the_county(regions: dict[str, Region]) -> None:
    held_of(regions, course_of(regions), date(2026, 5, 6))
    assert line_of(regions, "户代表", TOWN).windows == ()
    assert line_of(regions, "户代表", TOWN).total == 1
    assert line_of(regions, "户代表", OTHER_TOWN).total == 0


def test_a_county_sets_who_is_owed_what(regions: dict[str, Region]) -> None:
    supersede_parameter(
        by=person("county_office"),
        at=NOW,
        code="training_quarterly_audiences",
        text="户代表",
        place=COUNTY,
        valid_from=date(2026, 1, 1),
        basis="县培训方案",
        grade="官",
    )
    supersede_parameter(
        by=person("county_office"),
        at=NOW,
        code="training_half_yearly_audiences",
        text="村干部",
        place=COUNTY,
        valid_from=date(2026, 1, 1),
        basis="县培训方案",
        grade="官",
    )
    assert line_of(regions, "户代表").frequency == "每季度一班"
    assert line_of(regions, "村干部").frequency == "每半年一班"
    assert line_of(regions, "驻村工作队员").frequency == ""


def test_person_times_by_audience_classroom_and_mode(regions: dict[str, Region]) -> None:
    example = teacher_of(regions, TeacherKind.EXAMPLE)
    held_of(regions, course_of(regions), date(2026, 5, 6), "杨志明", "罗秀兰", "李小军")
    other = course_of(regions, title="政策", audience="村干部", classroom="夜校课堂")
    held_of(regions, other, date(2026, 6, 6), "杨志明", mode=Mode.TESTIMONY, teachers=(example,))
    held_of(regions, other, date(2025, 12, 31), "去年的")
    session_of(regions, other, date(2026, 7, 7))
    by = person("county_office")
    rows = times_in(by, COUNTY, 2026)
    assert rows.count() == 4, "同一个人两个班次算两人次；没办的和去年的不数"
    assert hours_of(rows) == "16"
    found = {
        table.title: [(one.label, one.people, one.sessions) for one in table.groups]
        for table in tables_of(rows)
    }
    assert found == {
        "按对象": [("户代表", 3, 1), ("村干部", 1, 1)],
        "按课堂": [("田间课堂", 3, 1), ("夜校课堂", 1, 1)],
        "按方式": [("课堂讲授", 3, 1), ("现身说法", 1, 1)],
    }


def test_the_metric_is_the_list_it_opens(
    regions: dict[str, Region], signed_in: Callable[[User], Client]
) -> None:
    held_of(regions, course_of(regions), date(2026, 5, 6), "杨志明", "罗秀兰")
    example = teacher_of(regions, TeacherKind.EXAMPLE)
    held_of(
        regions,
        course_of(regions, title="二"),
        date(2026, 6, 6),
        "李小军",
        mode=Mode.TESTIMONY,
        teachers=(example,),
    )
    held_of(regions, course_of(regions, title="三"), date(2025, 5, 6), "去年")
    by, metrics = person("county_office"), all_metrics()
    assert count(metrics["training_person_times"], by, COUNTY, TODAY) == 3
    share = figure(metrics["training_by_testimony"], by, COUNTY, TODAY)
    assert (share.count, share.of) == (1, 3)
    browser = signed_in(by)
    page = browser.get(metrics["training_by_testimony"].list_url(COUNTY, TODAY)).content.decode()
    assert "李小军" in page and "罗秀兰" not in page and "去年" not in page


def test_effects_are_counted_in_words(regions: dict[str, Region]) -> None:
    held = held_of(regions, course_of(regions), date(2026, 5, 6), "杨志明", "罗秀兰")
    by = person("county_office")
    for row in held.participations.all():
        answer = Answer(TODAY, Means.TELEPHONE, Effect.USED)
        record_follow_up(by=by, at=NOW, participation=row, answer=answer)
    counts = dict(effects_in(by, COUNTY, 2026))
    assert (counts[Effect.USED], counts[Effect.NOT_USED]) == (2, 0)


def test_the_first_page_says_what_is_missing_and_opens_its_lists(
    regions: dict[str, Region], signed_in: Callable[[User], Client]
) -> None:
    held_of(regions, course_of(regions), date(TODAY.year, 5, 6))
    browser = signed_in(person("county_office"))
    page = browser.get(reverse("training") + "?year=2026").content.decode()
    assert "上半年办了 1 班" in page and "没有办" in page
    assert "f_audience=%E6%88%B7%E4%BB%A3%E8%A1%A8" in page
    assert browser.get(reverse("training") + "?year=abc").status_code == 200


def test_who_sees_services_only_sees_no_training(
    regions: dict[str, Region], signed_in: Callable[[User], Client]
) -> None:
    page = signed_in(person("helper")).get(reverse("training")).content.decode()
    assert "服务待接单" in page and "培训日历" not in page and reverse("course_list") not in page


def test_every_matcher_looks_for_an_audience_that_is_shipped(regions: dict[str, Region]) -> None:
    assert set(AUDIENCES.values()) < set(audiences(TODAY, COUNTY))


def test_a_session_satisfies_the_duty_of_the_countys_office(regions: dict[str, Region]) -> None:
    unit = Unit.objects.create(name="县帮扶办", kind="county_office", place=COUNTY)
    foreign = Unit.objects.create(name="外县帮扶办", kind="county_office", place="530998")
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        office, other = party_of_unit(unit).subject_id, party_of_unit(foreign).subject_id
    held = held_of(regions, course_of(regions), date(2026, 5, 6))
    session_of(regions, course_of(regions, title="没办的"), date(2026, 5, 7))
    year = (date(2026, 1, 1), date(2026, 12, 31))
    (done,) = trainings_held("户代表", *year, None)
    assert (done.holder, done.target, done.on) == (office, None, date(2026, 5, 6))
    assert list(trainings_held("村干部", *year, None)) == []
    assert list(trainings_held("户代表", *year, {other})) == []
    assert list(trainings_held("户代表", date(2026, 5, 7), year[1], None)) == []
    proof = shown_sessions(person("county_office"), [done.record])[done.record]
    assert proof.url == reverse("session_file", args=[held.uid])
    assert shown_sessions(person("finance_bureau"), [done.record])[done.record].url == ""

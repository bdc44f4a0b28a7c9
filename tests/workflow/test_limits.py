"""Limits: calendar and working days, holidays, a year without a table, pauses (UX 9)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.parameters import supersede_parameter
from bangfu.workflow.actions.holidays import load_holidays
from bangfu.workflow.actions.pausing import pause_flow, resume_flow
from bangfu.workflow.calendars import calendar_now, calendar_of, shipped_days
from bangfu.workflow.definition.model import LimitUnit
from bangfu.workflow.holiday_tables import read_table
from bangfu.workflow.limits import due_of
from tests.cast import COUNTY, NOW, TODAY, TOWN
from tests.workflow.room import make_run

pytestmark = pytest.mark.django_db
WORKING, CALENDAR = LimitUnit.WORKING, LimitUnit.CALENDAR
FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("start", "count", "unit", "last"),
    [
        (FRIDAY, 1, WORKING, date(2026, 11, 23)),
        (FRIDAY, 5, WORKING, date(2026, 11, 27)),
        (FRIDAY, 15, CALENDAR, date(2026, 12, 5)),
        (FRIDAY, 0, WORKING, FRIDAY),
        # 国庆 10 月 1 日至 7 日放假，10 月 10 日星期六上班
        (date(2026, 9, 30), 1, WORKING, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, WORKING, date(2026, 10, 10)),
        # 春节 2 月 15 日至 23 日放假，2 月 14 日星期六上班
        (date(2026, 2, 13), 2, WORKING, date(2026, 2, 24)),
    ],
)
def test_the_last_day(start, count, unit, last) -> None:
    calendar = calendar_of(shipped_days())
    assert calendar.add(start, count, unit) == last
    assert calendar.between(start, last, unit) == count
    assert calendar.between(last, start, unit) == -count


def test_the_shipped_tables_are_whole() -> None:
    days = shipped_days()
    assert {each.day.year for each in days} == {2025, 2026}
    for each in days:
        assert each.kind == "rest" or each.day.weekday() >= 5, f"{each.day} is worked anyway"
    assert len({each.day for each in days}) == len(days)


@pytest.mark.parametrize(
    ("on", "word", "kind"),
    [
        (date(2026, 11, 19), "剩3个工作日", "ok"),
        (FRIDAY, "剩2个工作日", "soon"),
        (date(2026, 11, 23), "剩1个工作日", "soon"),
        (date(2026, 11, 24), "今天到期", "soon"),
        (date(2026, 11, 25), "已超1个工作日", "overdue"),
        (date(2026, 11, 27), "已超3个工作日", "overdue"),
    ],
)
def test_what_is_said_of_a_limit(village, on, word, kind) -> None:
    run = make_run(village, discovered_on=date(2026, 11, 19), on=date(2026, 11, 19))
    due = due_of(run, on)
    assert (due.due_on, due.word, due.kind) == (date(2026, 11, 24), word, kind)
    assert "依据未核实" in due.explained and "测试习惯" in due.explained


def test_the_whole_runs_limit_counts_when_it_ends_first(village) -> None:
    run = make_run(village, discovered_on=TODAY - timedelta(14), on=TODAY)
    due = due_of(run, TODAY)
    assert (due.due_on, due.word) == (TODAY + timedelta(1), "剩1天")
    run = make_run(village, discovered_on=TODAY - timedelta(17), on=TODAY)
    assert due_of(run, TODAY).word == "已超2天"


def test_a_year_without_a_table_counts_weekends_and_says_so(village, county) -> None:
    run = make_run(village, discovered_on=TODAY, on=TODAY)
    assert "只扣了周末" not in due_of(run, TODAY).explained
    old = make_run(village, "旧事", discovered_on=date(2024, 9, 30), on=date(2024, 9, 30))
    assert old.step_due_on == date(2024, 10, 3)
    assert "2024年还没有节假日表，只扣了周末" in due_of(old, TODAY).explained

    table = read_table("2024-10-01至2024-10-07 放假 国庆节\n2024-10-12 上班 国庆节")
    moved = load_holidays(by=county, at=NOW, year=2024, days=table, basis="测试用表", grade="知")
    assert moved == 1
    old.refresh_from_db()
    assert old.step_due_on == date(2024, 10, 10)
    assert "只扣了周末" not in due_of(old, TODAY).explained
    run.refresh_from_db()
    assert run.version == 1, "what does not move is not written"


def test_a_loaded_year_takes_the_place_of_the_shipped_one(village, county) -> None:
    load_holidays(
        by=county, at=NOW, year=2026, days=read_table("2026-11-23 放假 州庆"), basis="州人民政府", grade="知"
    )
    calendar = calendar_now()
    assert not calendar.is_working(date(2026, 11, 23))
    assert calendar.is_working(date(2026, 10, 1)), "only what the county loaded holds for the year"
    assert 2025 in calendar.years


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("明年元旦放假", "第 1 行看不懂"),
        ("2027-02-30 放假 春节", "没有这一天"),
        ("2027-01-01 元旦", "没有写“放假”还是“上班”"),
        ("2027-02-11至2027-02-05 放假", "起止日期不对"),
    ],
)
def test_a_table_nobody_can_read_is_refused_by_line(text, sentence) -> None:
    with pytest.raises(SituationForbids, match=sentence):
        read_table(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-01-01 放假 元旦", "不是 2027 年的"),
        ("2027-01-01 放假 元旦\n2027-01-01 放假 元旦", "写了两次"),
        ("2027-01-04 上班 元旦", "本来就上班"),
        ("", "一天也没有"),
    ],
)
def test_a_table_that_cannot_be_is_refused(county, text, sentence) -> None:
    with pytest.raises(SituationForbids, match=sentence):
        load_holidays(by=county, at=NOW, year=2027, days=read_table(text), basis="测试", grade="知")


def test_only_who_manages_flows_loads_a_table(village) -> None:
    with pytest.raises(NotPermitted):
        load_holidays(
            by=village, at=NOW, year=2027, days=read_table("2027-01-01 放假 元旦"), basis="测试", grade="知"
        )


def test_a_pause_does_not_count(village) -> None:
    begun = TODAY - timedelta(6)  # 星期一
    run = make_run(village, discovered_on=begun, on=begun)
    assert (run.step_due_on, run.total_due_on) == (date(2026, 11, 19), date(2026, 12, 1))
    run = pause_flow(
        by=village, at=NOW, run=run, version=run.version, reason="等补材料", on=date(2026, 11, 17)
    )
    assert due_of(run, TODAY).word == "暂停，期限不走"
    run = resume_flow(by=village, at=NOW, run=run, version=run.version, on=FRIDAY)
    # 停了 17 日到 20 日：3 个工作日、3 天
    assert (run.step_due_on, run.total_due_on) == (date(2026, 11, 24), date(2026, 12, 4))


def test_a_pause_asks_for_a_reason_and_happens_once(village, county) -> None:
    run = make_run(village)
    with pytest.raises(SituationForbids, match="为什么暂停"):
        pause_flow(by=village, at=NOW, run=run, version=run.version, reason=" ")
    with pytest.raises(NotPermitted):
        pause_flow(by=county, at=NOW, run=run, version=run.version, reason="等补材料")
    paused = pause_flow(by=village, at=NOW, run=run, version=run.version, reason="等补材料")
    with pytest.raises(StaleVersion):
        pause_flow(by=village, at=NOW, run=run, version=run.version, reason="等补材料")
    with pytest.raises(SituationForbids, match="已经暂停"):
        pause_flow(by=village, at=NOW, run=paused, version=paused.version, reason="等补材料")
    with pytest.raises(SituationForbids, match="没有暂停"):
        going = resume_flow(by=village, at=NOW, run=paused, version=paused.version)
        resume_flow(by=village, at=NOW, run=going, version=going.version)


def test_a_townships_own_limit_holds_in_it(village, regions) -> None:
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        for place, days in ((COUNTY, "4"), (TOWN, "1")):
            supersede_parameter(
                by=SYSTEM,
                at=NOW,
                code="test_step_days",
                text=days,
                place=place,
                valid_from=date(2026, 1, 1),
                basis="测试",
                grade="知",
            )
    assert make_run(village).step_due_on == date(2026, 11, 23)
    assert make_run(SYSTEM, place="530999102001").step_due_on == date(2026, 11, 26)

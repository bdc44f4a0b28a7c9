"""Duties from YAML: each mistake with its line; the shipped ones name what rooms register (C-041, C-102)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu.duties.definition.reading import WrongDuties, read_duties
from bangfu.duties.enums import Each, WindowKind
from bangfu.duties.sources import matchers, shipped_duties, sources

GOOD = """duties:
  - code: research
    title: 调研
    what: 每年调研
    who: unit
    window: year
    at_least: 2
    matcher: visit
    each: holder
    from: 2016-01-01
    basis: 文件
    grade: 官
"""


def read(tmp_path: Path, text: str):
    path = tmp_path / "duties.yaml"
    path.write_text(text, "utf-8")
    return read_duties(path)


def test_a_duty_is_read_with_its_defaults(tmp_path: Path) -> None:
    (duty,) = read(tmp_path, GOOD)
    assert (duty.window, duty.each, duty.at_least) == (WindowKind.YEAR, Each.HOLDER, 2)
    assert (duty.tolerance_days, duty.reminder_days, duty.distinct, duty.valid_to) == (0, 7, False, None)


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("window: year", "window: weekly", 6, "只能是"),
        ("window: year", "window: days", 2, "一期几天"),
        ("at_least: 2", "at_least: 0", 7, "至少 1 次"),
        ("at_least: 2", "at_least: -1", 7, "不小于 0"),
        ("grade: 官", "grade: 甲", 12, "依据等级"),
        ("from: 2016-01-01", "from: 明天", 10, "应是日期"),
        ("    from: 2016-01-01\n", "", 2, "缺少 from"),
        ("from: 2016-01-01", "from: 2016-01-01\n    to: 2015-01-01", 11, "截止日早于"),
        ("code: research", "code: 调研", 2, "小写英文"),
        ("each: holder", "each: target\n    distinct: true", 10, "每个对象只算一次"),
        ("each: holder", "each: holder\n    distinct: 是", 10, "true 或 false"),
        ("who: unit", "whom: unit", 5, "不认识的键"),
        ("    basis: 文件\n", "", 2, "缺少 basis"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_cause(tmp_path, old, new, line, told) -> None:
    with pytest.raises(WrongDuties) as refused:
        read(tmp_path, GOOD.replace(old, new))
    assert any(f"duties.yaml:{line}:" in each and told in each for each in str(refused.value).splitlines())


def test_a_code_used_twice_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongDuties, match="用了两次"):
        read(tmp_path, GOOD + GOOD.removeprefix("duties:\n"))


def test_every_shipped_duty_names_a_registered_source_and_matcher() -> None:
    unknown = {
        duty.code: (duty.who, duty.matcher)
        for duty in shipped_duties()
        if duty.who not in sources() or duty.matcher not in matchers()
    }
    assert unknown == {}


def test_what_the_plans_ask_for_is_shipped() -> None:
    asked = {duty.code: (duty.window, duty.at_least) for duty in shipped_duties()}
    assert asked["county_research"] == (WindowKind.YEAR, 2)
    assert asked["unit_principal_visit"] == (WindowKind.TWO_MONTHS, 1)
    assert asked["unit_leadership_visit"] == (WindowKind.MONTH, 1)
    assert asked["unit_study"] == (WindowKind.QUARTER, 1)
    assert asked["township_liaison"] == asked["department_liaison"] == (WindowKind.YEAR, 2)
    assert asked["team_quarterly_report"] == (WindowKind.QUARTER, 1)
    assert asked["joint_meeting"] == (WindowKind.QUARTER, 1)
    assert asked["monthly_circular"] == (WindowKind.MONTH, 1)


def test_no_shipped_duty_claims_an_official_text_that_nobody_has_checked() -> None:
    assert all(duty.grade in "次码知" for duty in shipped_duties())

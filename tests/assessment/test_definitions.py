"""Schemes are read with every mistake named by its numbers; numbers become marks (C-089, C-179)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bangfu.assessment.definition.judging import Number, score, total
from bangfu.assessment.definition.model import Scheme
from bangfu.assessment.definition.reading import WrongScheme, read_scheme
from bangfu.assessment.versions import mistakes_in, shipped_texts
from tests.cast import make_user

HEAD = """id: one
title: 考核
basis: 县里
grade: 知
about: township
"""
WHO = "source: 台账, assessed_by: 县办"


def _scheme(*lines: str, more: str = "") -> Scheme:
    return read_scheme(_text(*lines, more=more))


def _text(*lines: str, more: str = "") -> str:
    body = "".join(f"  - {{id: i{at}, title: 第{at}项, {WHO}, {line}}}\n" for at, line in enumerate(lines, 1))
    return f"{HEAD}indicators:\n{body}{more}"


def _scored(rule: str, weight: str = "weight: 100") -> Scheme:
    return _scheme(f"{weight}, reading: problem_open, rule: {{{rule}}}")


def _marks(scheme: Scheme, value: str | None) -> Decimal:
    number = Number(None if value is None else Decimal(value), "读数")
    return score(scheme.indicators[0], number).points


@pytest.mark.parametrize(
    ("rule", "value", "points"),
    [
        ("kind: linear, from: 60, to: 100", "80", "50"),
        ("kind: linear, from: 60, to: 100", "59", "0"),
        ("kind: linear, from: 60, to: 100", "120", "100"),
        ("kind: linear, from: 10, to: 0", "4", "60"),
        ("kind: linear, from: 0, to: 3", "1", "33.33"),
        # 义务教育达标每降 0.1 个百分点扣 1 分
        ("kind: per_point, side: at_least, threshold: 100, step: 0.1, marks: 1, part: share", "99.5", "95"),
        ("kind: per_point, side: at_least, threshold: 100, step: 0.1, marks: 1, part: whole", "99.95", "100"),
        ("kind: per_point, side: at_least, threshold: 100, step: 0.1, marks: 1, part: begun", "99.95", "99"),
        ("kind: per_point, side: at_least, threshold: 100, step: 0.1, marks: 1, part: share", "50", "0"),
        ("kind: per_point, side: at_most, threshold: 0, step: 1, marks: 7, part: whole", "3", "79"),
        ("kind: per_point, side: below, threshold: 3, step: 1, marks: 7, part: whole", "3", "93"),
        ("kind: per_point, side: above, threshold: 3, step: 1, marks: 7, part: whole", "4", "100"),
        ("kind: steps, bands: [{from: 0, to: 90, marks: 0}, {from: 90, marks: 100}]", "89.99", "0"),
        ("kind: steps, bands: [{from: 0, to: 90, marks: 0}, {from: 90, marks: 100}]", "90", "100"),
    ],
)
def test_a_number_becomes_points(rule: str, value: str, points: str) -> None:
    assert _marks(_scored(rule), value) == Decimal(points)


def test_full_marks_are_weighed_and_a_rate_of_nothing_is_said() -> None:
    scheme = _scored("kind: linear, from: 0, to: 10", "weight: 100, full: 10")
    found = score(scheme.indicators[0], Number(Decimal(5), "5 个"))
    assert (found.marks, found.points) == (5, 50)
    assert "折合权重 100，计 50 分" in found.words
    line = "weight: 100, reading: problem_closed_rate, nothing: full, rule: {kind: linear, from: 0, to: 100}"
    assert _marks(_scheme(line), None) == 100
    assert _marks(_scheme(line.replace("full", "zero")), None) == 0


def test_bonus_deduction_veto_and_grades_make_the_total() -> None:
    scheme = _scheme(
        "weight: 100, by_hand: 没有记录",
        "kind: bonus, by_hand: 没有记录, each: 2, most: 5",
        "kind: deduction, by_hand: 没有记录, each: 2, most: 6",
        "kind: veto, reading: cases_outside, side: above, threshold: 0, cap: 80",
        more="grades: [{from: 0, to: 90, title: 一般}, {from: 90, title: 好}]\n",
    )

    def of(*values: int) -> tuple[Decimal, str, str]:
        numbers = [Number(Decimal(value), "") for value in values]
        made = [score(one, number) for one, number in zip(scheme.indicators, numbers, strict=True)]
        result = total(scheme, made)
        return result.points, result.grade, result.words

    assert of(92, 4, 1, 0)[:2] == (Decimal(95), "好")  # 加分 8 只算 5，扣 2
    assert of(92, 0, 9, 0)[:2] == (Decimal(86), "一般")  # 扣分最多 6
    points, grade, words = of(92, 4, 1, 3)
    assert (points, grade) == (Decimal(80), "一般")
    assert "否决，总分按 80 计" in words
    assert of(1, 0, 3, 0)[0] == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("weight: 95, by_hand: 没有", "权重合计 95，应为 100，少 5"),
        ("weight: 104.5, by_hand: 没有", "权重合计 104.5，应为 100，多 4.5"),
        ("weight: 100, reading: problem_open", "没有写计分规则"),
        ("weight: 100", "reading（从哪个口径算）和 by_hand"),
        (
            "weight: 100, reading: x, rule: {kind: per_point, threshold: 98, step: 1, marks: 1, part: whole}",
            "门槛 98 没有写方向",
        ),
        (
            "weight: 100, reading: x, "
            "rule: {kind: per_point, side: at_least, threshold: 98, step: 1, marks: 1}",
            "没有写 part",
        ),
        ("weight: 100, reading: x, rule: {kind: linear, from: 5, to: 5}", "from 和 to 都是 5"),
        (
            "weight: 100, reading: x, "
            "rule: {kind: steps, bands: [{from: 0, to: 60, marks: 0}, {from: 70, marks: 100}]}",
            "缺口：60 到 70 之间",
        ),
        (
            "weight: 100, reading: x, "
            "rule: {kind: steps, bands: [{from: 0, to: 80, marks: 0}, {from: 70, marks: 100}]}",
            "重叠：0 到 80 和从 70 起",
        ),
        (
            "weight: 100, reading: x, rule: {kind: steps, bands: [{from: 0, to: 80, marks: 100}]}",
            "缺口：80 以上没有",
        ),
        (
            "weight: 100, reading: x, rule: {kind: steps, bands: [{from: 5, marks: 100}]}",
            "缺口：从 5 起，0 到 5",
        ),
        (
            "weight: 100, reading: x, rule: {kind: steps, bands: [{from: 0, marks: 90}]}",
            "满分 100，分段里最多 90",
        ),
        ("kind: veto, reading: x, threshold: 3, cap: 60", "门槛 threshold 3 没有写方向"),
        ("kind: veto, reading: x, side: above, threshold: 3", "没有写 cap"),
        ("kind: bonus, by_hand: 没有, each: 2", "most（最多多少分，现在 0）"),
        ("kind: deduction, by_hand: 没有, each: 7, most: 5", "每个 7 分，多于最多的 5 分"),
        ("weight: 100, by_hand: 没有, colour: red", "不认识的键“colour”"),
    ],
)
def test_a_wrong_scheme_is_refused_with_its_line_and_numbers(line: str, said: str) -> None:
    with pytest.raises(WrongScheme) as refused:
        _scheme(line)
    assert said in str(refused.value)
    assert "第 " in str(refused.value)


@pytest.mark.django_db
def test_a_reading_that_nobody_knows_is_refused_with_near_ones() -> None:
    office = make_user("county_office")
    rule = "rule: {kind: linear, from: 0, to: 100}"
    found = mistakes_in(office, "one", _text(f"weight: 100, reading: problem_closed_rat, {rule}"))
    assert "problem_closed_rate" in found[0]
    found = mistakes_in(office, "one", _text(f"weight: 100, reading: problem_closed_rate, {rule}"))
    assert "没有写 nothing" in found[0]
    found = mistakes_in(office, "other", _text("weight: 100, by_hand: 没有"))
    assert "编号 id 是“one”" in found[0]


@pytest.mark.django_db
def test_what_is_shipped_is_sound() -> None:
    office = make_user("county_office")
    texts = shipped_texts()
    assert set(texts) == {"township_yearly", "unit_yearly"}
    for code, text in texts.items():
        assert mistakes_in(office, code, text) == []
        assert read_scheme(text).grade == "知"

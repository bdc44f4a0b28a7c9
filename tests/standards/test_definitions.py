"""Standards are read with mistakes by place; things are judged (C-146, C-148, C-149, C-150, C-162)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bangfu.standards.definition.judging import judge
from bangfu.standards.definition.model import Quota
from bangfu.standards.definition.reading import WrongStandard, read_standard
from bangfu.standards.queries import within_quota
from bangfu.standards.versions import shipped_texts

HEAD = "id: shop\ntitle: 店\nbasis: 县里自定\ngrade: 知\nabout: named\nnoun: 店\n"
AREA = "{id: area, title: 面积, kind: number, unit: 平方米, threshold: 20"


def _items(*lines: str) -> str:
    return HEAD + "items:\n" + "".join(f"  - {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (AREA + "}", "第 8 行：“面积”的门槛 20 没有写方向 side"),
        ("{id: area, title: 面积, kind: number, unit: 平方米, side: above}", "没有写门槛"),
        (AREA[: AREA.index(", unit")] + ", side: above, threshold: 1}", "要写单位"),
        ("{id: a, title: 甲, kind: yes_no, side: above, threshold: 1}", "不是数字"),
        ("{id: a, title: 甲, kind: choice, options: [好]}", "至少要有两个选项"),
        ("{id: a, title: 甲, kind: choice, options: [好, 差], accepted: [优]}", "“优”不在选项里"),
        (
            "{id: a, title: 甲, kind: number, unit: 个, scale: "
            "[{from: 0, to: 5, points: 1}, {from: 8, points: 2}]}",
            "给分有缺口：5 到 8 之间没有分",
        ),
        (
            "{id: a, title: 甲, kind: number, unit: 个, scale: "
            "[{from: 0, to: 5, points: 1}, {from: 3, points: 2}]}",
            "给分重叠：0 到 5 和从 3 起的一段",
        ),
        ("{id: a, title: 甲, kind: yes_no, colour: red}", "colour"),
    ],
)
def test_a_mistake_is_named_with_its_place(line: str, said: str) -> None:
    with pytest.raises(WrongStandard) as refused:
        read_standard(_items(line))
    assert said in str(refused.value)
    assert "第 8 行" in str(refused.value)


def test_a_pass_mark_above_all_points_and_half_a_ranking_are_refused() -> None:
    text = _items("{id: a, title: 甲, kind: yes_no}")
    with pytest.raises(WrongStandard, match="及格分是 5，各项满分合计 1"):
        read_standard(text + "pass_mark: 5\n")
    with pytest.raises(WrongStandard, match="三样都写"):
        read_standard(text + "ranked_by: a\n")


@pytest.mark.parametrize(
    "side, met", [("at_least", "20 21"), ("above", "21"), ("at_most", "19 20"), ("below", "19")]
)
def test_a_threshold_is_met_on_its_side_only(side: str, met: str) -> None:
    standard = read_standard(_items(f"{AREA}, side: {side}}}"))
    passed = [n for n in (19, 20, 21) if judge(standard, {"area": Decimal(n)}).verdict == "passed"]
    assert passed == [int(n) for n in met.split()]


POINTS = read_standard(
    _items(
        AREA + ", side: at_least, points: 40, veto: true}",
        "{id: staff, title: 人, kind: yes_no, points: 30}",
        "{id: sales, title: 销售, kind: number, unit: 万元, scale: "
        "[{from: 0, to: 10, points: 0}, {from: 10, points: 30}]}",
    )
    + "pass_mark: 60\n"
)


@pytest.mark.parametrize(
    ("answers", "verdict", "score"),
    [
        ({"area": 20, "staff": True, "sales": 9}, "passed", 70),
        ({"area": 19, "staff": True, "sales": 10}, "failed", 60),
        ({"area": 20, "staff": False, "sales": 10}, "passed", 70),
        ({"area": 20, "staff": False, "sales": 9}, "failed", 40),
        ({"area": 20}, "unfinished", 40),
        ({"area": 20, "staff": True}, "passed", 70),
        ({"staff": True, "sales": 10}, "unfinished", 60),
    ],
)
def test_points_and_veto_make_the_verdict(answers: dict[str, Any], verdict: str, score: int) -> None:
    given = {id: value if isinstance(value, bool) else Decimal(value) for id, value in answers.items()}
    judgement = judge(POINTS, given)
    assert (judgement.verdict, judgement.score) == (verdict, score)


def test_what_is_missing_is_said_with_how_much() -> None:
    clinic = read_standard(shipped_texts()["clinic"])
    judgement = judge(clinic, {"area": Decimal(52), "equipped": False, "money_paper": False})
    said = [one.missing for one in judgement.items]
    assert said == ["52 平方米，要求不少于 60 平方米，差 8 平方米", "没有", "缺这份材料"]


def test_the_shipped_standards_say_the_numbers_of_the_sources() -> None:
    standards = {code: read_standard(text) for code, text in shipped_texts().items()}
    assert all(code == standard.id for code, standard in standards.items())
    station = {item.id: item for item in standards["shop_station"].items}
    assert (station["area"].demand, station["staff"].demand) == ("不少于 20 平方米", "不少于 1 人")
    assert len(standards["culture_centre"].items) == 8
    assert len(standards["shop_reach"].items) == 4
    assert [quota.places for quota in standards["model_shop"].quotas] == [5, 3]


class _Number:
    def __init__(self, number: int) -> None:
        self.check_of, self.number = None, Decimal(number)


@pytest.mark.parametrize(
    ("numbers", "places", "marks"),
    [
        ([9, 8, 7], 2, "++-"),
        ([9, 8, 8, 7], 2, "+==-"),
        ([9, 9, 8], 2, "++-"),
        ([9], 2, "+"),
        ([9, 8], 0, "--"),
    ],
)
def test_a_tie_across_the_cut_is_left_to_a_person(numbers: list[int], places: int, marks: str) -> None:
    ranked = within_quota([_Number(n) for n in numbers], Quota("组", places))
    assert "".join("=" if one.tied else "+" if one.chosen else "-" for one in ranked) == marks

"""C-051: what counts, by the table of the paper form (facts.md 2.3), and the arithmetic."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.core.errors import SituationForbids
from bangfu.core.parameters import supersede_parameter
from bangfu.households.enums import IncomeCategory, PeriodKind
from bangfu.households.reckoning.counting import net_of, per_capita, standings, sums_of
from bangfu.households.reckoning.income_items import income_items
from bangfu.households.reckoning.periods import (
    Period,
    annual_period,
    check_period,
    identification_period,
    months_between,
    recent_period,
)
from tests.cast import COUNTY, NOW, VILLAGE, make_user

pytestmark = pytest.mark.django_db

COUNTED = {
    "wage": "县外务工 县内务工 零工 公益性岗位 帮扶车间",
    "business": "种植 养殖（出售） 林业 加工 商贸 运输 服务",
    "property": "土地流转租金 入股分红 资产收益 利息 房租",
    "transfer": "低保金 特困供养金 计划生育奖扶金 生态补偿、退耕还林 农业补贴 残疾人补贴 教育资助 赡养费"
    " 稳定的捐赠",
    "business_expense": "种苗 肥料、农药 饲料 雇工 折旧 税费",
}
NEVER = "易地搬迁补助 危房改造补助 圈舍等专用补助 慰问金 一次性救济 临时补助"
DISPUTED = {
    "养老金": True,
    "义务兵津贴": True,
    "养殖（自食折价）": False,
    "征地补偿": True,
    "变卖财物": False,
    "外出务工房租、生活费": False,
}


@dataclass
class Line:
    category: str
    amount_fen: int
    counted: bool
    deducted: bool


LINES = st.lists(
    st.builds(
        Line,
        category=st.sampled_from(IncomeCategory.values),
        amount_fen=st.integers(0, 10**9),
        counted=st.booleans(),
        deducted=st.booleans(),
    ),
    max_size=30,
)


def by_label() -> dict[str, str]:
    return {item.label: code for code, item in income_items().items()}


def test_the_table_of_the_form_stands_whole() -> None:
    listed = [label for labels in COUNTED.values() for label in labels.split()]
    assert sorted(by_label()) == sorted([*listed, *NEVER.split(), *DISPUTED])


@pytest.mark.parametrize(
    ("category", "label"),
    [(category, label) for category, labels in COUNTED.items() for label in labels.split()],
)
def test_what_the_form_counts_is_counted_in_its_category(category: str, label: str) -> None:
    stand = standings(on=date(2026, 9, 30), place=VILLAGE)[by_label()[label]]
    assert (stand.item.category, stand.counted) == (category, True)
    assert stand.item.deducted is (category == "business_expense")


@pytest.mark.parametrize("label", NEVER.split())
def test_special_grants_and_gifts_are_never_counted(label: str) -> None:
    stand = standings(on=date(2026, 9, 30), place=VILLAGE)[by_label()[label]]
    assert (stand.counted, stand.item.parameter) == (False, "")


@pytest.mark.parametrize(("label", "shipped"), DISPUTED.items())
def test_a_disputed_item_follows_the_county_and_says_so(label: str, shipped: bool) -> None:
    code = by_label()[label]
    before = standings(on=date(2026, 9, 30), place=VILLAGE)[code]
    assert before.counted is shipped
    assert "依据未核实" in before.basis
    supersede_parameter(
        by=make_user("county_office"),
        at=NOW,
        code=income_items()[code].parameter,
        text="否" if shipped else "是",
        place=COUNTY,
        valid_from=date(2026, 1, 1),
        basis="本县收入核算说明（测试）",
        grade="官",
    )
    after = standings(on=date(2026, 9, 30), place=VILLAGE)[code]
    assert after.counted is not shipped
    assert "本县收入核算说明（测试）" in after.basis and "未核实" not in after.basis
    assert standings(on=date(2025, 9, 30), place=VILLAGE)[code].counted is shipped


@given(LINES, st.integers(1, 20))
def test_per_capita_is_the_counted_sum_by_persons(lines: list[Line], persons: int) -> None:
    plus = sum(line.amount_fen for line in lines if line.counted and not line.deducted)
    minus = sum(line.amount_fen for line in lines if line.counted and line.deducted)
    net = net_of(lines)
    assert net == plus - minus == sum(sums_of(lines).values())
    # 四舍五入：离真值不超过半分
    assert abs(2 * (per_capita(net, persons) * persons - net)) <= persons


@pytest.mark.parametrize(
    ("net", "persons", "fen"),
    [(4_272_600, 4, 1_068_150), (1, 2, 1), (-1, 2, -1), (1, 3, 0), (2, 3, 1), (0, 5, 0), (100, 3, 33)],
)
def test_half_a_fen_goes_up(net: int, persons: int, fen: int) -> None:
    assert per_capita(net, persons) == fen


def test_nobody_is_no_divisor() -> None:
    with pytest.raises(ValueError, match="at least one person"):
        per_capita(100, 0)


def test_a_new_identification_counts_the_twelve_whole_months_before() -> None:
    period = identification_period(date(2021, 6, 17))
    assert (period.first, period.last) == (date(2020, 6, 1), date(2021, 5, 31))


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 11, 22), date(2025, 10, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2025, 10, 1), date(2026, 9, 30)),
        (date(2026, 9, 30), date(2024, 10, 1), date(2025, 9, 30)),
    ],
)
def test_the_yearly_update_counts_october_to_september(day: date, first: date, last: date) -> None:
    period = annual_period(day, place=VILLAGE)
    assert (period.first, period.last) == (first, last)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_an_identification_period_is_twelve_months_gone_by(day: date) -> None:
    period = identification_period(day)
    assert months_between(period.first, period.last) == 12
    assert 0 < (day - period.last).days <= 31
    check_period(period, on=day, place=VILLAGE)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_the_last_twelve_months_end_with_the_month_before(day: date) -> None:
    period = recent_period(day)
    assert (period.kind, months_between(period.first, period.last)) == (PeriodKind.RECENT, 12)
    assert 0 < (day - period.last).days <= 31
    check_period(period, on=day, place=VILLAGE)


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        (Period(PeriodKind.OTHER, date(2025, 10, 1), date(2026, 8, 31)), "12 个完整的月"),
        (Period(PeriodKind.OTHER, date(2025, 10, 2), date(2026, 9, 30)), "12 个完整的月"),
        (Period(PeriodKind.OTHER, date(2025, 10, 1), date(2026, 9, 29)), "12 个完整的月"),
        (Period(PeriodKind.OTHER, date(2025, 12, 1), date(2026, 11, 30)), "还不能核算"),
        (Period(PeriodKind.ANNUAL, date(2025, 9, 1), date(2026, 8, 31)), "从 10 月 1 日起算"),
    ],
)
def test_a_wrong_period_is_refused_with_its_reason(period: Period, sentence: str) -> None:
    with pytest.raises(SituationForbids, match=sentence):
        check_period(period, on=date(2026, 11, 22), place=VILLAGE)

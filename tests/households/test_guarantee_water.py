"""Water: four measures, each with a veto (facts.md 2.4), by the county's parameters."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.core.parameters import supersede_parameter
from bangfu.households.enums import GuaranteeResult
from bangfu.households.reckoning.water import WaterLevel, WaterMeasures, judge_water
from tests.cast import COUNTY, NOW, OTHER_COUNTY, TODAY, VILLAGE, make_user

pytestmark = pytest.mark.django_db

SAFE, BASIC, UNSAFE, UNKNOWN = WaterLevel.SAFE, WaterLevel.BASIC, WaterLevel.UNSAFE, WaterLevel.UNKNOWN
GOOD = {"litres": Decimal(60), "quality_ok": True, "minutes": Decimal(5), "reliability": Decimal(97)}


def judged(**measures) -> WaterLevel:
    return judge_water(WaterMeasures(**(GOOD | measures)), on=TODAY, place=VILLAGE).level


@pytest.mark.parametrize(
    ("measure", "value", "level"),
    [
        ("litres", "40", SAFE),
        ("litres", "39.9", BASIC),
        ("litres", "20", BASIC),
        ("litres", "19.9", UNSAFE),
        ("minutes", "10", SAFE),
        ("minutes", "10.1", BASIC),
        ("minutes", "20", BASIC),
        ("minutes", "20.1", UNSAFE),
        ("minutes", "0", SAFE),
        ("reliability", "95", SAFE),
        ("reliability", "94.99", BASIC),
        ("reliability", "90", BASIC),
        ("reliability", "89.99", UNSAFE),
    ],
)
def test_each_limit_of_the_table(measure: str, value: str, level: WaterLevel) -> None:
    assert judged(**{measure: Decimal(value)}) is level


@pytest.mark.parametrize(("ok", "level"), [(True, SAFE), (False, UNSAFE), (None, UNKNOWN)])
def test_quality_is_yes_or_no(ok: bool | None, level: WaterLevel) -> None:
    assert judged(quality_ok=ok) is level


def test_one_veto_decides_even_when_others_are_not_known() -> None:
    verdict = judge_water(WaterMeasures(minutes=Decimal(45)), on=TODAY, place=VILLAGE)
    assert (verdict.level, verdict.result) == (UNSAFE, GuaranteeResult.UNMET)


def test_nothing_measured_is_not_known() -> None:
    assert judge_water(WaterMeasures(), on=TODAY, place=VILLAGE).result == GuaranteeResult.UNKNOWN


_NUMBERS = st.none() | st.decimals(0, 100, places=1)


@given(_NUMBERS, st.none() | st.booleans(), _NUMBERS, _NUMBERS)
def test_the_worst_measure_is_the_verdict(litres, quality, minutes, reliability) -> None:
    verdict = judge_water(WaterMeasures(litres, quality, minutes, reliability), on=TODAY, place=VILLAGE)
    levels = [level for _, level, _ in verdict.parts]
    assert (verdict.result == GuaranteeResult.UNMET) is (UNSAFE in levels)
    assert (verdict.result == GuaranteeResult.MET) is all(level in (SAFE, BASIC) for level in levels)


def test_a_dry_county_may_set_its_own_limit_from_a_day_on() -> None:
    supersede_parameter(
        by=make_user("county_office"),
        at=NOW,
        code="water_litres_basic",
        text="15",
        place=COUNTY,
        valid_from=date(2026, 1, 1),
        basis="本县饮水评价细则（测试）",
        grade="官",
    )
    dry = WaterMeasures(**(GOOD | {"litres": Decimal(16)}))
    assert judge_water(dry, on=TODAY, place=VILLAGE).level is BASIC
    assert judge_water(dry, on=date(2025, 12, 31), place=VILLAGE).level is UNSAFE
    assert judge_water(dry, on=TODAY, place=OTHER_COUNTY).level is UNSAFE

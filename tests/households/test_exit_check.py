"""An exit is checked against standards and papers; unknown is not met, nothing is decided here (C-203)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM
from bangfu.core.parameters import supersede_parameter
from bangfu.evidence.enums import PaperKind
from bangfu.households.actions.guarantees import Finding, record_guarantees
from bangfu.households.actions.villages import record_village
from bangfu.households.enums import GuaranteeKind, GuaranteeResult
from bangfu.households.models import Household
from bangfu.households.queries.exits import household_exit, village_exit
from bangfu.households.reckoning.exit_papers import exit_papers
from tests.cast import COUNTY, NOW, TODAY, VILLAGE, make_user
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db


def _set(code: str, text: str) -> None:
    supersede_parameter(
        by=SYSTEM,
        at=NOW,
        code=code,
        text=text,
        place=COUNTY,
        valid_from=date(2026, 1, 1),
        basis="县文件",
        grade="知",
    )


@pytest.fixture
def clerk(regions) -> User:
    return make_user("village", VILLAGE)


@pytest.fixture
def household(regions) -> Household:
    return make_household(regions, household_type="registered", per_capita_net_income=18_000_00)


def _verdicts(check) -> dict[str, bool | None]:
    return {one.label: one.met for one in check.standards}


def test_nothing_known_is_nothing_met(household, clerk) -> None:
    check = household_exit(household, clerk, TODAY)
    assert set(_verdicts(check).values()) == {None} and len(check.standards) == 7
    assert check.missing == len(check.papers) > 0


@pytest.mark.parametrize(("line", "met"), [("17999", True), ("18000", False), ("18001", False)])
def test_income_must_be_above_the_line_of_the_county(line, met, household, clerk) -> None:
    _set("exit_income_line", line)
    assert household_exit(household, clerk, TODAY).standards[0].met is met


def test_the_latest_assessment_of_each_guarantee_counts(household, clerk) -> None:
    step = {"by": clerk, "at": NOW, "household": household, "assessed_by": "李干部"}
    unmet = Finding(GuaranteeKind.MEDICAL, GuaranteeResult.UNMET)
    record_guarantees(**step, assessed_on=date(2026, 9, 1), findings=[unmet])
    met = [Finding(kind, GuaranteeResult.MET) for kind in (GuaranteeKind.MEDICAL, GuaranteeKind.FOOD)]
    unclear = Finding(GuaranteeKind.CLOTHING, GuaranteeResult.UNKNOWN)
    record_guarantees(**step, assessed_on=date(2026, 10, 1), findings=[*met, unclear])
    verdicts = _verdicts(household_exit(household, clerk, TODAY))
    assert (verdicts["基本医疗"], verdicts["不愁吃"], verdicts["不愁穿"]) == (True, True, None)


@pytest.mark.parametrize(("rate", "met"), [("25", True), ("20", False)])
def test_a_village_is_measured_by_its_own_record(rate, met, household, regions, clerk) -> None:
    values = {"persons": 10, "paved_road": True, "clinics": 0}
    record_village(by=clerk, at=NOW, village=regions[VILLAGE], as_of=date(2026, 10, 1), values=values)
    _set("exit_village_rate", rate)
    village = regions[VILLAGE]
    check = village_exit(village, clerk, TODAY)
    verdicts = _verdicts(check)
    assert verdicts["贫困发生率低于标准"] is met
    assert (verdicts["到乡镇是否通沥青（水泥）路"], verdicts["卫生室个数"]) == (True, False)
    assert check.standards[0].found.startswith("20.0%")


def test_every_paper_is_a_kind_of_evidence() -> None:
    for papers in exit_papers().values():
        assert {paper.kind for paper in papers} <= set(PaperKind.values)


def test_the_pages_show_it(household, regions, signed_in, clerk) -> None:
    client = signed_in(clerk)
    page = client.get(reverse("check_household_exit", args=[household.uid])).content.decode()
    assert "县里没有填标准" in page and "说不清" in page and "评议记录" in page
    village = client.get(reverse("check_village_exit", args=[regions[VILLAGE].subject.uid])).content.decode()
    assert "村情况没有填总人口数" in village
    leader = signed_in(make_user("leader", COUNTY))
    page = leader.get(reverse("check_village_exit", args=[regions[VILLAGE].subject.uid])).content.decode()
    assert "评议记录" not in page

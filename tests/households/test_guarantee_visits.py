"""Guarantees as dated assessments: the latest day counts, C and D houses need a reason and a way out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.households.actions.guarantees import Finding, record_guarantees
from bangfu.households.enums import GuaranteeKind, GuaranteeResult
from bangfu.households.models import GuaranteeAssessment, Household
from bangfu.households.queries.guarantees import assessments_of, latest_guarantees
from tests.cast import NOW, OTHER_VILLAGE, TODAY, VILLAGE, make_regions, make_user
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db

MET, UNMET, UNKNOWN = GuaranteeResult.MET, GuaranteeResult.UNMET, GuaranteeResult.UNKNOWN
FOOD, HOUSING, WATER = GuaranteeKind.FOOD, GuaranteeKind.HOUSING, GuaranteeKind.WATER
DANGEROUS = Finding(HOUSING, UNMET, "D", "cannot_advance", "先由村集体垫付")


@pytest.fixture
def household() -> Household:
    return make_household(make_regions())


@pytest.fixture
def clerk(household: Household):
    return make_user("village", VILLAGE)


def visit(clerk, household: Household, *findings: Finding, on: date = TODAY, at=NOW) -> None:
    record_guarantees(
        by=clerk, at=at, household=household, assessed_on=on, assessed_by="段某、何某", findings=findings
    )


def test_the_latest_day_counts_whatever_was_typed_last(household: Household, clerk) -> None:
    visit(clerk, household, Finding(FOOD, MET), on=date(2026, 11, 1))
    visit(clerk, household, Finding(FOOD, UNMET), on=date(2026, 6, 1))
    assert latest_guarantees(household)[FOOD].result == MET
    assert [each.result for each in assessments_of(household)] == [MET, UNMET]


def test_kinds_never_looked_at_are_left_out_and_the_order_is_that_of_the_form(
    household: Household, clerk
) -> None:
    visit(clerk, household, Finding(WATER, fetch_minutes=Decimal(30)), Finding(FOOD, MET))
    assert list(latest_guarantees(household)) == [FOOD, WATER]


def test_water_is_judged_by_its_measures(household: Household, clerk) -> None:
    visit(clerk, household, Finding(WATER, fetch_minutes=Decimal(30)))
    assert latest_guarantees(household)[WATER].result == UNMET


def test_as_recorded_before_the_second_visit(household: Household, clerk) -> None:
    visit(clerk, household, DANGEROUS, on=date(2026, 5, 1))
    visit(clerk, household, Finding(HOUSING, MET, "A"), at=NOW + timedelta(hours=2))
    then = latest_guarantees(household, NOW + timedelta(hours=1))
    assert (then[HOUSING].result, then[HOUSING].housing_level) == (UNMET, "D")
    assert latest_guarantees(household)[HOUSING].result == MET
    assert latest_guarantees(household, NOW - timedelta(days=1)) == {}


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        (Finding(HOUSING, UNMET, "C"), "请选原因"),
        (Finding(HOUSING, UNMET, "D", "unwilling"), "请写怎么解决"),
        (Finding(HOUSING, MET, "D", "old", "周转房"), "不能填“达标”"),
    ],
)
def test_a_dangerous_house_needs_its_reason_and_a_way_out(household, clerk, finding, sentence: str) -> None:
    with pytest.raises(SituationForbids, match=sentence):
        visit(clerk, household, Finding(FOOD, MET), finding)
    assert not GuaranteeAssessment.objects.exists()


def test_nobody_visits_tomorrow_and_a_visit_looks_at_something(household: Household, clerk) -> None:
    with pytest.raises(SituationForbids, match="最晚到今天"):
        visit(clerk, household, Finding(FOOD, MET), on=TODAY + timedelta(days=1))
    with pytest.raises(SituationForbids, match="一项也没有填"):
        visit(clerk, household)


def test_another_village_may_not(household: Household) -> None:
    with pytest.raises(NotPermitted):
        visit(make_user("village", OTHER_VILLAGE), household, Finding(FOOD, MET))


@pytest.fixture
def browser(clerk) -> Client:
    client = Client()
    client.force_login(clerk)
    return client


def sent(**values: str) -> dict[str, str]:
    return {"assessed_on": "2026-11-20", "assessed_by": "段某", **values}


def test_one_form_for_the_whole_visit_opens_with_what_is_known(browser: Client, household: Household) -> None:
    address = reverse("record_guarantees", args=[household.uid])
    answers = sent(
        food_result="met", clothing_result="met", education_result="met", medical_result="unmet",
        housing_result="unmet", housing_level="C", unrepaired_reason="old", way_out="和儿子同住",
        litres_per_person_day="45", water_quality_ok="yes", fetch_minutes="0", reliability="96",
    )  # fmt: skip
    assert browser.post(address, answers).status_code == 302
    assert {kind: each.result for kind, each in latest_guarantees(household).items()} == {
        "food": MET, "clothing": MET, "education": MET, "medical": UNMET, "housing": UNMET, "water": MET,
    }  # fmt: skip
    page = browser.get(address).content.decode()
    assert 'value="和儿子同住"' in page and 'value="45.0"' in page and "已带出最近一次的结果" in page


def test_what_contradicts_itself_comes_back_with_everything_typed(
    browser: Client, household: Household
) -> None:
    address = reverse("record_guarantees", args=[household.uid])
    page = browser.post(address, sent(housing_result="met", housing_level="D", note="墙裂")).content.decode()
    assert "不能填“达标”" in page and 'value="墙裂"' in page
    assert not GuaranteeAssessment.objects.exists()


def test_the_ledger_lists_dangerous_houses_by_reason(browser: Client, household: Household, clerk) -> None:
    visit(clerk, household, DANGEROUS)
    repaired = make_household({VILLAGE: household.village}, head_name="李大山")
    visit(clerk, repaired, DANGEROUS, on=date(2026, 1, 1))
    visit(clerk, repaired, Finding(HOUSING, MET, "A"))
    page = browser.get(reverse("unrepaired_house_list")).content.decode()
    assert "杨志明" in page and "先由村集体垫付" in page and "李大山" not in page
    page = browser.get(reverse("unrepaired_house_list") + "?f_reason=unwilling").content.decode()
    assert "共 0 条" in page


def test_a_grid_worker_outside_the_grid_finds_nothing(household: Household) -> None:
    client = Client()
    client.force_login(make_user("grid_worker", VILLAGE))
    assert client.get(reverse("record_guarantees", args=[household.uid])).status_code == 404

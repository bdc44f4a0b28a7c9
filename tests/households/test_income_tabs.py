"""The tabs of income, guarantees, work and helpers: today with what can be done, the past only to be read."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.households.actions.guarantees import Finding, record_guarantees
from bangfu.households.actions.income import WorksheetFacts, record_income_worksheet
from bangfu.households.actions.pairing import pair_household
from bangfu.households.actions.registering import MemberFacts, register_household
from bangfu.households.actions.work import WorkFacts, record_work_spell
from bangfu.households.enums import GuaranteeKind, PeriodKind
from bangfu.households.models import Household
from bangfu.households.reckoning.counting import LineFacts
from bangfu.households.reckoning.periods import Period
from tests.cast import NOW, VILLAGE, make_regions, make_user
from tests.households.builders import id_number

pytestmark = pytest.mark.django_db

REGISTERED = NOW - timedelta(days=20)
BETWEEN = (NOW - timedelta(days=10)).date().isoformat()
ANNUAL = Period(PeriodKind.ANNUAL, date(2025, 10, 1), date(2026, 9, 30))

TABS = {
    "income": ("10,000.00", "record_income_worksheet", "还没有收入测算表"),
    "guarantees": ("不达标", "record_guarantees", "还没核查"),
    "work": ("某电子厂", "record_work_spell", "没有登记过务工"),
    "helpers": ("测试lper", "unpair_household", "还没有帮扶责任人"),
}


@pytest.fixture
def household() -> Household:
    regions = make_regions()
    clerk = make_user("village", VILLAGE)
    head = MemberFacts(name="杨志明", id_number=id_number())
    household = register_household(by=clerk, at=REGISTERED, village=regions[VILLAGE], head=head)
    facts = WorksheetFacts(ANNUAL, 1, (LineFacts("crops", 1_000_000),))
    record_income_worksheet(by=clerk, at=NOW, household=household, facts=facts)
    finding = Finding(GuaranteeKind.WATER, fetch_minutes=Decimal(30))
    record_guarantees(
        by=clerk, at=NOW, household=household, assessed_on=NOW.date(), assessed_by="段某", findings=[finding]
    )
    job = WorkFacts(from_month=date(2026, 3, 1), area="outside", employer="某电子厂")
    record_work_spell(by=clerk, at=NOW, member=household.members.get(), facts=job)
    helper = make_user("helper", username="helper")
    pair_household(by=clerk, at=NOW, household=household, helper=helper, valid_from=date(2026, 1, 1))
    return household


def opened(user, household: Household, tab: str, **more: str) -> str:
    """What the open tab shows."""
    client = Client()
    client.force_login(user)
    answer = client.get(reverse("household_file", args=[household.uid]), {"tab": tab, **more})
    assert answer.status_code == 200
    return answer.content.decode().split('id="file-part"')[1]


def can_write(page: str, household: Household, name: str) -> bool:
    keys = {
        "record_work_spell": household.members.get().uid,
        "unpair_household": household.pairings.get().uid,
    }
    return reverse(name, args=[keys.get(name, household.uid)]) in page


@pytest.mark.parametrize("tab", TABS)
def test_today_shows_what_is_and_what_can_be_done(household: Household, tab: str) -> None:
    words, step, _ = TABS[tab]
    page = opened(make_user("township", VILLAGE[:9]), household, tab)
    assert words in page and can_write(page, household, step)


@pytest.mark.parametrize("tab", TABS)
def test_as_recorded_before_nothing_was_known_and_nothing_can_be_done(household: Household, tab: str) -> None:
    words, step, nothing = TABS[tab]
    page = opened(make_user("township", VILLAGE[:9]), household, tab, on=BETWEEN)
    assert nothing in page and words not in page and not can_write(page, household, step)


@pytest.mark.parametrize("tab", TABS)
def test_who_may_only_look_is_offered_nothing(household: Household, tab: str) -> None:
    words, step, _ = TABS[tab]
    page = opened(make_user("supervisor"), household, tab)
    assert words in page and not can_write(page, household, step)

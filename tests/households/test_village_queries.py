"""Lists of villages, work, income, pairings and grids ask as often for many rows as for few."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bangfu.households.actions.grids import add_grid, assign_grid, start_grid_duty
from bangfu.households.actions.guarantees import Finding, record_guarantees
from bangfu.households.actions.income import WorksheetFacts, record_income_worksheet
from bangfu.households.actions.officers import appoint_officer
from bangfu.households.actions.pairing import pair_household
from bangfu.households.actions.villages import record_village
from bangfu.households.actions.work import WorkFacts, record_work_spell
from bangfu.households.enums import GuaranteeKind, GuaranteeResult, PeriodKind
from bangfu.households.reckoning.counting import LineFacts
from bangfu.households.reckoning.periods import Period
from tests.cast import NOW, OTHER_VILLAGE, SISTER_VILLAGE, TODAY, VILLAGE, make_user
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db

ANNUAL = Period(PeriodKind.ANNUAL, date(2025, 10, 1), date(2026, 9, 30))
NAMES = ("杨志明", "李大山", "段秀兰", "王小军")


@pytest.fixture
def office(regions):
    return make_user("county_office")


@pytest.fixture
def browser(office) -> Client:
    client = Client()
    client.force_login(office)
    return client


def fill(regions, office, place: str, name: str) -> None:
    """One village with one household that has everything."""
    village, helper = regions[place], make_user("helper", username=f"helper-{name}")
    home = make_household(regions, place, head_name=name, by=office, household_type="registered")
    lines = (LineFacts("crops", 100_000), LineFacts("pension", 24_000))
    record_income_worksheet(by=office, at=NOW, household=home, facts=WorksheetFacts(ANNUAL, 2, lines))
    job = WorkFacts(from_month=date(2026, 3, 1), area="outside")
    record_work_spell(by=office, at=NOW, member=home.members.get(is_head=True), facts=job)
    pair_household(by=office, at=NOW, household=home, helper=helper, valid_from=date(2026, 1, 1))
    make_household(regions, place, head_name=f"{name}弟", by=office, household_type="registered")
    record_village(by=office, at=NOW, village=village, as_of=date(2025, 12, 31), values={"persons": 9})
    appoint_officer(
        by=office, at=NOW, region=village, kind="information_officer", name=name, valid_from=TODAY
    )
    house = Finding(GuaranteeKind.HOUSING, GuaranteeResult.UNMET, "D", "old", "周转房")
    water = Finding(GuaranteeKind.WATER, fetch_minutes=Decimal(5))
    record_guarantees(
        by=office, at=NOW, household=home, assessed_on=TODAY, assessed_by="段某", findings=[house, water]
    )


def queries(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    "name",
    [
        "village_list",
        "worksheet_list",
        "work_list",
        "pairing_list",
        "household_without_helper_list",
        "officer_list",
        "unrepaired_house_list",
    ],
)
def test_a_ledger_asks_as_often_for_three_villages_as_for_one(browser, regions, office, name: str) -> None:
    fill(regions, office, VILLAGE, NAMES[0])
    one = queries(browser, reverse(name))
    fill(regions, office, SISTER_VILLAGE, NAMES[1])
    fill(regions, office, OTHER_VILLAGE, NAMES[2])
    assert queries(browser, reverse(name)) == one


@pytest.mark.parametrize("page", ["village_file", "grid_list", "assign_grid", "hand_over"])
def test_a_page_asks_as_often_for_many_as_for_one(browser, regions, office, page: str) -> None:
    village = regions[VILLAGE]
    grid = add_grid(by=office, at=NOW, village=village, name="第一网格")
    addresses: dict[str, Callable[[], str]] = {
        "village_file": lambda: reverse("village_file", args=[village.subject.uid]),
        "grid_list": lambda: reverse("grid_list", args=[village.subject.uid]),
        "assign_grid": lambda: reverse("assign_grid", args=[grid.uid]),
        "hand_over": lambda: reverse("hand_over_households") + f"?giver={helper.uid}",
    }
    helper, worker = make_user("helper"), make_user("grid_worker", VILLAGE)
    start_grid_duty(by=office, at=NOW, grid=grid, worker=worker, valid_from=TODAY)

    def add(name: str) -> None:
        home = make_household(regions, head_name=name, household_type="registered")
        assign_grid(by=office, at=NOW, grid=grid, households=[home])
        pair_household(by=office, at=NOW, household=home, helper=helper, valid_from=TODAY)

    add(NAMES[0])
    one = queries(browser, addresses[page]())
    add(NAMES[1])
    add(NAMES[2])
    second = add_grid(by=office, at=NOW, village=village, name="第二网格")
    start_grid_duty(by=office, at=NOW, grid=second, worker=worker, valid_from=TODAY)
    assert queries(browser, addresses[page]()) == one

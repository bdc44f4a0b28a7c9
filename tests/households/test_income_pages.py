"""C-051: the pages of the income worksheet, by the eyes of a clerk at a browser."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bangfu.households.enums import WorksheetState
from bangfu.households.models import Household, IncomeWorksheet
from bangfu.households.reckoning.periods import recent_period
from tests.cast import OTHER_VILLAGE, VILLAGE, make_regions, make_user
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db


@pytest.fixture
def household() -> Household:
    return make_household(make_regions(), members=4)


@pytest.fixture
def clerk(household: Household):
    return make_user("village", VILLAGE)


@pytest.fixture
def browser(clerk) -> Client:
    client = Client()
    client.force_login(clerk)
    return client


def typed(page: str, **amounts: str) -> dict[str, str]:
    """What the page's form would send, with amounts typed at some items."""
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', page))
    fields |= dict(re.findall(r'name="(persons|collected_by)" value="([^"]*)"', page))
    for name, value in list(fields.items()):
        if name.endswith("-item") and value in amounts:
            fields[name.replace("-item", "-amount_fen")] = amounts[value]
    return fields


def fill(browser: Client, address: str, **amounts: str):
    page = browser.get(address).content.decode()
    sent = typed(page, **amounts) | {"period_kind": "annual"}
    return browser.post(address, sent, follow=True)


def record(browser: Client, household: Household) -> IncomeWorksheet:
    address = reverse("record_income_worksheet", args=[household.uid])
    fill(
        browser, address, wage_outside_county="2.15万", crops="13,260", feed_expense="5120", consolation="500"
    )
    return IncomeWorksheet.objects.get()


def test_the_last_twelve_months_may_be_chosen_and_are_asked_for_by_the_address(
    browser: Client, household: Household
) -> None:
    address = reverse("record_income_worksheet", args=[household.uid]) + "?period=recent"
    page = browser.get(address).content.decode()
    assert re.search(r'value="recent"[^>]*checked', page) and "最近 12 个月" in page
    browser.post(address, typed(page, crops="13,260") | {"period_kind": "recent"})
    sheet = IncomeWorksheet.objects.get()
    period = recent_period(timezone.localdate())
    assert (sheet.period_kind, sheet.period_from, sheet.period_to) == ("recent", period.first, period.last)


def test_what_is_typed_is_counted_and_shown_with_its_formula(browser: Client, household: Household) -> None:
    sheet = record(browser, household)
    assert (sheet.net_fen, sheet.per_capita_fen, sheet.period_kind) == (2_964_000, 741_000, "annual")
    page = browser.get(reverse("income_worksheet", args=[sheet.uid])).content.decode()
    assert "29,640.00" in page and "÷ 4 人 = 人均 <b>7,410.00 元</b>" in page
    assert "不计" in page and "待签字" in page


def test_a_new_period_opens_with_what_the_last_one_said(browser: Client, household: Household) -> None:
    record(browser, household)
    page = browser.get(reverse("record_income_worksheet", args=[household.uid])).content.decode()
    assert 'value="21500.00"' in page and "已带出上一张（2025-10 至 2026-09）" in page


def test_an_error_loses_nothing(browser: Client, household: Household) -> None:
    address = reverse("record_income_worksheet", args=[household.uid])
    answer = fill(browser, address, crops="一万二", wage_outside_county="21500")
    page = answer.content.decode()
    assert "“一万二”不是金额" in page and 'value="21500"' in page and 'value="一万二"' in page
    assert not IncomeWorksheet.objects.exists()


def test_the_same_period_twice_is_refused_on_the_form(browser: Client, household: Household) -> None:
    record(browser, household)
    address = reverse("record_income_worksheet", args=[household.uid])
    page = fill(browser, address, crops="777").content.decode()
    assert "已有第 1 版" in page and 'value="777"' in page


def test_sign_dispute_recount_and_see_both_side_by_side(browser: Client, household: Household) -> None:
    sheet = record(browser, household)
    browser.post(
        reverse("sign_income_worksheet", args=[sheet.uid]),
        {"version": sheet.version, "signed_name": "杨志明", "signed_on": "2026-11-20"},
    )
    sheet.refresh_from_db()
    assert (sheet.state, sheet.signed_on) == (WorksheetState.SIGNED, date(2026, 11, 20))
    browser.post(
        reverse("dispute_income_worksheet", args=[sheet.uid]),
        {"version": sheet.version, "reason": "玉米没有收那么多", "disputed_on": "2026-11-21"},
    )
    answer = fill(browser, reverse("recount_income_worksheet", args=[sheet.uid]), crops="10000")
    page = answer.content.decode()
    assert "两次核算对照" in page and "玉米没有收那么多" in page
    assert "13,260.00" in page and "<mark>10,000.00</mark>" in page and "−3,260.00" in page


def test_the_second_of_two_clerks_is_told_and_keeps_what_was_typed(
    browser: Client, household: Household
) -> None:
    sheet = record(browser, household)
    address = reverse("revise_income_worksheet", args=[sheet.uid])
    seen = browser.get(address).content.decode()
    first, second = typed(seen, crops="1"), typed(seen, crops="4321")
    browser.post(address, first)
    page = browser.post(address, second).content.decode()
    assert "刚被别人改过" in page and 'value="4321"' in page
    assert IncomeWorksheet.objects.count() == 2


def test_the_paper_has_lines_formula_boxes_and_code(browser: Client, household: Household) -> None:
    sheet = record(browser, household)
    page = browser.get(reverse("print_income_worksheet", args=[sheet.uid])).content.decode()
    for words in ("户主（或代签人）签字", "核算人签字", "2025年10月1日至2026年9月30日", "÷ 4 人", "<svg"):
        assert words in page


def test_the_ledger_lists_the_version_that_counts(browser: Client, household: Household) -> None:
    sheet = record(browser, household)
    fill(browser, reverse("revise_income_worksheet", args=[sheet.uid]), crops="1")
    page = browser.get(reverse("worksheet_list")).content.decode()
    assert "第 1–1 条，共 1 条" in page
    page = browser.get(reverse("worksheet_list") + "?f_state=signed").content.decode()
    assert "共 0 条" in page


@pytest.mark.parametrize("name", ["record_income_worksheet", "income_worksheet", "print_income_worksheet"])
def test_outside_the_village_it_does_not_exist(browser: Client, household: Household, name: str) -> None:
    sheet = record(browser, household)
    stranger = Client()
    stranger.force_login(make_user("village", OTHER_VILLAGE))
    uid = household.uid if name == "record_income_worksheet" else sheet.uid
    assert stranger.get(reverse(name, args=[uid])).status_code == 404


def test_a_supervisor_reads_and_cannot_write(household: Household, browser: Client) -> None:
    sheet = record(browser, household)
    supervisor = Client()
    supervisor.force_login(make_user("supervisor"))
    page = supervisor.get(reverse("income_worksheet", args=[sheet.uid]))
    assert page.status_code == 200 and "登记签字" not in page.content.decode()
    assert supervisor.get(reverse("sign_income_worksheet", args=[sheet.uid])).status_code == 403

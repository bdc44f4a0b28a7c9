"""A sweep on the phone: few taps from workbench to kept sheet, and a closed tab loses nothing (C-184)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import SignedIn

PHONE = {"width": 390, "height": 844}
MOST_TAPS = 20
WORKER_S = 90
"""Seconds until the worker has come to the job, on a busy machine."""
FINE = {
    "members_same": "是",
    "house_dangerous": "否",
    "water_safe": "是",
    "child_out_of_school": "否",
    "all_insured": "是",
    "illness_heavy": "否",
    "new_disability": "否",
    "income_trend": "差不多或更多",
    "disaster": "否",
    "accident": "否",
    "no_labour": "是",
    "opinion": "没有发现风险",
}


class Finger:
    """Taps, and counts them."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, target: Locator) -> None:
        target.tap()
        self.taps += 1

    def answer(self, page: Page, question: str, words: str) -> None:
        """Choose an answer, unless the register has given it already."""
        choice = page.locator(f"[name={question}][value='{words}']")
        if not choice.is_checked():
            self.tap(page.locator("label", has=choice))


@pytest.fixture
def sweep(signed_in: SignedIn) -> str:
    """The county opens a sweep; its tasks are made in the background."""
    page = signed_in("xian").new_page()
    page.goto("/sweeps/open/")
    page.get_by_label("名称").fill("年底集中排查")
    page.get_by_label("截止").fill((date.today() + timedelta(days=2)).isoformat())
    page.locator("main form[method=post] button[type=submit]").last.click()
    expect(page.locator("h1")).to_have_text("年底集中排查")
    address = page.url
    for _ in range(WORKER_S):
        if page.locator("main table tbody tr").count():
            return address
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError("the sweep has no tasks")


@pytest.fixture
def phone(signed_in: SignedIn, sweep: str) -> Iterator[BrowserContext]:
    context = signed_in("wangge", viewport=PHONE, has_touch=True, is_mobile=True)
    yield context
    context.close()


def open_sheet(page: Page, finger: Finger) -> None:
    """From the workbench to the first household that waits."""
    page.goto("/")
    row = page.locator("tr", has_text="排查还没办完的户")
    finger.tap(row.get_by_role("link", name="打开"))
    finger.tap(page.locator("main tbody tr a").first)
    finger.tap(page.get_by_role("link", name="填筛查表"))
    expect(page.locator("h1")).to_have_text("筛查表")


def test_a_grid_worker_fills_a_sheet_in_few_taps_and_a_closed_tab_keeps_it(phone: BrowserContext) -> None:
    page, finger = phone.new_page(), Finger()
    open_sheet(page, finger)
    first, *rest = FINE.items()
    finger.answer(page, *first)
    finger.answer(page, "disaster", "否")
    address = page.url
    page.close()

    page = phone.new_page()
    page.goto(address)
    expect(page.locator("[name=disaster][value='否']")).to_be_checked()
    for question, words in rest:
        finger.answer(page, question, words)
    finger.tap(page.get_by_role("button", name="保存", exact=True))
    expect(page.locator(".bf-messages")).to_contain_text("筛查表已存")
    assert finger.taps <= MOST_TAPS

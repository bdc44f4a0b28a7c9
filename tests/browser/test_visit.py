"""A visit on the phone: few taps, nothing demanded, nothing lost when the session ends (practice 7.3)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, StorageState, expect

from tests.browser.conftest import SignedIn
from tests.browser.county import County
from tests.browser.test_sweep import PHONE, Finger

NAME = "bangfu"
MOST_TAPS = 8
WORDS = "说要等年后再看一次"


@pytest.fixture
def phone(signed_in: SignedIn, sessions: dict[str, StorageState]) -> Iterator[BrowserContext]:
    context = signed_in(NAME, viewport=PHONE, has_touch=True, is_mobile=True)
    yield context
    # 中途重新登录换了会话；别的测试接着用新的
    sessions[NAME] = context.storage_state()
    context.close()


def pick(finger: Finger, page: Page, name: str, value: str) -> None:
    finger.tap(page.locator("label", has=page.locator(f"[name={name}][value='{value}']")))


def begin(page: Page, finger: Finger) -> None:
    """From the workbench to the note of the first household."""
    page.goto("/")
    finger.tap(page.get_by_role("link", name="记走访"))
    expect(page.locator("h1")).to_have_text("我的户")
    finger.tap(page.get_by_role("link", name="记走访", exact=True).first)
    expect(page.locator("main")).to_contain_text("怎么见的")


def test_nothing_changed_is_kept_within_eight_taps(phone: BrowserContext) -> None:
    page, finger = phone.new_page(), Finger()
    begin(page, finger)
    expect(page.locator("[data-shown-for]:visible")).to_have_count(0)
    for name, value in (("met", "head"), ("changed", "no"), ("new_risk", "no")):
        pick(finger, page, name, value)
    finger.tap(page.get_by_role("button", name="存下"))
    expect(page.locator(".bf-messages")).to_contain_text("走访已存")
    expect(page.locator("h1")).to_have_text("我的户")
    assert finger.taps <= MOST_TAPS


def test_nobody_met_stands_alone_and_a_risk_leads_to_its_clue(phone: BrowserContext) -> None:
    page, finger = phone.new_page(), Finger()
    begin(page, finger)
    pick(finger, page, "met", "head")
    pick(finger, page, "met", "nobody")
    expect(page.locator("[name=met][value=head]")).not_to_be_checked()
    pick(finger, page, "met", "family")
    expect(page.locator("[name=met][value=nobody]")).not_to_be_checked()
    pick(finger, page, "changed", "no")
    pick(finger, page, "new_risk", "yes")
    finger.tap(page.get_by_role("button", name="存下"))
    expect(page.locator("main")).to_contain_text("还没存")
    expect(page.locator("[name=met][value=family]")).to_be_checked()
    pick(finger, page, "risks", "因病")
    finger.tap(page.get_by_role("button", name="存下"))
    expect(page.locator("main")).to_contain_text("新风险已转成线索")


def test_a_lost_session_keeps_the_note(phone: BrowserContext, county: County) -> None:
    page, finger = phone.new_page(), Finger()
    begin(page, finger)
    for name, value in (("met", "head"), ("changed", "no"), ("new_risk", "no")):
        pick(finger, page, name, value)
    page.get_by_label("说一句").fill(WORDS)
    phone.clear_cookies(name="bangfu_session")
    finger.tap(page.get_by_role("button", name="存下"))
    expect(page.locator("main")).to_contain_text("您刚才填的都在")
    page.get_by_label("账号").fill(NAME)
    page.get_by_label("口令", exact=True).fill(county.accounts[NAME])
    page.keyboard.press("Enter")
    page.get_by_role("button", name="再交一次").click()
    expect(page.locator(".bf-messages")).to_contain_text("走访已存")
    page.goto("/visits/")
    expect(page.locator("main")).to_contain_text(WORDS)

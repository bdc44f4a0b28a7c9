"""A session that ends while somebody types: after signing in again the form goes on with what was typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, StorageState, expect

from tests.browser.conftest import SignedIn
from tests.browser.county import County

NAME = "zhen"
REASON = "整户没有劳动能力，老人独居"


@pytest.fixture
def page(signed_in: SignedIn, sessions: dict[str, StorageState]) -> Iterator[Page]:
    context = signed_in(NAME)
    yield context.new_page()
    # 重新登录换了会话；别的测试接着用新的
    sessions[NAME] = context.storage_state()


def _open_form(page: Page, row: int) -> None:
    page.goto("/households/?f_household_type=general")
    page.locator("tbody tr td a").nth(row).click()
    page.get_by_role("link", name="兜底与搬迁").click()
    page.get_by_role("link", name="转民政", exact=True).click()
    page.get_by_label("转民政的理由").fill(REASON)


def _sign_in_again(page: Page, county: County) -> None:
    page.get_by_label("账号").fill(NAME)
    page.get_by_label("口令", exact=True).fill(county.accounts[NAME])
    page.keyboard.press("Enter")


def _end_session(context: BrowserContext) -> None:
    context.clear_cookies(name="bangfu_session")


def test_a_form_waits_behind_the_sign_in_page(page: Page, county: County) -> None:
    _open_form(page, 0)
    _end_session(page.context)
    page.get_by_role("button", name="登记移交").click()
    expect(page.locator("main")).to_contain_text("您刚才填的都在")
    assert REASON not in page.content()
    _sign_in_again(page, county)
    expect(page.locator("h1")).to_have_text("您填的都在")
    page.get_by_role("button", name="再交一次").click()
    page.wait_for_url("**/?tab=following")
    expect(page.locator("main")).to_contain_text(REASON)


def test_a_part_of_a_page_gives_way_to_the_sign_in_page(page: Page, county: County) -> None:
    page.goto("/referrals/")
    page.locator("tbody tr td a").first.click()
    page.get_by_role("link", name="电话", exact=True).click()
    why = page.locator("#panel textarea, #panel input[name=reason]").first
    why.fill("核对电话，通知领低保")
    _end_session(page.context)
    page.locator("#panel button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("您刚才填的都在")
    _sign_in_again(page, county)
    page.get_by_role("button", name="再交一次").click()
    expect(page.locator("body")).not_to_contain_text("登录")


def test_who_signed_in_again_in_another_window_goes_on_in_the_first(page: Page, county: County) -> None:
    _open_form(page, 1)
    _end_session(page.context)
    other = page.context.new_page()
    other.goto("/login/")
    _sign_in_again(other, county)
    other.wait_for_url(f"{county.address}/")
    page.get_by_role("button", name="登记移交").click()
    expect(page.locator("h1")).to_have_text("您填的都在")
    page.get_by_role("button", name="再交一次").click()
    page.wait_for_url("**/?tab=following")
    expect(page.locator("main")).to_contain_text(REASON)

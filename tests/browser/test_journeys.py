"""What people do: by keyboard alone, without JavaScript, on a phone, on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignedIn

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(signed_in: SignedIn) -> Page:
    return signed_in("xian").new_page()


def focused(page: Page) -> str:
    """What the focus is on: id, or the words of a link or button."""
    return str(page.evaluate("document.activeElement.id || document.activeElement.innerText.trim()"))


def tab_to(page: Page, words: str, at_most: int = 60) -> None:
    """Press Tab until the focus is on ``words``."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if focused(page) == words:
            return
    raise AssertionError(f"Tab does not lead to {words}; it is on {focused(page)}")


def first_head(page: Page) -> str:
    page.goto("/households/")
    return page.locator("tbody tr td a").first.inner_text()


def test_a_household_is_found_and_opened_by_keyboard_alone(page: Page) -> None:
    name = first_head(page)
    page.keyboard.press("/")
    assert focused(page) == "find"
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/**")
    link = page.locator("main a", has_text=name).first
    expect(link).to_be_visible()
    tab_to(page, link.inner_text().strip())
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/households/[0-9a-f-]{36}/"))
    expect(page.locator("h1")).to_contain_text(name)


def test_a_panel_closes_with_esc_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/metrics/")
    asker = page.locator(".bf-figures a[hx-target='#panel']").first
    asker.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel .bf-why")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel .bf-why")).to_have_count(0)
    assert asker.evaluate("one => one === document.activeElement")


def test_a_condition_acts_at_once_and_the_address_is_the_view(page: Page) -> None:
    page.goto("/households/")
    everybody = page.locator(".card-footer").last.inner_text()
    page.locator("#ledger .bf-filter select").nth(1).select_option(index=1)
    page.wait_for_url(re.compile(r"f_"))
    expect(page.locator(".card-footer").last).not_to_have_text(everybody)
    narrowed = page.locator(".card-footer").last.inner_text()
    address = page.url
    page.goto(address)
    assert page.locator(".card-footer").last.inner_text() == narrowed
    page.go_back()
    page.go_back()


def test_a_ledger_works_without_javascript(signed_in: SignedIn) -> None:
    page = signed_in("xian", java_script_enabled=False).new_page()
    page.goto("/households/")
    page.locator(".bf-filter select").nth(1).select_option(index=1)
    page.locator(".bf-filter button[type=submit]").click()
    assert "f_" in page.url
    expect(page.locator(".card-footer").last).to_contain_text("共")


def test_a_view_is_saved_where_one_is_and_nothing_is_typed_twice(page: Page) -> None:
    page.goto("/households/?f_type=registered")
    page.get_by_text("存为视图").click()
    page.get_by_label("名称").fill("我的脱贫户")
    page.keyboard.press("Enter")
    expect(page.locator(".bf-views a", has_text="我的脱贫户")).to_be_visible()
    assert "f_type=registered" in page.url


def test_rows_are_cards_on_a_phone_and_conditions_fold(signed_in: SignedIn) -> None:
    page = signed_in("xian", viewport=PHONE).new_page()
    page.goto("/households/")
    expect(page.locator("#ledger .bf-filter")).to_be_hidden()
    page.get_by_text("条件", exact=True).click()
    expect(page.locator("#ledger .bf-filter")).to_be_visible()
    width = page.locator("tbody tr").first.evaluate("row => row.getBoundingClientRect().width")
    assert width <= PHONE["width"]
    label = (
        page.locator("tbody tr td[data-label]")
        .nth(1)
        .evaluate("cell => getComputedStyle(cell, '::before').content")
    )
    assert len(label) > 2


def test_what_one_taps_on_a_phone_is_large_enough(signed_in: SignedIn) -> None:
    page = signed_in("xian", viewport=PHONE).new_page()
    page.goto("/households/")
    sizes = page.locator(".bf-head .btn, .bf-more-label, .bf-burger").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).filter(box => box.width).map(box => box.height)"
    )
    assert sizes and min(sizes) >= 40


def test_a_ledger_on_paper_lies_across_and_says_its_conditions(page: Page) -> None:
    page.goto("/households/")
    village = page.locator("#id_place option").nth(1).get_attribute("value")
    page.goto(f"/households/?place={village}&print=1")
    expect(page.locator(".bf-paper .sub")).to_contain_text("区划：")
    paper = page.pdf(prefer_css_page_size=True)
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert box is not None and float(box[1]) > float(box[2])


def test_an_outsider_gets_no_page_and_no_hint(signed_in: SignedIn, page: Page) -> None:
    page.goto("/households/")
    file = page.locator("tbody tr td a").last.get_attribute("href")
    helper = signed_in("bangfu").new_page()
    response = helper.goto(str(file))
    assert response is not None and response.status == 404

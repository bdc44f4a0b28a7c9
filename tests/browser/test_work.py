"""A day's work, as people of the county do it: roles, hand-over, split, merge, an income that is disputed."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignedIn

Opens = Callable[[str], Page]
_serial = count(1)
FILE = re.compile(r"/households/[0-9a-f-]{36}/$")


@pytest.fixture
def opens(signed_in: SignedIn) -> Opens:
    """``opens("xian")``: a page of that person."""
    return lambda name: signed_in(name).new_page()


def send(page: Page) -> None:
    page.locator("main form[method=post] button[type=submit]").last.click()


def said(page: Page, words: str) -> None:
    expect(page.locator(".bf-messages")).to_contain_text(words)


def household(page: Page, conditions: str, number: int) -> str:
    """The address of a household of the ledger."""
    page.goto(f"/households/?{conditions}")
    return str(page.locator("tbody tr td a").nth(number).get_attribute("href"))


def people_in(page: Page) -> list[str]:
    return page.locator("main table").first.locator("tbody tr td:first-child").all_inner_texts()


@pytest.fixture
def new_helper(opens: Opens) -> str:
    """One administrator makes an account, another grants the role; neither could do both."""
    username = f"liping{next(_serial)}"
    page = opens("xitong")
    page.goto("/users/create/")
    page.locator("#id_username").fill(username)
    page.locator("#id_name").fill("李平")
    page.locator("#id_unit").select_option(label="云岭县农业银行")
    send(page)
    expect(page.locator("h1")).to_contain_text("首次口令")
    page.goto("/users/")
    page.get_by_role("link", name=username).click()
    expect(page.get_by_role("link", name="授予角色")).to_have_count(0)

    page = opens("anquan")
    page.goto("/users/")
    page.get_by_role("link", name=username).click()
    page.get_by_role("link", name="授予角色").first.click()
    page.locator("#id_role").select_option(label="帮扶责任人")
    page.locator("#id_region").select_option(label="青山村")
    send(page)
    expect(page.locator("[role=alert]")).to_contain_text("只能授予在县一级")
    page.locator("#id_region").select_option(label="云岭县")
    send(page)
    said(page, "已授予李平“帮扶责任人”")
    return username


def test_a_role_is_granted_and_withdrawn(opens: Opens, new_helper: str) -> None:
    page = opens("anquan")
    page.goto("/users/")
    page.get_by_role("link", name=new_helper).click()
    page.get_by_role("link", name="收回").click()
    expect(page.locator("main")).to_contain_text("帮扶责任人”（云岭县）")
    page.locator("[name=reason]").fill("调离本县，不再结对")
    send(page)
    said(page, "收回")
    expect(page.get_by_role("link", name="收回")).to_have_count(0)


def test_a_helper_hands_all_households_over_but_one(opens: Opens, new_helper: str) -> None:
    page = opens("xian")
    page.goto("/pairings/")
    page.get_by_role("link", name="移交").click()
    page.locator("#giver").select_option(label="马强（云岭县农业银行）")
    page.get_by_role("button", name="列出这个人的户").click()
    handed = page.locator("input[name=pairings]").count()
    assert handed > 1
    page.locator("input[name=pairings]").first.uncheck()
    send(page)
    expect(page.locator("[role=alert]")).to_contain_text("还没移交")
    expect(page.locator("input[name=pairings]:checked")).to_have_count(handed - 1)
    page.locator("[name=taker]").select_option(index=1)
    send(page)
    expect(page.locator(".bf-paper h1")).to_contain_text("移交清单")
    expect(page.locator(".bf-paper tbody tr")).to_have_count(handed - 1)

    helper = opens("bangfu")
    helper.goto("/households/")
    expect(helper.locator("tbody tr td a")).to_have_count(1)


def test_a_household_is_split_then_merged_and_each_leads_to_the_other(opens: Opens) -> None:
    page = opens("cun")
    address = household(page, "sort=-member_count", 0)
    page.goto(address)
    before = people_in(page)
    page.get_by_role("link", name="登记自然变更").click()
    page.get_by_role("link", name="分户").click()
    send(page)
    expect(page.locator("[role=alert]")).to_contain_text("还没存")
    leaving = page.locator("input[name=members]").nth(1)
    leaving.check()
    page.locator("#id_new_head").select_option(value=str(leaving.get_attribute("value")))
    page.locator("#id_occurred_on").fill("2026-11-10")
    send(page)
    said(page, "“分户”已登记")
    assert people_in(page) == [before[1]]
    page.get_by_role("link", name=re.compile("分自")).click()
    page.wait_for_url(f"**{address}")
    assert people_in(page) == [before[0], *before[2:]]

    page.get_by_role("link", name=re.compile("分出")).click()
    page.wait_for_url(FILE)
    page.get_by_role("link", name="登记自然变更").click()
    page.get_by_role("link", name="并户").click()
    home = page.locator("#id_into option", has_text=f"{before[0]}（").first.get_attribute("value")
    page.locator("#id_into").select_option(value=home)
    page.locator("#id_occurred_on").fill("2026-11-15")
    send(page)
    said(page, "“并户”已登记")
    page.wait_for_url(f"**{address}")
    assert sorted(people_in(page)) == sorted(before)
    page.get_by_role("link", name=re.compile("并来")).click()
    expect(page.locator("h1").locator("..")).to_contain_text("并入他户")
    expect(page.get_by_role("link", name="登记自然变更")).to_have_count(0)


def test_an_income_is_disputed_counted_again_and_signed(opens: Opens) -> None:
    page = opens("cun")
    page.goto(household(page, "f_household_type=registered", 8) + "income/")
    page.locator("[name=lines-0-description]").fill("浙江鞋厂 8 个月")
    page.locator("[name=lines-0-amount_fen]").fill("一万二")
    send(page)
    expect(page.locator(".err").first).to_contain_text("不是金额")
    expect(page.locator("[name=lines-0-description]")).to_have_value("浙江鞋厂 8 个月")
    page.locator("[name=lines-0-amount_fen]").fill("12000")
    send(page)
    said(page, "请打印")

    page.get_by_role("link", name="登记异议").click()
    page.locator("textarea").fill("只做了 6 个月")
    send(page)
    said(page, "异议已登记")
    page.get_by_role("link", name="重新核算").click()
    expect(page.locator("[name=lines-0-amount_fen]")).to_have_value("12000.00")
    page.locator("[name=lines-0-amount_fen]").fill("9000")
    send(page)
    said(page, "第 1 版也留着")
    expect(page.locator("main")).to_contain_text("−3,000.00")

    page.get_by_role("link", name="登记签字").click()
    send(page)
    said(page, "签字已登记")
    expect(page.get_by_role("link", name="改这一版")).to_have_count(0)
    page.get_by_role("link", name="第 1 版").click()
    expect(page.locator("h1")).to_contain_text("已重新核算")
    expect(page.locator("main")).to_contain_text("12,000.00")


def test_a_panel_that_was_answered_does_not_warn_of_words_left(opens: Opens) -> None:
    page = opens("xian")
    page.goto(household(page, "", 0))
    asker = page.get_by_role("link", name="证件号", exact=True)
    asker.focus()
    page.keyboard.press("Enter")
    page.locator("#panel input[type=text], #panel textarea").first.fill("核对户口簿")
    page.keyboard.press("Escape")
    expect(page.locator("#panel .bf-keep")).to_be_visible()
    page.locator("#panel button[type=submit]").click()
    expect(page.locator("#panel h2")).to_contain_text("原文")
    expect(page.locator("#panel .bf-keep")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#panel .bf-why")).to_have_count(0)
    assert asker.evaluate("one => one === document.activeElement")


def test_two_people_change_one_household_and_nothing_typed_is_lost(opens: Opens) -> None:
    first, second = opens("xian"), opens("cun")
    address = household(second, "", 3) + "edit/"
    first.goto(address)
    second.goto(address)
    first.locator("#id_address").fill("上寨 9 号")
    send(first)
    said(first, "已存")
    second.locator("#id_address").fill("下寨 1 号")
    send(second)
    expect(second.locator("[role=alert]")).to_contain_text("别人先存了一次")
    expect(second.locator("main table")).to_contain_text("上寨 9 号")
    expect(second.locator("#id_address")).to_have_value("下寨 1 号")
    send(second)
    said(second, "已存")

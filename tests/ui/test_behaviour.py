"""What the parts do in a real browser, on the gallery, under the security policy of the application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
AXE = Path(__file__).parents[1] / "browser" / "vendor" / "axe.min.js"
WIDTHS = [390, 820, 1366, 1440]
PAGES = ["", "ledger/", "file/", "paper/", "plain/"]
Open = Callable[..., Page]


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing about requests."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The gallery on a port of its own; it needs no database."""
    middleware = ["bangfu.access.middleware.SecurityHeaders", "django_htmx.middleware.HtmxMiddleware"]
    with override_settings(ROOT_URLCONF="bangfu.ui.urls", MIDDLEWARE=middleware, ALLOWED_HOSTS=["*"]):
        server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=_Silent)
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/gallery/"
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """``open_page("ledger/", width=390)``; fails at the end if the page complained in its console."""
    complaints: list[str] = []
    with browser.new_context(locale="zh-CN") as context:

        def go(path: str, *, width: int = 1366, height: int = 768) -> Page:
            page = context.new_page()
            page.set_viewport_size({"width": width, "height": height})
            page.on("console", lambda message: complaints.append(message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(f"{address}{path}")
            return page

        yield go
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_panel_takes_the_focus_and_esc_gives_it_back(open_page: Open, width: int) -> None:
    page = open_page("ledger/", width=width)
    asker = page.get_by_role("link", name="为什么？").nth(1)
    asker.click()
    expect(page.locator("#panel")).to_be_focused()
    expect(page.get_by_role("heading", name="为什么？")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_empty()
    expect(asker).to_be_focused()


def test_words_typed_in_a_panel_outlive_the_first_esc(open_page: Open) -> None:
    page = open_page("file/")
    page.get_by_role("link", name="显示原文").click()
    words = page.get_by_label("补充说明")
    words.fill("入户前核对")
    page.keyboard.press("Escape")
    expect(words).to_have_value("入户前核对")
    expect(page.get_by_role("alert")).to_contain_text("还没交")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_empty()


def test_ticked_rows_are_counted_and_let_go(open_page: Open) -> None:
    page = open_page("ledger/")
    bar = page.locator(".bf-batch")
    expect(bar).to_be_hidden()
    page.get_by_label("选 杨*明").check()
    page.get_by_label("选 李*国").check()
    expect(bar).to_contain_text("已选 2 条")
    page.get_by_label("全选本页").check()
    expect(bar).to_contain_text("已选 7 条")
    page.get_by_role("button", name="取消选择").click()
    expect(bar).to_be_hidden()


def test_the_menu_is_a_drawer_on_a_phone(open_page: Open) -> None:
    page = open_page("", width=390)
    menu = page.locator("#menu")
    opener = page.get_by_role("button", name="菜单", exact=True)
    expect(menu).to_be_hidden()
    opener.click()
    expect(menu).to_be_visible()
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()


def test_map_and_table_point_at_the_same_region(open_page: Open) -> None:
    page = open_page("")
    page.locator("tr[data-region='539921003'] a").hover()
    expect(page.locator("li[data-region='539921003']")).to_have_class("at")


def test_a_chart_is_drawn_in_the_colours_of_the_theme_and_has_its_table(open_page: Open) -> None:
    page = open_page("")
    chart = page.locator("[data-chart=trend]")
    expect(chart.locator("path[stroke='#155e82']").first).to_be_attached()
    page.get_by_text("看数据表").last.click()
    expect(page.get_by_role("rowheader", name="2026-08")).to_be_visible()


def test_the_head_of_a_long_table_stays_in_sight(open_page: Open) -> None:
    page = open_page("ledger/", width=1440, height=420)
    page.mouse.wheel(0, 300)
    head = page.get_by_role("columnheader", name="村组")
    expect(head).to_be_in_viewport()


@pytest.mark.parametrize("size", ["normal", "large"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_window(open_page: Open, path: str, width: int, size: str) -> None:
    page = open_page(f"{path}?type={size}", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [390, 1366])
def test_axe_finds_nothing(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, width=width)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(result => result.violations)")
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []


def test_an_impatient_second_click_sends_nothing(open_page: Open) -> None:
    page = open_page("ledger/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.get_by_label("选 杨*明").check()
    page.route("**/gallery/ledger/", lambda route: route.fulfill(status=204))
    page.get_by_role("button", name="导出所选").click(no_wait_after=True)
    page.get_by_role("button", name="导出所选").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert sent == ["POST"]

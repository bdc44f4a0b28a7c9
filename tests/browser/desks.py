"""People at their desks, each signed in, in a county whose clock can be moved on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.county import County

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
SignIn = Callable[[Browser, County, str], Any]


class Desks:
    """``desks("cun")`` is that person's page; ``days_later`` lets days go by and everybody sign in anew."""

    def __init__(self, browser: Browser, county: County, sign_in: SignIn, patience: int) -> None:
        self.browser, self.county, self.sign_in, self.patience = browser, county, sign_in, patience
        self.days = 0
        self.contexts: dict[str, BrowserContext] = {}
        self.pages: dict[str, Page] = {}

    @property
    def today(self) -> str:
        """The server's day, as forms take it."""
        return (date.today() + timedelta(days=self.days)).isoformat()

    def __call__(self, name: str) -> Page:
        if name not in self.pages:
            self.contexts[name] = self.browser.new_context(
                base_url=self.county.address,
                storage_state=self.sign_in(self.browser, self.county, name),
                locale="zh-CN",
                viewport=PHONE if name == "wangge" else DESK,
            )
            self.contexts[name].set_default_timeout(self.patience)
            self.pages[name] = self.contexts[name].new_page()
        return self.pages[name]

    def days_later(self, days: int) -> None:
        """Sessions of the days before have ended."""
        self.leave()
        self.days += days
        self.county.move_clock(self.days)

    def leave(self) -> None:
        """Close every desk."""
        for context in self.contexts.values():
            context.close()
        self.contexts.clear()
        self.pages.clear()


def put(page: Page, **values: Any) -> None:
    """Fill fields of the page's form by name: text, a choice's value, True to tick, a list of ticks."""
    for name, value in values.items():
        _put(page.locator(f"main [name='{name}']"), value)


def _put(field: Locator, value: Any) -> None:
    kind = field.first.evaluate("one => one.type")
    if kind in ("checkbox", "radio"):
        wanted = value if isinstance(value, list) else [value]
        for one in wanted:
            (field if one is True else field.and_(field.page.locator(f"[value='{one}']"))).check()
    elif kind == "select-one":
        field.select_option(value)
    else:
        field.fill(str(value))


def send(page: Page) -> None:
    """The main button of the page's form."""
    page.locator("main form[method=post] button.btn-primary[type=submit]").last.click()


def said(page: Page, words: str) -> None:
    """The page says so after the step."""
    expect(page.locator(".bf-messages")).to_contain_text(words)


def refused(page: Page, words: str) -> None:
    """The page says why not."""
    expect(page.locator("[role=alert]").first).to_contain_text(words)


def stands_at(page: Page, step: str) -> None:
    """The case's page shows this step as the present one."""
    expect(page.locator("#step-title")).to_have_text(step)


def bring_paper(page: Page, title: str, dated_on: str = "", *, sealed: bool = False) -> None:
    """Upload a signed paper for a requirement of the present step."""
    need = page.locator("#step-panel .bf-needs > li").filter(has_text=title).first
    need.locator("summary").click()
    need.locator("[name=file]").set_input_files(
        {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    need.locator("[name=dated_on]").fill(dated_on)
    for mark in ("signed", "sealed"):
        if need.locator(f"[name={mark}]").count() and (mark == "signed" or sealed):
            need.locator(f"[name={mark}]").check()
    need.get_by_role("button", name="上传").click()
    said(page, f"“{title}”收下了")


def go_on(page: Page, way: str, **answers: str) -> None:
    """Take the case on by a way out of its step."""
    form = page.locator("#step-panel details.bf-way").filter(
        has=page.locator("summary", has_text=re.compile(f"^{re.escape(way)}$"))
    )
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    for name, words in answers.items():
        form.locator(f"[name={name}]").fill(words)
    form.locator("button[type=submit]").click()
    said(page, f"“{way}”办好了")


def closed_way(page: Page, way: str) -> str:
    """Why a way on is not open: the sentence beside it."""
    row = page.locator("#step-panel .row-x").filter(has=page.locator(".btn.disabled", has_text=way))
    return row.locator("small").inner_text()

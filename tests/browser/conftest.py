"""A real server and a real browser; a person signs in once and keeps the session (one session a person)."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, StorageState, expect, sync_playwright

from tests.browser.county import County, serve
from tests.browser.walking import Walk, walk

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
PATIENCE = 15_000
"""Milliseconds that a page or an element may take on a busy machine."""
SignedIn = Callable[..., BrowserContext]

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    with serve(tmp_path_factory.mktemp("demo")) as county:
        _wait_for(county.address)
        yield county


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"{address}/health/", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Ends with the package: Playwright's loop in this thread would keep Django from its database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sessions() -> dict[str, StorageState]:
    return {}


@pytest.fixture(scope="package")
def signed_in(browser: Browser, county: County, sessions: dict[str, StorageState]) -> SignedIn:
    """``signed_in("xian", viewport=…)``: a new context in which the person has signed in."""

    def open_context(name: str, **options: Any) -> BrowserContext:
        if name not in sessions:
            sessions[name] = _sign_in(browser, county, name)
        options.setdefault("viewport", {"width": 1366, "height": 768})
        context = browser.new_context(
            base_url=county.address, storage_state=sessions[name], locale="zh-CN", **options
        )
        context.set_default_timeout(PATIENCE)
        return context

    return open_context


def _sign_in(browser: Browser, county: County, name: str) -> StorageState:
    with browser.new_context(base_url=county.address, locale="zh-CN") as context:
        page = context.new_page()
        page.goto("/login/")
        page.get_by_label("账号").fill(name)
        page.get_by_label("口令", exact=True).fill(county.accounts[name])
        page.keyboard.press("Enter")
        page.wait_for_url(f"{county.address}/")
        return context.storage_state()


@pytest.fixture(scope="package")
def walks(signed_in: SignedIn, county: County) -> Callable[[str], Walk]:
    """What one finds on the way through every page that a person can reach; each person walks once."""

    examined: set[str] = set()

    @cache
    def walk_as(name: str) -> Walk:
        with signed_in(name) as context:
            return walk(context, county.address, examined)

    return walk_as

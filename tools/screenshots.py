"""Takes the pictures docs/images/web-*.png of the demonstration.

``python -m tools.screenshots URL NAME=WORD …``: where ``bangfu demo`` answers, and accounts that it prints
(xian and bangfu for all pictures; only the pictures of the accounts given are taken).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools.tree import ROOT

IMAGES = ROOT / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
DESK, OFFICE, PHONE = (1440, 1000), (1366, 768), (390, 844)


@dataclass(frozen=True)
class Picture:
    """A picture: its name, the page, the window, who sees it.

    ``open_first`` follows the first row of a ledger, ``follow`` the first link of that name.
    """

    name: str
    address: str
    window: tuple[int, int] = DESK
    open_first: bool = False
    large: bool = False
    who: str = "xian"
    follow: str = ""


PICTURES = (
    Picture("workbench", "/"),
    Picture("households", "/households/?f_household_type=registered"),
    Picture("households", "/households/", OFFICE),
    Picture("households", "/households/", PHONE),
    Picture("household", "/households/", open_first=True),
    Picture("household", "/households/", PHONE, open_first=True),
    Picture("find", "/find/?q=w", PHONE),
    Picture("village", "/villages/", open_first=True),
    Picture("work", "/work/", OFFICE),
    Picture("overview", "/metrics/"),
    Picture("overview", "/metrics/", PHONE),
    Picture("movement", "/rounds/", open_first=True),
    Picture("todo", "/todo/", OFFICE),
    Picture("clues", "/clues/"),
    Picture("clue", "/clues/?f_state=dispatched", PHONE, open_first=True),
    Picture("case", "/cases/?f_state=verify", open_first=True),
    Picture("notice", "/notices/", open_first=True),
    Picture("import", "/imports/", OFFICE, open_first=True),
    Picture("parameters", "/parameters/", OFFICE),
    Picture("tie-tree", "/ties/tree/"),
    Picture("tie-gaps", "/ties/gaps/"),
    Picture("duties", "/duties/mine/", who="bangfu"),
    Picture("compliance", "/duties/compliance/"),
    Picture("visit", "/visits/mine/", PHONE, who="bangfu", follow="记走访"),
    Picture("meeting", "/meetings/?f_kind=joint", open_first=True),
    Picture("order", "/orders/", open_first=True),
    Picture("report", "/reports/?f_template=quarterly_report", open_first=True),
    Picture("training", "/training/"),
    Picture("matching", "/matching/listings/?q=自来水", open_first=True),
    Picture("workbench-large", "/", OFFICE, large=True),
)


def main(arguments: list[str]) -> int:
    """Sign in and take the pictures; 2 when the arguments are no address and accounts."""
    if len(arguments) < 2 or not all("=" in one for one in arguments[1:]):
        print(__doc__, file=sys.stderr)
        return 2
    address, *accounts = arguments
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, word in (one.split("=", 1) for one in accounts):
            context = _signed_in(browser, address.rstrip("/"), name, word)
            for picture in PICTURES:
                if picture.who == name:
                    _take(context.new_page(), picture)
        browser.close()
    return 0


def _signed_in(browser: Browser, address: str, name: str, word: str) -> BrowserContext:
    context = browser.new_context(base_url=address, locale="zh-CN")
    page = context.new_page()
    page.goto("/login/")
    page.get_by_label("账号").fill(name)
    page.get_by_label("口令", exact=True).fill(word)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    return context


def _take(page: Page, picture: Picture) -> None:
    width, height = picture.window
    page.set_viewport_size({"width": width, "height": height})
    response = page.goto(picture.address)
    if response is None or response.status != 200:
        raise SystemExit(f"{picture.address} 没有打开，图没有拍完。")
    if picture.open_first:
        page.locator("tbody tr a").first.click()
        page.wait_for_load_state("networkidle")
    if picture.follow:
        page.get_by_role("link", name=picture.follow, exact=True).first.click()
        page.wait_for_load_state("networkidle")
    if picture.large:
        page.evaluate("document.documentElement.dataset.type = 'large'")
    page.screenshot(path=IMAGES / f"web-{picture.name}-{width}.png")
    page.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

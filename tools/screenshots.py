"""Takes the pictures docs/images/web-*.png of the demonstration.

``python -m tools.screenshots URL NAME WORD``: where ``bangfu demo`` answers, and one of the accounts that it
prints.
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
    """A picture: its name, the page, the window; ``open_first`` follows the first row of a ledger."""

    name: str
    address: str
    window: tuple[int, int] = DESK
    open_first: bool = False
    large: bool = False


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
    Picture("import", "/imports/", OFFICE, open_first=True),
    Picture("parameters", "/parameters/", OFFICE),
    Picture("workbench-large", "/", OFFICE, large=True),
)


def main(arguments: list[str]) -> int:
    """Sign in and take every picture; 2 when the arguments are not three."""
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    address, name, word = arguments
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = _signed_in(browser, address.rstrip("/"), name, word)
        for picture in PICTURES:
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
    if picture.large:
        page.evaluate("document.documentElement.dataset.type = 'large'")
    page.screenshot(path=IMAGES / f"web-{picture.name}-{width}.png")
    page.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

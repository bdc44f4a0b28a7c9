"""A walk through every page that a person can reach by links, looking at each page in every width."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import APIResponse, BrowserContext, ConsoleMessage, Page, Request

from tests.browser.anatomy import Anatomy

AXE_TEXT = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
WIDTHS = (390, 820, 1366, 1440)
PAGES_AT_MOST = 1200

_UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NUMBER = re.compile(r"(?<=/)\d+(?=/)")
_CODE = re.compile(
    r"(?<=^/metrics/)\w+|(?<=^/parameters/)\w+|(?<=^/unmask/#/)\w+|(?<=^/ledgers/)(?!(?:new|rows|versions)/)\w+"
)
_ASIDE = re.compile(r"/gallery/|/preference/|/logout/|/static/|/download|/export/|format=")
_SERIOUS = ("serious", "critical")
_RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"], runOnly: {type: "tag",
 values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}})).violations
 .filter(found => %s.includes(found.impact))
 .map(found => found.id + ": " + found.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | "))"""
_TOO_WIDE = """size => {
  document.documentElement.dataset.type = size;
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide <= 0) return "";
  const frames = ".table-wrap, .bf-views, .bf-tabs, .bf-crumb";
  const out = [...document.querySelectorAll("body *")].find(one => {
    const box = one.getBoundingClientRect();
    return box.width && box.right > window.innerWidth + 1 && !one.closest(frames);
  });
  return wide + " px: " + (out ? out.outerHTML.slice(0, 120) : "");
}"""


@dataclass
class Walk:
    """Where somebody came along, and what was wrong there: lists of "address: what"."""

    pages: list[str] = field(default_factory=list)
    barriers: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def walk(context: BrowserContext, address: str, examined: set[str]) -> Walk:
    """Follow every link from the workbench; pages that differ by an id or a condition count as one.

    ``examined`` are the skeletons of pages looked at before, by anybody; the walk adds its own. A page of
    such a skeleton is asked for, and its links are followed, but the browser does not draw it again.
    """
    found, page = Walk(), context.new_page()
    _listen(page, found, address)
    waiting, known = deque(["/"]), {"/"}
    while waiting and len(found.pages) < PAGES_AT_MOST:
        here = waiting.popleft()
        answer = context.request.get(here)
        if not answer.ok:
            found.errors.append(f"{here}: {answer.status}")
            continue
        if not _is_page(answer):
            continue
        found.pages.append(here)
        anatomy = Anatomy(answer.text())
        for link in anatomy.links:
            target = _target(link, answer.url, address)
            if target and _kind(target) not in known:
                known.add(_kind(target))
                waiting.append(target)
        skeleton = f"{_kind(here)} {anatomy.skeleton}"
        if skeleton not in examined:
            examined.add(skeleton)
            page.goto(here)
            _look_for_barriers(page, here, found)
            _look_at_widths(page, here, found)
    return found


def _is_page(answer: APIResponse) -> bool:
    """Not a file to keep."""
    headers = answer.headers
    return headers.get("content-type", "").startswith("text/html") and "content-disposition" not in headers


def _listen(page: Page, found: Walk, address: str) -> None:
    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            found.errors.append(f"{page.url}: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            found.foreign.append(f"{page.url}: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: found.errors.append(f"{page.url}: {error}"))
    page.on("request", on_request)


def _target(link: str, here: str, address: str) -> str:
    """A link as an address of this server; empty when it leads elsewhere or to a file."""
    target = urljoin(here, link)
    if not target.startswith(address) or link.startswith("#") or _ASIDE.search(target):
        return ""
    parts = urlsplit(target)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _kind(target: str) -> str:
    """What pages have in common that differ by an id; of the conditions only tabs and papers make another."""
    path, _, query = target.partition("?")
    kept = re.findall(r"(?:tab=\w+|print=\w+)", query)
    return "&".join([_CODE.sub("#", _NUMBER.sub("#", _UID.sub("#", path))), *kept])


def _look_for_barriers(page: Page, here: str, found: Walk) -> None:
    # 页面的安全策略不许外来脚本；经开发者接口放进去
    page.evaluate(AXE_TEXT)
    problems: list[Any] = page.evaluate(_RUN_AXE % list(_SERIOUS))
    found.barriers += [f"{here}: {problem}" for problem in problems]


def _look_at_widths(page: Page, here: str, found: Walk) -> None:
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 768})
        for size in ("large", "normal"):
            wide = page.evaluate(_TOO_WIDE, size)
            if wide:
                found.too_wide.append(f"{here} at {width} ({size}): {wide}")
    if before is not None:
        page.set_viewport_size(before)

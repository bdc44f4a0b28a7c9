"""The icons of the sprite, by name, and the icon each signal wears unless told otherwise."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SPRITE = "ui/icons.svg"

SIGNALS = {
    "ok": "circle-check",
    "warn": "hourglass",
    "bad": "alert-triangle",
    "now": "progress",
    "off": "clock",
}
"""Kind of signal → icon: done, soon or sent back, late or missing, in progress, waiting."""


class UnknownIconError(LookupError):
    """The sprite has no icon of this name."""


@cache
def icon_names() -> frozenset[str]:
    """The names of all icons in the sprite."""
    sprite = Path(__file__).parent / "static" / SPRITE
    return frozenset(re.findall(r'<symbol id="([^"]+)"', sprite.read_text(encoding="utf-8")))


def known_icon(name: str) -> str:
    """The name itself; raises UnknownIconError if the sprite has no such icon."""
    if name not in icon_names():
        raise UnknownIconError(f"没有“{name}”这个图标；把名字加进 icons.txt，再执行 python -m tools.icons")
    return name


def signal_icon(kind: str) -> str:
    """The usual icon of a signal; raises ValueError for an unknown kind."""
    if kind not in SIGNALS:
        raise ValueError(f"信号只有 {'、'.join(SIGNALS)}，没有“{kind}”")
    return SIGNALS[kind]


def drawn(name: str, classes: str = "") -> SafeString:
    """The icon as SVG, hidden from screen readers because a word stands beside it.

    Raises UnknownIconError if the sprite has no such icon.
    """
    address = f"{static(SPRITE)}#{known_icon(name)}"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', f"i {classes}".strip(), address
    )

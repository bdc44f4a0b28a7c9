"""Data become words on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bangfu.documents.errors import PaperIncomplete

GAP = "________"
"""What a value that is filled by hand looks like within a sentence."""

_NAME = re.compile(r"\{(\w+)\}")


def in_cell(value: Any) -> str:
    """Like ``said``, with a day as 2026-11-22, which fits a narrow column."""
    return value.isoformat() if isinstance(value, date) else said(value)


def said(value: Any) -> str:
    """A value in words: a day as 2026年11月22日, a list with 、, yes or no, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, list | tuple):
        return "、".join(said(each) for each in value)
    return str(value)


def filled(text: str, data: Mapping[str, Any], gap: str = GAP) -> str:
    """The text with every ``{name}`` filled; None leaves a gap to write in.

    Raises PaperIncomplete when the data do not have the name at all.
    """
    return _NAME.sub(lambda found: said(needed(data, found[1])) or gap, text)


def needed(data: Mapping[str, Any], name: str) -> Any:
    """The value of a name; raises PaperIncomplete when the data do not have it."""
    if name not in data:
        raise PaperIncomplete(f"这份材料要用到“{name}”，数据里没有，没有印出。")
    return data[name]

"""Unit words behind a number or in a header."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from bangfu.tabular.text import compact

#: Factor to yuan. Compared without white space and in half width.
MONEY_UNITS: Mapping[str, Decimal] = {
    "元": Decimal(1),
    "人民币元": Decimal(1),
    "角": Decimal("0.1"),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万": Decimal(10_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿": Decimal(100_000_000),
    "亿元": Decimal(100_000_000),
}

_TAIL = re.compile(r"^([-−+]?[¥]?[-−]?[\d.,]*\d\.?)(\D.*)$", re.DOTALL)
_UNIT_NOTE = re.compile(r"单位[::]?(人民币)?(亿元|百万元|万元|千元|百元|元)(?!/)")


def split_unit(text: str, units: Mapping[str, Decimal]) -> tuple[str, Decimal | None]:
    """A number's text and the factor of the unit behind it (None: no unit written).

    An unknown unit leaves the text whole, so that it does not read as a number.
    """
    match = _TAIL.match(text)
    if not match:
        return text, None
    factor = units.get(match.group(2))
    return (match.group(1), factor) if factor is not None else (text, None)


def sheet_unit(titles: list[str]) -> Decimal | None:
    """The money unit that a line above the header states (单位:万元), or None."""
    for title in titles:
        found = _UNIT_NOTE.search(compact(title))
        if found:
            return MONEY_UNITS[found.group(2)]
    return None

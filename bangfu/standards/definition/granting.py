"""What a thing is given by its standard: nothing for one that failed, never more than the most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bangfu.standards.definition.model import Standard, Subsidy
from bangfu.ui.formats import exact

_FEN = Decimal("0.01")


@dataclass(frozen=True)
class Grant:
    """So many yuan, and how it was reckoned or why it is nothing."""

    yuan: Decimal
    words: str


def grant_of(standard: Standard, numbers: Mapping[str, Decimal | None]) -> Grant:
    """What a thing that passed is given; ``numbers`` are its answers by item."""
    subsidy = standard.subsidy
    if subsidy is None:
        return Grant(Decimal(0), "这个标准没有写补助。")
    if subsidy.each is not None:
        return _within(subsidy, subsidy.each, f"每个{standard.noun} {_shown(subsidy.each)} 元")
    number, item = numbers.get(subsidy.of), standard.item(subsidy.of)
    assert subsidy.share is not None and item is not None
    if number is None:
        return Grant(Decimal(0), f"“{item.title}”没有填，算不出补助。")
    amount = (number * subsidy.share / 100).quantize(_FEN, ROUND_HALF_UP)
    reckoned = f"{item.title} {_shown(number)} 元 × {_shown(subsidy.share)}% = {_shown(amount)} 元"
    return _within(subsidy, amount, reckoned)


def _within(subsidy: Subsidy, amount: Decimal, words: str) -> Grant:
    if subsidy.most is not None and amount > subsidy.most:
        return Grant(subsidy.most, f"{words}，最多补 {_shown(subsidy.most)} 元")
    return Grant(amount, words)


def _shown(number: Decimal) -> str:
    return exact(number)

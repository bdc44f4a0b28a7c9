"""How income is counted: which lines, the net sum, per capita (facts.md 2.3, C-051).

net = wage + business + property + transfer − business expense, of the counted lines;
per capita = net ÷ persons.
Compliant self-pay and insurance claims stand beside the sum, never in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from bangfu.core.parameters import explain, value
from bangfu.households.enums import IncomeCategory
from bangfu.households.reckoning.income_items import IncomeItem, income_items

OFFICIAL = "官"
_BASIS_LENGTH = 200


@dataclass(frozen=True)
class LineFacts:
    """What somebody typed on one line: an item, a positive amount in fen, what it is made of, evidence."""

    item: str
    amount_fen: int
    description: str = ""
    evidence: str = ""


class Counted(Protocol):
    """A line that says its category, its amount and whether and how it counts."""

    category: str
    amount_fen: int
    counted: bool
    deducted: bool


@dataclass(frozen=True)
class Standing:
    """Whether an item counts on a day in a place, and the sentence that says why."""

    item: IncomeItem
    counted: bool
    basis: str


def standing(item: IncomeItem, *, on: date, place: str) -> Standing:
    """Whether ``item`` counts in a period that ends ``on``, by the form's table or the county's parameter."""
    if not item.parameter:
        return Standing(item, item.counted, f"{item.basis}［{item.grade}］")
    counted = bool(value(item.parameter, on=on, place=place))
    source = explain(item.parameter, on, place)
    unverified = "" if source.grade == OFFICIAL else "，依据未核实"
    return Standing(
        item, counted, f"县参数：{'计' if counted else '不计'}（{source.basis}{unverified}）"[:200]
    )


def standings(*, on: date, place: str) -> dict[str, Standing]:
    """How every item stands, by code, in the order of the form."""
    return {code: standing(item, on=on, place=place) for code, item in income_items().items()}


def part(line: Counted) -> int:
    """What a line adds to the net sum in fen: nothing when it is not counted, less when it is deducted."""
    if not line.counted:
        return 0
    return -line.amount_fen if line.deducted else line.amount_fen


def net_of(lines: Iterable[Counted]) -> int:
    """The net income in fen."""
    return sum(part(line) for line in lines)


def sums_of(lines: Iterable[Counted]) -> dict[IncomeCategory, int]:
    """What each category adds to the net sum in fen; the business expense is negative."""
    sums = dict.fromkeys(IncomeCategory, 0)
    for line in lines:
        sums[IncomeCategory(line.category)] += part(line)
    return sums


def per_capita(net_fen: int, persons: int) -> int:
    """Net ÷ persons in fen, half a fen up (away from zero); raises ValueError without persons."""
    if persons < 1:
        raise ValueError("income is divided by at least one person")
    return int((Decimal(net_fen) / persons).quantize(Decimal(1), ROUND_HALF_UP))

"""Three-valued logic: True, False, and None for unknown.

Unknown is neither true nor false: ``unknown or true`` is true, ``unknown and false`` is false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeVar

Truth = bool | None
T = TypeVar("T")


def and_(*parts: Truth) -> Truth:
    if any(part is False for part in parts):
        return False
    return None if any(part is None for part in parts) else True


def or_(*parts: Truth) -> Truth:
    if any(part is True for part in parts):
        return True
    return None if any(part is None for part in parts) else False


def not_(part: Truth) -> Truth:
    return None if part is None else not part


def any_(parts: Iterable[Truth]) -> Truth:
    return or_(*parts)


def known(test: Callable[[T], bool], value: T | None) -> Truth:
    """The test of a value; unknown if the value is."""
    return None if value is None else test(value)


def total(rows: Iterable[tuple[Truth, Decimal | None]]) -> Decimal | None:
    """The sum of the amounts of the rows that count; unknown if one that may count has an unknown part.

    Each row is (does it count, amount). A row that certainly does not count never matters.
    """
    amount_sum = Decimal(0)
    for counts, amount in rows:
        if counts is False:
            continue
        if counts is None or amount is None:
            return None
        amount_sum += amount
    return amount_sum

"""Dividing numbers so that the parts add up to the last unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

WHOLE, CENT = Decimal(1), Decimal("0.01")


def step_of(amount: Decimal) -> Decimal:
    """The smallest unit of the parts: whole for a whole amount, else hundredths."""
    return WHOLE if amount == amount.to_integral_value() else CENT


def by_shares(amount: Decimal, shares: Sequence[Decimal]) -> list[Decimal]:
    """An amount by shares, what rounding leaves going to the largest remainders (of equal ones, the first).

    Raises ValueError for shares that are negative or add up to nothing.
    """
    total = sum(shares, Decimal(0))
    if total <= 0 or min(shares) < 0:
        raise ValueError("shares must not be negative and must add up to more than nothing")
    step = step_of(amount)
    units = int(amount / step)
    exact = [units * share / total for share in shares]
    parts = [int(one) for one in exact]
    order = sorted(range(len(shares)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[: units - sum(parts)]:
        parts[at] += 1
    return [part * step for part in parts]


def spread(amounts: Sequence[Decimal], parts: Sequence[Decimal]) -> list[list[Decimal]]:
    """Each amount over the same periods, so that the periods add up to ``parts`` as well.

    ``amounts`` and ``parts`` have the same sum. Each row takes of what is left in every period in proportion;
    a row that is smaller than the rest takes no more of a period than is there, and the last takes the rest.
    """
    left = list(parts)
    rows = []
    for amount in amounts:
        row = by_shares(amount, left) if amount else [Decimal(0)] * len(left)
        left = [there - taken for there, taken in zip(left, row, strict=True)]
        rows.append(row)
    return rows

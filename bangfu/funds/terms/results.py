"""Shares, and what a township did with its money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal


def share(part: int, whole: int) -> Decimal:
    """Percent with two decimals; nothing of nothing is 0."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.01")) if whole else Decimal("0.00")


@dataclass(frozen=True)
class Result:
    """What a township got in a year and what of it was paid, in fen."""

    place: str
    name: str
    allocated: int
    paid: int

    @property
    def percent(self) -> Decimal:
        """How much of it was paid, in percent with two decimals, cut off: what misses the floor shows it."""
        if not self.allocated:
            return Decimal("0.00")
        return (Decimal(100 * self.paid) / self.allocated).quantize(Decimal("0.01"), ROUND_DOWN)

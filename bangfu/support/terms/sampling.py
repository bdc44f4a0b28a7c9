"""Drawing by a seed that is shown: whoever has the seed and the list draws the same again.

A unit's lot is the SHA-256 of ``seed:code`` as a number; the smallest lots are drawn. Spread over strata,
the units are lined up stratum by stratum (strata and units within them by their lots), and every (N/k)-th is
taken from a start that the seed decides: each unit has the chance k/N, each stratum its share rounded up or
down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from fractions import Fraction

_LOTS = 1 << 256


def lot(seed: str, code: str) -> int:
    """The lot of a unit under a seed."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{code}".encode()).digest(), "big")


def draw(codes: Sequence[str], count: int, seed: str) -> list[str]:
    """``count`` of the codes (all when there are fewer), in the order of their lots."""
    return sorted(codes, key=lambda code: (lot(seed, code), code))[:count]


def draw_spread(codes: Sequence[str], count: int, seed: str, stratum: Callable[[str], str]) -> list[str]:
    """``count`` of the codes spread over their strata by size, each with the same chance, in code order."""
    start = Fraction(lot(seed, "start"), _LOTS)
    return sorted(spread(lined_up(codes, seed, stratum), count, start))


def lined_up(codes: Sequence[str], seed: str, stratum: Callable[[str], str]) -> list[str]:
    """The codes stratum by stratum, strata and the codes within them by their lots."""

    def key(code: str) -> tuple[int, str, int, str]:
        belongs = stratum(code)
        return lot(seed, f"stratum:{belongs}"), belongs, lot(seed, code), code

    return sorted(codes, key=key)


def spread(line: Sequence[str], count: int, start: Fraction) -> list[str]:
    """Every (N/count)-th of a line, from ``start`` (0 ≤ start < 1) of the first step on."""
    if count >= len(line):
        return list(line)
    step = Fraction(len(line), count) if count else Fraction(0)
    return [line[int((start + number) * step)] for number in range(count)]

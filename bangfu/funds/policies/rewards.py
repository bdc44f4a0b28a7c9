"""How a reward for good results is shared out, with every number explained (C-224)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bangfu.core.money import yuan_text
from bangfu.funds.terms.results import Result, share


@dataclass(frozen=True)
class Reward:
    """A township's part of the reward, in fen, and why."""

    result: Result
    fen: int
    why: str


def share_out(results: Sequence[Result], fen: int, floor: Decimal, *, equally: bool) -> list[Reward]:
    """Share ``fen`` among those that paid at least ``floor`` percent of what they got, in order of percent.

    By what they got, or ``equally``. What does not divide goes to the largest remainders: the parts add up
    to the fen, or to nothing where nobody reached the floor.
    """
    best = sorted(results, key=lambda each: (-each.percent, each.place))
    reached = {each.place: 1 if equally else each.allocated for each in best if _reaches(each, floor)}
    parts = divided(fen, reached)
    whole = sum(reached.values())
    return [Reward(each, parts.get(each.place, 0), _why(each, floor, reached, whole)) for each in best]


def divided(fen: int, weights: dict[str, int]) -> dict[str, int]:
    """``fen`` by weight, adding up: the largest remainders, the earlier ones first, get a fen more."""
    whole = sum(weights.values())
    if not whole:
        return {}
    parts = {key: fen * weight // whole for key, weight in weights.items()}
    rest = fen - sum(parts.values())
    by_remainder = sorted(weights, key=lambda key: -(fen * weights[key] % whole))
    return {key: parts[key] + (key in by_remainder[:rest]) for key in weights}


def _reaches(result: Result, floor: Decimal) -> bool:
    return result.allocated > 0 and Decimal(100 * result.paid) >= floor * result.allocated


def _why(result: Result, floor: Decimal, reached: dict[str, int], whole: int) -> str:
    if not result.allocated:
        return "这一年没有下达资金"
    if result.place not in reached:
        return f"支出进度 {result.percent}%，不到 {floor}%"
    part = f"占够格的 {share(reached[result.place], whole)}%"
    got = f"下达 {yuan_text(result.allocated)} 元，" if whole != len(reached) else ""
    return f"支出进度 {result.percent}%，不低于 {floor}%；{got}{part}"

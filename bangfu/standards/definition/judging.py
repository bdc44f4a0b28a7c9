"""A thing is judged by a standard: what each item gives, what is missing, whether it passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from bangfu.standards.definition.model import Item, Standard
from bangfu.standards.enums import CheckVerdict, ItemKind, Threshold

_MEETS = {Threshold.AT_LEAST: ge, Threshold.ABOVE: gt, Threshold.AT_MOST: le, Threshold.BELOW: lt}


@dataclass(frozen=True)
class Judged:
    """An item with its answer: ``met`` is None while nobody answered, ``missing`` says what is wanting."""

    item: Item
    value: Any
    met: bool | None
    points: int
    missing: str


@dataclass(frozen=True)
class Judgement:
    """What a check comes to."""

    items: tuple[Judged, ...]
    score: int
    verdict: CheckVerdict


def judge(standard: Standard, answers: Mapping[str, Any]) -> Judgement:
    """Judge answers by item id; None or empty text is no answer."""
    judged = tuple(_judged(item, answers.get(item.id)) for item in standard.items)
    score = sum(one.points for one in judged)
    return Judgement(judged, score, _verdict(standard, judged))


def _judged(item: Item, value: Any) -> Judged:
    if value is None or value == "":
        return Judged(item, None, None, 0, "没有查")
    if item.bands:
        points = next((band.points for band in item.bands if _within(value, band.low, band.high)), 0)
        return Judged(item, value, points > 0, points, "" if points else f"{shown(item, value)}，不得分")
    met = _meets(item, value)
    return Judged(item, value, met, item.points if met else 0, "" if met else _missing(item, value))


def _within(value: Decimal, low: Decimal, high: Decimal | None) -> bool:
    return value >= low and (high is None or value < high)


def _meets(item: Item, value: Any) -> bool:
    if item.side is not None and item.threshold is not None:
        return bool(_MEETS[item.side](value, item.threshold))
    if item.kind is ItemKind.NUMBER:
        return True
    if item.kind is ItemKind.CHOICE:
        return not item.accepted or value in item.accepted
    return bool(value)


def _missing(item: Item, value: Any) -> str:
    if item.kind is ItemKind.NUMBER and item.threshold is not None:
        gap = abs(value - item.threshold)
        way = "差" if value < item.threshold else "多"
        said = f"，{way} {gap} {item.unit}".rstrip() if gap else ""
        return f"{shown(item, value)}，要求{item.demand}{said}"
    if item.kind is ItemKind.CHOICE:
        return f"是“{value}”，要求是{item.demand}"
    return "缺这份材料" if item.kind is ItemKind.PAPER else "没有"


def shown(item: Item, value: Any) -> str:
    """An answer in words."""
    if value is None:
        return "没有查"
    if isinstance(value, bool):
        return "有" if value else "没有"
    return f"{value} {item.unit}".rstrip()


def _verdict(standard: Standard, judged: Sequence[Judged]) -> CheckVerdict:
    if _passes(standard, judged, open_counts=False):
        return CheckVerdict.PASSED
    open_ = _passes(standard, judged, open_counts=True)
    return CheckVerdict.UNFINISHED if open_ else CheckVerdict.FAILED


def _passes(standard: Standard, judged: Sequence[Judged], *, open_counts: bool) -> bool:
    """Whether it passes when what nobody answered counts as met, or as missed."""
    met = {one.item.id for one in judged if (open_counts if one.met is None else one.met)}
    if any(one.item.veto and one.item.id not in met for one in judged):
        return False
    if standard.pass_mark is None:
        return len(met) == len(judged)
    given = sum(one.item.full if one.met is None and open_counts else one.points for one in judged)
    return given >= standard.pass_mark

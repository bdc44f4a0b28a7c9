"""Numbers become marks, marks a total; every point is explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from bangfu.assessment.definition.model import Indicator, Rule, Scheme
from bangfu.assessment.enums import IndicatorKind, Nothing, Part, RuleKind
from bangfu.standards.enums import Threshold

_CENT = Decimal("0.01")
_ZERO = Decimal(0)


@dataclass(frozen=True)
class Number:
    """What was read or typed: ``value`` None is a rate of nothing; ``words`` says what it is made of."""

    value: Decimal | None
    words: str


@dataclass(frozen=True)
class Scored:
    """An indicator's marks of its full ones and the points that they give to the total; below 0 deduct.

    ``cap`` is what a veto leaves of the total at most.
    """

    indicator: Indicator
    marks: Decimal
    points: Decimal
    words: str
    cap: Decimal | None = None


@dataclass(frozen=True)
class Total:
    """All points, what they are called, and how they came about."""

    points: Decimal
    grade: str
    words: str


def score(one: Indicator, number: Number) -> Scored:
    """The marks of a number under an indicator, with the reckoning in words."""
    if one.kind is IndicatorKind.VETO:
        return _vetoed(one, number)
    if one.kind is not IndicatorKind.SCORED:
        return _pieces(one, number)
    marks, how = _marks(one, number)
    points = _cents(marks * one.weight / one.full)
    weighed = "" if one.full == one.weight else f"；折合权重 {said(one.weight)}，计 {said(points)} 分"
    return Scored(one, marks, points, f"{number.words}；{how}，得 {said(marks)} 分{weighed}")


def _marks(one: Indicator, number: Number) -> tuple[Decimal, str]:
    if number.value is None:
        full = one.nothing is Nothing.FULL
        return (one.full, "没有可算的，按规定得满分") if full else (_ZERO, "没有可算的，按规定不得分")
    if one.rule is None:
        return _between(number.value, one.full), f"满分 {said(one.full)} 分，按证据评定"
    reckon = {RuleKind.LINEAR: _linear, RuleKind.PER_POINT: _per_point, RuleKind.STEPS: _steps}
    marks, how = reckon[one.rule.kind](one.rule, one.full, number.value)
    return _between(marks, one.full), how


def _between(marks: Decimal, full: Decimal) -> Decimal:
    return _cents(min(max(marks, _ZERO), full))


def _linear(rule: Rule, full: Decimal, value: Decimal) -> tuple[Decimal, str]:
    marks = full * (value - rule.low) / (rule.high - rule.low)
    return marks, f"{said(rule.low)} 得 0 分、{said(rule.high)} 得满分 {said(full)} 分，中间按比例"


def _per_point(rule: Rule, full: Decimal, value: Decimal) -> tuple[Decimal, str]:
    assert rule.threshold is not None
    assert rule.side is not None
    wanted = f"要求{rule.side.word} {said(rule.threshold)}"
    below = rule.side in (Threshold.AT_LEAST, Threshold.ABOVE)
    gap = max(rule.threshold - value if below else value - rule.threshold, _ZERO)
    if not gap and not _on(rule.side, rule.threshold, value):
        gap = rule.step  # 正好在门槛上，而要求多于或少于：算差一步
    if not gap:
        return full, f"{wanted}，做到了"
    steps = gap / rule.step
    if rule.part is not Part.SHARE:
        steps = steps.to_integral_value(ROUND_FLOOR if rule.part is Part.WHOLE else ROUND_CEILING)
    lost = steps * rule.marks
    each = f"每差 {said(rule.step)} 扣 {said(rule.marks)} 分"
    return full - lost, f"{wanted}，差 {said(gap)}，{each}，扣 {said(_cents(min(lost, full)))} 分"


def _steps(rule: Rule, full: Decimal, value: Decimal) -> tuple[Decimal, str]:
    for band in rule.bands:
        if value >= band.low and (band.high is None or value < band.high):
            end = "以上" if band.high is None else f"到不满 {said(band.high)}"
            return band.marks, f"在 {said(band.low)} {end}一段"
    return _ZERO, "小于 0，不在任何一段"


def _on(side: Threshold, threshold: Decimal, value: Decimal) -> bool:
    return {
        Threshold.AT_LEAST: value >= threshold,
        Threshold.ABOVE: value > threshold,
        Threshold.AT_MOST: value <= threshold,
        Threshold.BELOW: value < threshold,
    }[side]


def _vetoed(one: Indicator, number: Number) -> Scored:
    assert one.side is not None
    assert one.threshold is not None
    line = f"{one.side.word} {said(one.threshold)} 就否决"
    if number.value is not None and _on(one.side, one.threshold, number.value):
        return Scored(one, _ZERO, _ZERO, f"{number.words}；{line}，总分最多 {said(one.cap)} 分", one.cap)
    return Scored(one, _ZERO, _ZERO, f"{number.words}；{line}，没有触发")


def _pieces(one: Indicator, number: Number) -> Scored:
    pieces = max(number.value or _ZERO, _ZERO)
    marks = _cents(min(pieces * one.each, one.most))
    sign = -1 if one.kind is IndicatorKind.DEDUCTION else 1
    how = f"每个{one.kind.label} {said(one.each)} 分、最多 {said(one.most)} 分"
    return Scored(one, marks, sign * marks, f"{number.words}；{how}，{one.kind.label} {said(marks)} 分")


def total(scheme: Scheme, scored: Sequence[Scored]) -> Total:
    """The points of everything, never below nothing, under the lowest cap of a veto."""
    parts = {
        kind: sum((one.points for one in scored if one.indicator.kind is kind), _ZERO)
        for kind in (IndicatorKind.SCORED, IndicatorKind.BONUS, IndicatorKind.DEDUCTION)
    }
    points = max(sum(parts.values(), _ZERO), _ZERO)
    words = "，".join(f"{kind.label} {said(abs(amount))}" for kind, amount in parts.items())
    caps = [one for one in scored if one.cap is not None]
    lowest = min((one.cap for one in caps if one.cap is not None), default=None)
    if lowest is not None and points > lowest:
        points = lowest
        words += f"；{'、'.join(one.indicator.title for one in caps)}否决，总分按 {said(lowest)} 计"
    return Total(_cents(points), grade_of(scheme, points), f"{words}；总分 {said(_cents(points))}")


def grade_of(scheme: Scheme, points: Decimal) -> str:
    """What so many points are called; empty when the scheme names nothing."""
    found = (
        band.title
        for band in scheme.grades
        if points >= band.low and (band.high is None or points < band.high)
    )
    return next(found, "")


def said(number: Decimal) -> str:
    """A number without padding zeros."""
    return f"{number.normalize():f}"


def _cents(number: Decimal) -> Decimal:
    return number.quantize(_CENT, ROUND_HALF_UP)

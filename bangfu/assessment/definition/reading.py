"""From the YAML text to a scheme, with every mistake named by its line and its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from bangfu.assessment.definition.model import HUNDRED, Band, Indicator, Rule, Scheme
from bangfu.assessment.enums import IndicatorKind, Nothing, Part, RuleKind, Whom
from bangfu.screening.catalogue.definitions import WrongText, grade_of, identifier_of, read_definition
from bangfu.screening.catalogue.yamlfile import Cursor
from bangfu.standards.enums import Threshold

_SIDES = "、".join(f"{side.value}（{side.word}）" for side in Threshold)
_PARTS = "whole（不足一步不算）、begun（不足一步按一步算）、share（按比例算）"


class WrongScheme(WrongText):
    """A scheme that cannot be used; ``problems`` are sentences with their lines."""


@lru_cache(maxsize=256)
def read_scheme(text: str) -> Scheme:
    """The scheme that a text defines; raises WrongScheme with every mistake."""
    return read_definition(text, _scheme, WrongScheme)


def _scheme(at: Cursor) -> Scheme:
    scheme = Scheme(
        id=identifier_of(at),
        title=at.text("title"),
        help=at.text("help", ""),
        basis=at.text("basis"),
        grade=grade_of(at),
        about=at.code("about", Whom),
        indicators=_indicators(at),
        grades=_bands(at, "grades", "等次"),
    )
    _check_weights(at, scheme.indicators)
    at.finish()
    return scheme


def _check_weights(at: Cursor, indicators: Sequence[Indicator]) -> None:
    scored = [one for one in indicators if one.kind is IndicatorKind.SCORED]
    total = sum((one.weight for one in scored), Decimal(0))
    if total != HUNDRED:
        way = "少" if total < HUNDRED else "多"
        each = "、".join(f"{one.title} {one.weight}" for one in scored) or "一项也没有"
        at.problem(f"权重合计 {total}，应为 100，{way} {abs(HUNDRED - total)}：{each}。", "indicators")


def _indicators(at: Cursor) -> tuple[Indicator, ...]:
    found: list[Indicator] = []
    for one in at.children("indicators"):
        indicator = _indicator(one)
        if indicator.id in {known.id for known in found}:
            one.problem(f"指标编号“{indicator.id}”用了两次。", "id")
        found.append(indicator)
    return tuple(found)


def _indicator(at: Cursor) -> Indicator:
    kind = at.code("kind", IndicatorKind, IndicatorKind.SCORED)
    weight = at.number("weight") or Decimal(0)
    full = at.number("full")
    indicator = Indicator(
        id=identifier_of(at),
        title=at.text("title"),
        kind=kind,
        source=at.text("source"),
        assessed_by=at.text("assessed_by"),
        group=at.text("group", ""),
        reading=at.text("reading", ""),
        by_hand=at.text("by_hand", ""),
        unit=at.text("unit", ""),
        nothing=at.code("nothing", Nothing) if at.has("nothing") else None,
        weight=weight,
        full=weight if full is None else full,
        rule=_rule(at),
        side=at.code("side", Threshold) if at.has("side") else None,
        threshold=at.number("threshold"),
        cap=at.number("cap") or Decimal(0),
        each=at.number("each") or Decimal(0),
        most=at.number("most") or Decimal(0),
    )
    _check(at, indicator)
    at.finish()
    return indicator


def _check(at: Cursor, one: Indicator) -> None:
    if bool(one.reading) == bool(one.by_hand):
        at.problem(f"“{one.title}”：reading（从哪个口径算）和 by_hand（为什么只能手填）写一样，也只写一样。")
    checks = {
        IndicatorKind.SCORED: _check_scored,
        IndicatorKind.VETO: _check_veto,
        IndicatorKind.BONUS: _check_pieces,
        IndicatorKind.DEDUCTION: _check_pieces,
    }
    checks[one.kind](at, one)


def _check_scored(at: Cursor, one: Indicator) -> None:
    if one.weight <= 0:
        at.problem(f"“{one.title}”的权重是 {one.weight}，应大于 0。", "weight")
    if one.full <= 0:
        at.problem(f"“{one.title}”的满分是 {one.full}，应大于 0。", "full")
    if one.reading and one.rule is None:
        at.problem(f"“{one.title}”没有写计分规则 rule：linear、per_point、steps 三种。")
    if one.threshold is not None or one.side or one.each or one.most or one.cap:
        at.problem(
            f"“{one.title}”是计分的：门槛和方向写在 rule 里；cap、each、most 是否决、加分、扣分才写的。"
        )
    if one.rule is not None and one.rule.kind is RuleKind.STEPS:
        _check_marks(at, one, one.rule.bands)


def _check_marks(at: Cursor, one: Indicator, bands: Sequence[Band]) -> None:
    most = max((band.marks for band in bands), default=Decimal(0))
    if most != one.full:
        at.problem(f"“{one.title}”满分 {one.full}，分段里最多 {most}：两个数要一样。", "rule")


def _check_veto(at: Cursor, one: Indicator) -> None:
    if one.threshold is None or one.side is None:
        wanted = "没有写" if one.threshold is None else f" {one.threshold} 没有写方向 side"
        at.problem(f"“{one.title}”的门槛 threshold{wanted}；方向只能是：{_SIDES}。")
    if not at.has("cap"):
        at.problem(f"“{one.title}”没有写 cap：否决以后总分最多多少。")
    if not 0 <= one.cap < HUNDRED:
        at.problem(f"“{one.title}”的 cap 是 {one.cap}，应在 0 到 100 之间。", "cap")
    _check_bare(at, one)


def _check_pieces(at: Cursor, one: Indicator) -> None:
    if one.each <= 0 or one.most <= 0:
        at.problem(
            f"“{one.title}”要写 each（每个多少分，现在 {one.each}）"
            f"和 most（最多多少分，现在 {one.most}），都大于 0。"
        )
    elif one.each > one.most:
        at.problem(f"“{one.title}”每个 {one.each} 分，多于最多的 {one.most} 分。", "each")
    _check_bare(at, one)


def _check_bare(at: Cursor, one: Indicator) -> None:
    if one.weight or one.rule is not None:
        at.problem(f"“{one.title}”是{one.kind.label}，不写 weight 和 rule。")


def _rule(at: Cursor) -> Rule | None:
    inner = at.child("rule")
    if inner is None:
        return None
    kind = inner.code("kind", RuleKind)
    rule = {RuleKind.LINEAR: _linear, RuleKind.PER_POINT: _per_point, RuleKind.STEPS: _steps}[kind](inner)
    inner.finish()
    return rule


def _linear(at: Cursor) -> Rule:
    low, high = at.number("from"), at.number("to")
    if low is None or high is None:
        at.problem("linear 要写 from（多少得 0 分）和 to（多少得满分）。")
    elif low == high:
        at.problem(f"linear 的 from 和 to 都是 {low}，中间没有分可分。", "to")
    return Rule(RuleKind.LINEAR, low=low or Decimal(0), high=high or Decimal(0))


def _per_point(at: Cursor) -> Rule:
    threshold, step, marks = (at.number(key) for key in ("threshold", "step", "marks"))
    side = at.code("side", Threshold) if at.has("side") else None
    if threshold is None:
        at.problem("per_point 要写 threshold：从多少起开始扣。")
    elif side is None:
        at.problem(f"per_point 的门槛 {threshold} 没有写方向 side，只能是：{_SIDES}。", "threshold")
    if step is None or step <= 0 or marks is None or marks <= 0:
        at.problem(
            f"per_point 要写 step（每差多少，现在 {step}）和 marks（扣几分，现在 {marks}），都大于 0。"
        )
    if not at.has("part"):
        at.problem(f"per_point 没有写 part，不足一步怎样算：{_PARTS}。")
    part = at.code("part", Part, Part.SHARE)
    return Rule(
        RuleKind.PER_POINT,
        side=side,
        threshold=threshold,
        step=step or Decimal(1),
        marks=marks or Decimal(0),
        part=part,
    )


def _steps(at: Cursor) -> Rule:
    bands = _bands(at, "bands", "分段")
    if not bands:
        at.problem("steps 要写 bands：每一段从多少到多少、得几分。")
    return Rule(RuleKind.STEPS, bands=bands)


def _bands(at: Cursor, key: str, noun: str) -> tuple[Band, ...]:
    bands = []
    for one in at.children(key):
        low = one.number("from")
        if low is None:
            one.problem(f"每一{noun}要写 from：从多少起。")
        marks = one.number("marks") if key == "bands" else Decimal(0)
        if marks is None or marks < 0:
            one.problem(f"每一段要写 marks：得几分，不少于 0，现在是 {marks}。")
        title = one.text("title") if key == "grades" else ""
        bands.append(Band(low or Decimal(0), one.number("to"), marks or Decimal(0), title))
        one.finish()
    _check_bands(at, bands, key, noun)
    return tuple(bands)


def _check_bands(at: Cursor, bands: Sequence[Band], key: str, noun: str) -> None:
    """From 0 without end, each beginning where the one before ends."""
    for band, after in pairwise(bands):
        if band.high is None or after.low < band.high:
            high = "以上" if band.high is None else f"到 {band.high}"
            at.problem(f"{noun}重叠：{band.low} {high} 和从 {after.low} 起的一段有共同的数。", key)
        elif after.low > band.high:
            at.problem(f"{noun}有缺口：{band.high} 到 {after.low} 之间没有。", key)
    for band in bands:
        if band.high is not None and band.high <= band.low:
            at.problem(f"{noun}的一段从 {band.low} 到 {band.high}，到要大于从。", key)
    if bands and bands[0].low != 0:
        at.problem(f"{noun}有缺口：从 {bands[0].low} 起，0 到 {bands[0].low} 之间没有。", key)
    if bands and bands[-1].high is not None:
        at.problem(f"{noun}有缺口：{bands[-1].high} 以上没有。最后一段不写 to。", key)

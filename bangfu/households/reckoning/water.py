"""Whether a household's water is safe: four measures, each with a veto (facts.md 2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from bangfu.core.parameters import value
from bangfu.households.enums import GuaranteeResult


class WaterLevel(Enum):
    """How a measure, or the whole, stands; each value is its rank."""

    UNSAFE = 0
    UNKNOWN = 1
    BASIC = 2
    SAFE = 3

    @property
    def label(self) -> str:
        """The word on the page."""
        return {0: "不达标", 1: "未核实", 2: "基本达标", 3: "达标"}[self.value]


@dataclass(frozen=True)
class WaterMeasures:
    """What was measured; None when it was not. Litres a person and day, minutes there and back, per cent."""

    litres: Decimal | None = None
    quality_ok: bool | None = None
    minutes: Decimal | None = None
    reliability: Decimal | None = None


@dataclass(frozen=True)
class WaterVerdict:
    """Each measure with its level and the sentence that says why; the worst decides."""

    parts: tuple[tuple[str, WaterLevel, str], ...]

    @property
    def level(self) -> WaterLevel:
        """The worst measure's level: one that fails decides even when others are not known."""
        return min((level for _, level, _ in self.parts), key=lambda level: level.value)

    @property
    def result(self) -> GuaranteeResult:
        """The level as the result of an assessment."""
        if self.level is WaterLevel.UNSAFE:
            return GuaranteeResult.UNMET
        return GuaranteeResult.UNKNOWN if self.level is WaterLevel.UNKNOWN else GuaranteeResult.MET


def judge_water(measures: WaterMeasures, *, on: date, place: str) -> WaterVerdict:
    """The verdict by the county's parameters in force ``on`` that day."""
    limits = {code: Decimal(value(f"water_{code}", on=on, place=place)) for code in _LIMITS}
    return WaterVerdict(
        (
            _at_least("水量", "升/人·日", measures.litres, limits["litres_safe"], limits["litres_basic"]),
            _quality(measures.quality_ok),
            _at_most("取水往返", "分钟", measures.minutes, limits["minutes_safe"], limits["minutes_basic"]),
            _at_least(
                "供水保证率",
                "%",
                measures.reliability,
                limits["reliability_safe"],
                limits["reliability_basic"],
            ),
        )
    )


_LIMITS = (
    "litres_safe",
    "litres_basic",
    "minutes_safe",
    "minutes_basic",
    "reliability_safe",
    "reliability_basic",
)
_Part = tuple[str, WaterLevel, str]


def _at_least(label: str, unit: str, measured: Decimal | None, safe: Decimal, basic: Decimal) -> _Part:
    if measured is None:
        return label, WaterLevel.UNKNOWN, "没有测"
    level = _level(measured >= safe, measured >= basic)
    return label, level, f"{measured:f} {unit}；达标不低于 {safe:f}，基本达标不低于 {basic:f}"


def _at_most(label: str, unit: str, measured: Decimal | None, safe: Decimal, basic: Decimal) -> _Part:
    if measured is None:
        return label, WaterLevel.UNKNOWN, "没有测"
    level = _level(measured <= safe, measured <= basic)
    return label, level, f"{measured:f} {unit}；达标不超过 {safe:f}，基本达标不超过 {basic:f}"


def _quality(ok: bool | None) -> _Part:
    if ok is None:
        return "水质", WaterLevel.UNKNOWN, "没有查"
    return "水质", WaterLevel.SAFE if ok else WaterLevel.UNSAFE, "合格" if ok else "不合格"


def _level(safe: bool, basic: bool) -> WaterLevel:
    if safe:
        return WaterLevel.SAFE
    return WaterLevel.BASIC if basic else WaterLevel.UNSAFE

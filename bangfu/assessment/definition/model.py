"""A scheme as its definition says it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bangfu.assessment.enums import IndicatorKind, Nothing, Part, RuleKind, Whom
from bangfu.standards.enums import Threshold

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Band:
    """From ``low`` on and below ``high`` (None: no end) a number is worth so many marks, or is called so."""

    low: Decimal
    high: Decimal | None
    marks: Decimal = Decimal(0)
    title: str = ""


@dataclass(frozen=True)
class Rule:
    """How a number becomes marks.

    Linear: ``low`` gives nothing, ``high`` full marks; ``low`` may be the larger one. Per point: for each
    ``step`` by which the number misses ``threshold`` on its ``side``, ``marks`` are lost. Steps: ``bands``.
    """

    kind: RuleKind
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    side: Threshold | None = None
    threshold: Decimal | None = None
    step: Decimal = Decimal(0)
    marks: Decimal = Decimal(0)
    part: Part = Part.SHARE
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """A line of a scheme. Its number is a ``reading``, or typed where no record is (``by_hand`` says why).

    A scored one turns ``full`` marks into ``weight`` points. A veto caps the total at ``cap`` while the
    number is on the ``side`` of ``threshold``. A bonus or deduction gives ``each`` a piece, ``most`` at most.
    """

    id: str
    title: str
    kind: IndicatorKind
    source: str
    assessed_by: str
    group: str = ""
    reading: str = ""
    by_hand: str = ""
    unit: str = ""
    nothing: Nothing | None = None
    weight: Decimal = Decimal(0)
    full: Decimal = Decimal(0)
    rule: Rule | None = None
    side: Threshold | None = None
    threshold: Decimal | None = None
    cap: Decimal = Decimal(0)
    each: Decimal = Decimal(0)
    most: Decimal = Decimal(0)


@dataclass(frozen=True)
class Scheme:
    """Indicators whose weights add up to 100, and what totals are called."""

    id: str
    title: str
    help: str
    basis: str
    grade: str
    about: Whom
    indicators: tuple[Indicator, ...]
    grades: tuple[Band, ...] = ()

    def indicator(self, id: str) -> Indicator | None:
        """The indicator of that id."""
        return next((one for one in self.indicators if one.id == id), None)

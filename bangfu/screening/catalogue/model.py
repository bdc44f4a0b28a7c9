"""What the catalogue holds: parameters, indicators and rules, as read and checked from YAML."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bangfu.screening.catalogue.datasets import Dataset

_WORD = re.compile(r"[a-z][a-z0-9_]*")

Scalar = Decimal | float | int | bool | str | dt.date
"""One value of a parameter, in its own unit; a month and day is kept as ``"08-31"`` (``""`` = none)."""


class Grade(StrEnum):
    """How good the evidence is: official, second-hand, public code, general knowledge (unverified)."""

    OFFICIAL = "官"
    SECOND_HAND = "次"
    CODE = "码"
    KNOWLEDGE = "知"


class ParameterKind(StrEnum):
    """What values a parameter takes."""

    MONEY = "money"  # yuan, exact to the fen
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    TEXT = "text"
    LIST = "list"  # of codes
    MONTH_DAY = "month_day"  # the last such day up to as-of; empty = as-of


class Level(StrEnum):
    """Whether something is said of a person or of a household."""

    MEMBER = "member"
    HOUSEHOLD = "household"


class Aggregate(StrEnum):
    """How the rows of a list become one value."""

    ANY = "any"
    COUNT = "count"
    SUM = "sum"
    MIN = "min"
    MAX = "max"
    DISTINCT = "distinct"  # the different known values, sorted: only for explaining


class WindowName(StrEnum):
    """The named windows; :mod:`bangfu.screening.compiling.windows` says what each means."""

    CALENDAR_YEAR_TO_DATE = "calendar_year_to_date"
    LAST_FULL_MONTH = "last_full_month"
    WITHIN_LAST_MONTHS = "within_last_months"
    AT_LEAST_MONTHS_AGO = "at_least_months_ago"
    AT_LEAST_FULL_MONTHS_AGO = "at_least_full_months_ago"
    LATEST = "latest"


class RuleKind(StrEnum):
    """A rule finds people at risk, or errors in the data."""

    RISK = "risk"
    QUALITY = "quality"


class Severity(StrEnum):
    """How urgent a finding is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Scope(StrEnum):
    """Whom a rule about a list looks at."""

    ROWS = "rows"  # members or households with an accepted row in the list
    EVERYONE = "everyone"  # all of them, once the list is given


class CatalogueError(ValueError):
    """Something in the catalogue or a parameter file cannot be used.

    The message is one Chinese line a problem: file, line, what is wrong.
    """


@dataclass(frozen=True)
class Validity:
    """Days from ``first`` to ``last``, both included; None = open."""

    first: dt.date | None = None
    last: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether ``day`` lies within."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def overlaps(self, other: Validity) -> bool:
        """Whether some day lies within both."""
        starts_in_time = other.last is None or self.first is None or self.first <= other.last
        return starts_in_time and (self.last is None or other.first is None or other.first <= self.last)


@dataclass(frozen=True)
class ParameterValue:
    """One dated, placed value with its basis. ``region`` is a prefix of region codes, None = everywhere."""

    value: Scalar | tuple[str, ...]
    valid: Validity
    region: str | None
    basis: str
    grade: Grade
    verified: bool
    place: str  # file:line, for messages


@dataclass(frozen=True)
class Parameter:
    """A number (or list, text, yes/no) that a rule, a place or a year can change."""

    id: str
    title: str
    unit: str
    kind: ParameterKind
    values: tuple[ParameterValue, ...]
    place: str = ""


@dataclass(frozen=True)
class Bound:
    """A column against a number or a parameter: ``below``, ``above``, ``at_least`` or ``at_most``."""

    operator: str
    against: Decimal | str  # a number, or the id of a parameter


@dataclass(frozen=True)
class Condition:
    """One condition on a column of a row. Exactly one of the ways is used."""

    column: str
    codes: tuple[str | bool, ...] = ()
    codes_of: str | None = None  # the id of a list parameter
    bounds: tuple[Bound, ...] = ()
    given: bool | None = None  # the cell was filled in, of columns whose blank means none


@dataclass(frozen=True)
class Window:
    """A named window on a date column; ``months`` is a number or the id of an integer parameter."""

    name: WindowName
    on: str
    months: int | str | None = None


@dataclass(frozen=True)
class Indicator:
    """One value a member or household, aggregated from the rows of one list."""

    id: str
    title: str
    unit: str
    level: Level
    dataset: str
    aggregate: Aggregate
    column: str | None
    where: tuple[Condition, ...]
    window: Window | None
    place: str = ""

    @property
    def parameters(self) -> tuple[str, ...]:
        """Ids of the parameters that decide which rows count, in order."""
        ids: list[object] = [c.codes_of for c in self.where]
        ids += [bound.against for c in self.where for bound in c.bounds]
        ids.append(self.window.months if self.window else None)
        return tuple(dict.fromkeys(name for name in ids if isinstance(name, str)))


@dataclass(frozen=True)
class Part:
    """A part of a reason that is said when the value ``when`` is true (or, if no yes/no, known)."""

    when: str
    say: str


@dataclass(frozen=True)
class Rule:
    """One rule: whom it looks at, when it hits, what it says and who then acts.

    ``fact`` names what makes a finding the same as an earlier one: values, the day's ``year`` or ``month``.
    """

    id: str
    version: int
    title: str
    kind: RuleKind
    level: Level
    severity: Severity
    when: str
    parameters: Mapping[str, str]  # alias → parameter id
    values: Mapping[str, str]  # shown in the result: name → expression
    details: Mapping[str, str]  # only for the sentence: name → expression
    reason: str
    parts: tuple[Part, ...]
    basis: str
    grade: Grade
    owner: str
    due: str  # id of a parameter in days
    scope: Scope = Scope.ROWS
    fact: tuple[str, ...] = ("year",)
    valid: Validity = Validity()
    region: str | None = None
    place: str = ""
    when_place: str = ""

    @property
    def verified(self) -> bool:
        """Whether its basis is more than general knowledge."""
        return self.grade is not Grade.KNOWLEDGE

    @property
    def names_in_condition(self) -> tuple[str, ...]:
        """Every word of the condition that may be a name, in order."""
        return tuple(dict.fromkeys(_WORD.findall(self.when)))

    @property
    def shown(self) -> Mapping[str, str]:
        """Everything a hit carries: values and details."""
        return {**self.values, **self.details}


@dataclass(frozen=True)
class Catalogue:
    """Datasets, parameters, indicators and rules; ``rules`` is in the order findings are sorted by.

    ``overrides`` (the user's parameter file) are looked up before ``parameters``.
    """

    version: str
    datasets: Mapping[str, Dataset]
    parameters: Mapping[str, Parameter]
    indicators: Mapping[str, Indicator]
    rules: Mapping[str, Rule]
    overrides: Mapping[str, Parameter] = field(default_factory=dict)

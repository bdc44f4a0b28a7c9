"""The compiled plan: all that an engine knows of the rules.

Expressions are sqlglot trees of plain nodes over unqualified column names, without functions that differ
between dialects; an engine prints them in its own. Nothing of a rule's text is evaluated in any other way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlglot import exp

from bangfu.screening.catalogue.columns import Column, Type
from bangfu.screening.catalogue.model import Aggregate, Level, Scope


@dataclass(frozen=True)
class PlannedIndicator:
    """One aggregated value: which rows of the list count, and what is made of them.

    ``condition`` is over the list's columns, NULL where it is unknown whether the row counts. With
    ``latest_on``, only the rows of the subject's latest date count; undated rows only if none is dated.
    """

    id: str
    level: Level
    dataset: str
    aggregate: Aggregate
    column: str | None
    condition: exp.Expr
    latest_on: str | None
    reads: tuple[str, ...]  # the list's columns it needs
    type: Type


@dataclass(frozen=True)
class PlannedRule:
    """One rule that can be run.

    ``condition`` is true, false or NULL (undecided). With ``scope`` rows, only subjects with a row in one of
    the lists whose indicators it reads are looked at. ``values`` gives what a hit carries; ``missing`` names
    each input with an expression that is NULL where that input is unknown. ``reads`` and ``value_reads`` name
    the register columns and indicators that the condition, and the values, need.
    """

    id: str
    level: Level
    condition: exp.Expr
    scope: Scope
    values: Mapping[str, exp.Expr]
    missing: Mapping[str, exp.Expr]
    reads: tuple[str, ...]
    value_reads: tuple[str, ...]


@dataclass(frozen=True)
class NotRun:
    """A rule that cannot be run, and why, in one Chinese sentence."""

    id: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """Rules in the catalogue's order, and the indicators and columns that they name."""

    as_of: dt.date
    rules: tuple[PlannedRule | NotRun, ...]
    indicators: Mapping[str, PlannedIndicator]
    columns: Mapping[Level, Mapping[str, Column]]  # of the tables member and household
    list_columns: Mapping[str, Mapping[str, Column]]  # of each list

    def runnable(self, level: Level) -> Iterator[PlannedRule]:
        """The rules of one level that can be run, in order."""
        return (rule for rule in self.rules if isinstance(rule, PlannedRule) and rule.level is level)

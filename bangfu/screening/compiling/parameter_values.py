"""The parameters' values of one day in one county, and as trees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlglot import exp

from bangfu.screening.catalogue.model import Catalogue, Parameter, ParameterKind, Scalar
from bangfu.screening.catalogue.resolving import Choices, choices_on, in_regions, single
from bangfu.screening.compiling import windows
from bangfu.screening.compiling.years import date_literal

REGION = "region_code"
"""The household's column that values of different places are chosen by."""


class CannotRunError(Exception):
    """A rule cannot be run on this day or in this county; the message is the reason, in Chinese."""


@dataclass(frozen=True)
class Values:
    """What parameters are on a day in a county with these region codes (None = not known)."""

    catalogue: Catalogue
    as_of: dt.date
    region_codes: Collection[str | None] | None

    def choices(self, parameter_id: str) -> Choices:
        """The values that may hold here today. Raises CannotRunError if there is none."""
        found = in_regions(choices_on(self.catalogue, parameter_id, self.as_of), self.region_codes)
        if not found:
            raise CannotRunError(f"参数{self._named(parameter_id)}在 {self.as_of} 没有有效的值")
        return found

    def everywhere(self, parameter_id: str) -> Scalar | tuple[str, ...]:
        """The one value in the whole county today. Raises CannotRunError if there is none or it differs."""
        value = single(self.choices(parameter_id), self.region_codes)
        if value is None:
            named = self._named(parameter_id)
            raise CannotRunError(f"参数{named}在本次范围内各地不同或不全，指标里只能用同一个值")
        return value.value

    def tree(self, kind: ParameterKind, value: Scalar | tuple[str, ...]) -> exp.Expr:
        """A value as a literal."""
        constant = self.constant(kind, value)
        if isinstance(constant, dt.date):
            return date_literal(constant)
        if isinstance(value, bool):
            return exp.Boolean(this=value)
        if kind is ParameterKind.TEXT:
            return exp.Literal.string(str(value))
        return exp.Literal.number(str(value))

    def constant(self, kind: ParameterKind, value: Scalar | tuple[str, ...]) -> str | int | dt.date | None:
        """What the compiler may reckon with: a text, a whole number or a date; None for others."""
        if kind is ParameterKind.MONTH_DAY:
            return windows.last_month_day(str(value), self.as_of)
        if kind is ParameterKind.TEXT:
            return str(value)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def by_region(self, parameter: Parameter, choices: Choices) -> exp.Expr:
        """The parameter as a CASE over the household's region; unknown where the region is."""
        branches: list[tuple[exp.Expr, exp.Expr]] = [(_is_null(REGION), exp.null())]
        default: exp.Expr = exp.null()
        for choice in choices:
            tree = self.tree(parameter.kind, choice.value)
            if choice.region is None:
                default = tree
            else:
                branches.append((starts_with(choice.region), tree))
        return case(branches, default)

    def _named(self, parameter_id: str) -> str:
        return f"“{self.catalogue.parameters[parameter_id].title}”（{parameter_id}）"


def starts_with(prefix: str) -> exp.Expr:
    """Whether the household lies in a region."""
    return exp.StartsWith(this=exp.column(REGION), expression=exp.Literal.string(prefix))


def unknown_where_region_known(tree: exp.Expr) -> exp.Expr:
    """NULL only where the region is known and the tree is not: then it is the parameter that is missing."""
    return case([(_is_null(REGION), exp.Literal.number(0))], tree)


def case(branches: list[tuple[exp.Expr, exp.Expr]], default: exp.Expr) -> exp.Expr:
    """The value of the first condition that holds."""
    ifs = [exp.If(this=condition, true=value) for condition, value in branches]
    return exp.Case(ifs=ifs, default=default)


def _is_null(column: str) -> exp.Expr:
    return exp.Is(this=exp.column(column), expression=exp.null())

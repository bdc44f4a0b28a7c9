"""Compiles an indicator: which rows of its list count, as one condition over the list's columns."""

from __future__ import annotations

from decimal import Decimal

from sqlglot import exp

from bangfu.screening.catalogue.columns import Type, list_columns
from bangfu.screening.catalogue.indicators import value_column
from bangfu.screening.catalogue.model import CatalogueError, Condition, Indicator, Window, WindowName
from bangfu.screening.compiling import windows
from bangfu.screening.compiling.parameter_values import Values
from bangfu.screening.compiling.plan import PlannedIndicator
from bangfu.screening.compiling.years import date_literal

_BOUNDS = {"below": exp.LT, "above": exp.GT, "at_least": exp.GTE, "at_most": exp.LTE}


def plan_indicator(indicator: Indicator, values: Values) -> PlannedIndicator:
    """The indicator with its parameters' values filled in.

    Raises CannotRunError where a parameter has no value or different ones, CatalogueError where a list
    parameter holds what is no code of the column.
    """
    window = indicator.window
    latest = window is not None and window.name is WindowName.LATEST
    trees = [_condition(indicator, condition, values) for condition in indicator.where]
    if window is not None and not latest:
        trees.append(_window(window, values))
    return PlannedIndicator(
        id=indicator.id,
        level=indicator.level,
        dataset=indicator.dataset,
        aggregate=indicator.aggregate,
        column=indicator.column,
        condition=exp.and_(*trees) if trees else exp.true(),
        latest_on=window.on if window and latest else None,
        reads=_reads(indicator),
        type=value_column(indicator, values.catalogue.datasets).type,
    )


def _reads(indicator: Indicator) -> tuple[str, ...]:
    names = [c.column if c.given is None else f"{c.column}_given" for c in indicator.where]
    names += [indicator.window.on] if indicator.window else []
    names += [indicator.column] if indicator.column else []
    return tuple(dict.fromkeys(names))


def _condition(indicator: Indicator, condition: Condition, values: Values) -> exp.Expr:
    column = exp.column(condition.column)
    if condition.given is not None:
        given = exp.column(f"{condition.column}_given")
        return given if condition.given else exp.not_(given)
    if condition.bounds:
        trees = [
            _BOUNDS[bound.operator](this=column.copy(), expression=_number(bound.against, values))
            for bound in condition.bounds
        ]
        return exp.and_(*trees)
    codes = condition.codes
    if condition.codes_of:
        codes = _codes(indicator, condition.column, condition.codes_of, values)
    return exp.In(this=column, expressions=[exp.convert(code) for code in codes])


def _codes(indicator: Indicator, column_id: str, parameter_id: str, values: Values) -> tuple[str, ...]:
    value = values.everywhere(parameter_id)
    codes = value if isinstance(value, tuple) else (str(value),)
    column = list_columns(values.catalogue.datasets[indicator.dataset])[column_id]
    for code in codes:
        if column.type is Type.CODE and code not in column.codes:
            raise CatalogueError(
                f"{indicator.place}: 参数 {parameter_id} 的“{code}”不是列 {column_id} 的代码，"
                f"可用：{'、'.join(column.codes)}。"
            )
    return codes


def _number(against: Decimal | str, values: Values) -> exp.Expr:
    value = values.everywhere(against) if isinstance(against, str) else against
    return exp.Literal.number(str(value))


def _window(window: Window, values: Values) -> exp.Expr:
    months = values.everywhere(window.months) if isinstance(window.months, str) else window.months or 0
    days = windows.bounds(window.name, values.as_of, int(str(months)))
    column = exp.column(window.on)
    until = exp.LTE(this=column, expression=date_literal(days.last))
    if days.first is None:
        return until
    return exp.and_(exp.GTE(this=column.copy(), expression=date_literal(days.first)), until)

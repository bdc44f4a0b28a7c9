"""How values are written: in a reason for people, and in the result for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any

from bangfu.screening.catalogue.columns import Column, Type, register_columns
from bangfu.screening.catalogue.indicators import value_column
from bangfu.screening.catalogue.model import Catalogue, Level, ParameterKind, Rule

_FEN = Decimal("0.01")
_MONTH = "月"
_PARAMETER_TYPES = {ParameterKind.MONEY: Type.MONEY, ParameterKind.NUMBER: Type.NUMBER}


def shown_columns(catalogue: Catalogue, rule: Rule) -> Mapping[str, Column]:
    """What is known of each value that a rule shows: unit and codes. Computed values have neither."""
    return {name: _column(catalogue, rule, expression) for name, expression in rule.shown.items()}


def _column(catalogue: Catalogue, rule: Rule, name: str) -> Column:
    if name in catalogue.indicators:
        return value_column(catalogue.indicators[name], catalogue.datasets)
    if name in rule.parameters:
        parameter = catalogue.parameters[rule.parameters[name]]
        kind = _PARAMETER_TYPES.get(parameter.kind, Type.INTEGER)
        return Column(name, parameter.title, kind, parameter.unit)
    for level in Level:
        if name in register_columns()[level]:
            return register_columns()[level][name]
    return Column(name, name, Type.TEXT)


def spoken(value: Any, column: Column) -> str:
    """A value for people: 15300元, 15300.50元, 2026-10-31, 2026年7月, C、D, 是."""
    match value:
        case None:
            return "（未填）"
        case bool():
            return "是" if value else "否"
        case dt.date():
            return f"{value.year}年{value.month}月" if column.unit == _MONTH else value.isoformat()
        case list():
            return "、".join(_label(item, column) for item in value)
        case int() | float() | Decimal():
            return _number(value, column.unit)
    return _label(value, column)


def stored(value: Any, column: Column) -> Any:
    """A value for the JSON result: numbers as numbers, dates as ISO text, codes by their Chinese label."""
    match value:
        case None | bool():
            return value
        case dt.date():
            return value.isoformat()[:7] if column.unit == _MONTH else value.isoformat()
        case list():
            return "、".join(_label(item, column) for item in value)
        case int() | float() | Decimal():
            whole = isinstance(value, int) and column.type not in (Type.MONEY, Type.NUMBER)
            return value if whole else float(value)
    return _label(value, column)


def _label(code: str, column: Column) -> str:
    return column.codes.get(code, code)


def _number(value: float | Decimal, unit: str) -> str:
    """Cut, not rounded, at the fen: a value just below a line must not read as the line."""
    number = Decimal(str(value))
    if number == number.to_integral_value():
        return f"{number.to_integral_value():f}{unit}"
    cut = number.quantize(_FEN, ROUND_DOWN)
    return f"{cut}{unit}" if unit == "元" else f"{cut.normalize():f}{unit}"

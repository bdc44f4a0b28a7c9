"""Whether what was typed into a row may be kept: required, range, uniqueness, sums."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bangfu.core.errors import BangfuError
from bangfu.core.money import FEN_PER_YUAN, yuan_text
from bangfu.county_ledgers.definition.model import Book, BookColumn, SumCheck
from bangfu.county_ledgers.enums import ColumnKind

Values = Mapping[str, Any]
_FEN = Decimal(FEN_PER_YUAN)


class ValuesRefused(BangfuError):
    """Some values are missing or wrong; ``errors`` says which, by column."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        words = "；".join(errors.values())
        super().__init__(f"还没存，有 {len(errors)} 处要改：{words} 您填的都还在。")
        self.errors = errors


def check_values(book: Book, values: Values) -> None:
    """Raise ValuesRefused for what a definition does not allow. Money is in fen."""
    errors = {}
    for column in book.columns:
        problem = _problem(column, values.get(column.id))
        if problem:
            errors[column.id] = problem
    for check in book.checks:
        problem = _sum_problem(book, check, values)
        if problem:
            errors.setdefault(check.result, problem)
    if errors:
        raise ValuesRefused(errors)


def _problem(column: BookColumn, value: Any) -> str:
    if value in (None, ""):
        return f"“{column.title}”必填。" if column.required else ""
    if column.options and value not in column.options:
        return f"“{column.title}”是“{value}”，只能是：{'、'.join(column.options)}。"
    if column.kind.adds_up:
        return _out_of_range(column, _plain(column, value))
    return ""


def _out_of_range(column: BookColumn, number: Decimal) -> str:
    if column.least is not None and number < column.least:
        return f"“{column.title}”是 {number:f}，最小 {column.least:f}。"
    if column.most is not None and number > column.most:
        return f"“{column.title}”是 {number:f}，最大 {column.most:f}。"
    return ""


def _plain(column: BookColumn, value: Any) -> Decimal:
    """The value in the column's own unit: money in yuan."""
    number = Decimal(value)
    return number / _FEN if column.kind is ColumnKind.MONEY else number


def _sum_problem(book: Book, check: SumCheck, values: Values) -> str:
    columns = [book.column(id) for id in (check.result, check.one, check.other)]
    found = [values.get(column.id) if column else None for column in columns]
    if any(value is None for value in found):
        return ""
    result, one, other = (_plain(c, v) for c, v in zip(columns, found, strict=True) if c)
    expected = one + other if check.adds else one * other
    if result == expected:
        return ""
    titles = [column.title for column in columns if column]
    sign = "＋" if check.adds else "×"
    return (
        f"“{titles[0]}”是 {_shown(result)}，而{titles[1]} {_shown(one)} {sign} {titles[2]} {_shown(other)}"
        f" = {_shown(expected)}，差 {_shown(result - expected)}。"
    )


def _shown(number: Decimal) -> str:
    return f"{number.normalize():f}"


def shown(column: BookColumn, value: Any) -> str:
    """A value as pages say it."""
    if value is None or value == "":
        return ""
    if column.kind is ColumnKind.MONEY:
        return yuan_text(value)
    if column.kind is ColumnKind.NUMBER:
        return _shown(Decimal(value))
    if column.kind is ColumnKind.YES_NO:
        return "是" if value else "否"
    return f"{value:%Y-%m}" if column.kind is ColumnKind.MONTH else str(value)

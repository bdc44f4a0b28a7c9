"""Reads indicators, and checks them against the columns of their list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bangfu.screening.catalogue.columns import Column, Type, list_columns
from bangfu.screening.catalogue.datasets import ROSTER, Dataset
from bangfu.screening.catalogue.model import (
    Aggregate,
    Bound,
    Condition,
    Indicator,
    Level,
    Parameter,
    ParameterKind,
    Window,
    WindowName,
)
from bangfu.screening.catalogue.parameters import entries
from bangfu.screening.catalogue.yamlfile import Cursor, Document, decimal_of
from bangfu.tabular.spec import Blank

_OPERATORS = ("below", "above", "at_least", "at_most")
_FORMS = (*_OPERATORS, "given", "in")
_COLUMNLESS = (Aggregate.ANY, Aggregate.COUNT)
_WITH_MONTHS = (
    WindowName.WITHIN_LAST_MONTHS,
    WindowName.AT_LEAST_MONTHS_AGO,
    WindowName.AT_LEAST_FULL_MONTHS_AGO,
)


def read_indicators(
    document: Document, datasets: Mapping[str, Dataset], parameters: Mapping[str, Parameter]
) -> dict[str, Indicator]:
    """The indicators of a document, by id; problems are noted in the document."""
    found: dict[str, Indicator] = {}
    for cursor in entries(document, "indicators"):
        indicator = _Reader(cursor, datasets, parameters).indicator()
        if indicator.id in found:
            cursor.problem(f"指标 {indicator.id} 写了两次。", "id")
        found[indicator.id] = indicator
    return found


def value_column(indicator: Indicator, datasets: Mapping[str, Dataset]) -> Column:
    """The indicator as a column that rules may name: its type, unit and codes."""
    source = list_columns(datasets[indicator.dataset]).get(indicator.column or "")
    codes = source.codes if source else {}
    kinds = {Aggregate.ANY: Type.BOOLEAN, Aggregate.COUNT: Type.INTEGER, Aggregate.DISTINCT: Type.TEXTS}
    kind = kinds.get(indicator.aggregate) or (source.type if source else Type.NUMBER)
    return Column(indicator.id, indicator.title, kind, indicator.unit, codes)


class _Reader:
    """Reads one indicator; knows the columns of its list while it reads."""

    def __init__(
        self, cursor: Cursor, datasets: Mapping[str, Dataset], parameters: Mapping[str, Parameter]
    ) -> None:
        self.cursor = cursor
        self.parameters = parameters
        self.dataset = cursor.text("dataset")
        known = {name: dataset for name, dataset in datasets.items() if name != ROSTER}
        self.columns = list_columns(known[self.dataset]) if self.dataset in known else {}
        if self.dataset and self.dataset not in known:
            cursor.problem(f"没有“{self.dataset}”这种名单，可用：{'、'.join(known)}。", "dataset")

    def indicator(self) -> Indicator:
        """The indicator, with all its problems noted."""
        cursor = self.cursor
        aggregate = cursor.code("aggregate", Aggregate)
        indicator = Indicator(
            id=cursor.text("id"),
            title=cursor.text("title"),
            unit=cursor.text("unit", ""),
            level=cursor.code("level", Level),
            dataset=self.dataset,
            aggregate=aggregate,
            column=self._value_column(aggregate),
            where=self._where(),
            window=self._window(),
            place=cursor.place,
        )
        cursor.finish()
        return indicator

    def _value_column(self, aggregate: Aggregate) -> str | None:
        name = self.cursor.text("column", "")
        if aggregate in _COLUMNLESS:
            if name:
                self.cursor.problem(f"aggregate 是 {aggregate} 时不写 column。", "column")
            return None
        if not name:
            self.cursor.problem(f"aggregate 是 {aggregate} 时要写 column。")
            return None
        column = self._column(self.cursor, name, "column")
        if column and not _fits(aggregate, column.type):
            self.cursor.problem(f"列 {name} 是 {column.type}，不能用 {aggregate}。", "column")
        return name

    def _column(self, cursor: Cursor, name: str, key: str) -> Column | None:
        column = self.columns.get(name)
        if column is None and self.columns:
            cursor.problem(f"名单 {self.dataset} 没有“{name}”这一列。", key)
        return column

    def _where(self) -> tuple[Condition, ...]:
        where = self.cursor.child("where")
        return tuple(self._condition(where, name) for name in where.all_keys()) if where else ()

    def _condition(self, where: Cursor, name: str) -> Condition:
        column = self._column(where, name, name)
        raw = where.raw(name)
        if isinstance(raw, list):
            return self._codes(where, name, column, raw)
        if isinstance(raw, bool) or not isinstance(raw, dict):
            where.problem(f"{name} 的条件应是代码列表，或 {'、'.join(_FORMS)} 的写法。", name)
            return Condition(name)
        inner = Cursor(where.document, (*where.path, name))
        condition = self._compound(inner, name, column)
        inner.finish()
        return condition

    def _codes(self, where: Cursor, name: str, column: Column | None, raw: list[Any]) -> Condition:
        codes = tuple(item if isinstance(item, bool) else str(item) for item in raw)
        if not codes:
            where.problem(f"{name} 的代码列表是空的。", name)
        for code in codes if column else ():
            if not _is_code(column, code):
                where.problem(f"列 {name} 没有代码“{code}”。", name)
        return Condition(name, codes=codes)

    def _compound(self, inner: Cursor, name: str, column: Column | None) -> Condition:
        if inner.has("in"):
            return Condition(name, codes_of=self._parameter(inner, "in", (ParameterKind.LIST,)))
        if inner.has("given"):
            if column and (column.blank is not Blank.NONE or f"{name}_given" not in self.columns):
                inner.problem(f"列 {name} 的空白不表示“没有”，不能用 given。", "given")
            return Condition(name, given=inner.raw("given") is True)
        bounds = tuple(self._bound(inner, operator) for operator in _OPERATORS if inner.has(operator))
        if not bounds:
            inner.problem(f"{name} 的条件是空的。")
        if column and not column.type.numeric:
            inner.problem(f"列 {name} 是 {column.type}，不能比较大小。")
        return Condition(name, bounds=bounds)

    def _bound(self, inner: Cursor, operator: str) -> Bound:
        number = decimal_of(inner.raw(operator))
        if number is not None:
            return Bound(operator, number)
        kinds = (ParameterKind.MONEY, ParameterKind.NUMBER, ParameterKind.INTEGER)
        return Bound(operator, self._parameter(inner, operator, kinds))

    def _parameter(self, cursor: Cursor, key: str, kinds: tuple[ParameterKind, ...]) -> str:
        name = cursor.text(key)
        parameter = self.parameters.get(name)
        if parameter is None:
            cursor.problem(f"没有“{name}”这个参数。", key)
        elif parameter.kind not in kinds:
            cursor.problem(f"参数 {name} 是 {parameter.kind}，这里要 {'/'.join(kinds)}。", key)
        return name

    def _window(self) -> Window | None:
        cursor = self.cursor.child("window")
        if cursor is None:
            return None
        name = cursor.code("name", WindowName)
        on = cursor.text("on")
        column = self._column(cursor, on, "on") if on else None
        if column and column.type is not Type.DATE:
            cursor.problem(f"列 {on} 不是日期，不能用时间窗口。", "on")
        months: int | str | None = None
        if name in _WITH_MONTHS:
            months = self._months(cursor)
        cursor.finish()
        return Window(name, on, months)

    def _months(self, cursor: Cursor) -> int | str:
        if not cursor.has("months"):
            cursor.problem("这个时间窗口要写 months(月数或参数名)。")
            return 0
        if isinstance(cursor.raw("months"), int):
            return cursor.whole("months", 0)
        return self._parameter(cursor, "months", (ParameterKind.INTEGER,))


def _fits(aggregate: Aggregate, kind: Type) -> bool:
    match aggregate:
        case Aggregate.SUM:
            return kind.numeric
        case Aggregate.MIN | Aggregate.MAX:
            return kind.numeric or kind is Type.DATE
        case _:
            return kind in (Type.TEXT, Type.CODE)


def _is_code(column: Column | None, code: str | bool) -> bool:
    if column is None:
        return False
    if column.type is Type.BOOLEAN:
        return isinstance(code, bool)
    if column.type is Type.CODE:
        return code in column.codes
    return column.type is Type.TEXT and isinstance(code, str)

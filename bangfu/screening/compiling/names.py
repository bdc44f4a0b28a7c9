"""What a name means in a rule: a column of the register, an indicator, a parameter, or as-of."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from bangfu.screening.catalogue.columns import Column, Type
from bangfu.screening.catalogue.indicators import value_column
from bangfu.screening.catalogue.model import Indicator, Level, ParameterKind, Rule
from bangfu.screening.catalogue.resolving import single
from bangfu.screening.compiling.expressions import RefusedError, Typed
from bangfu.screening.compiling.parameter_values import REGION, Values, unknown_where_region_known
from bangfu.screening.compiling.years import date_literal
from bangfu.tabular.spec import Blank

_TYPES = {
    ParameterKind.MONEY: Type.MONEY,
    ParameterKind.NUMBER: Type.NUMBER,
    ParameterKind.INTEGER: Type.INTEGER,
    ParameterKind.BOOLEAN: Type.BOOLEAN,
    ParameterKind.TEXT: Type.TEXT,
    ParameterKind.MONTH_DAY: Type.DATE,
}


class Names:
    """The names of one rule. Notes which were used, and the trees that are NULL where an input is unknown."""

    def __init__(self, rule: Rule, values: Values, columns: Mapping[Level, Mapping[str, Column]]) -> None:
        self.rule = rule
        self.values = values
        self.columns = columns
        self.reads: dict[str, None] = {}  # register columns and indicators, in the order of their use
        self.indicators: dict[str, Indicator] = {}
        self.inputs: dict[str, exp.Expr] = {}

    def __call__(self, name: str) -> Typed:
        """The meaning of a name. Raises RefusedError if it has none, or more than one."""
        indicator = self.values.catalogue.indicators.get(name)
        column = self._register_column(name)
        alias = self.rule.parameters.get(name)
        if sum(meaning is not None for meaning in (indicator, column, alias)) + (name == "as_of") > 1:
            raise RefusedError(f"“{name}”有两个意思，请换一个名字。")
        if name == "as_of":
            return Typed(date_literal(self.values.as_of), Type.DATE, constant=self.values.as_of)
        if indicator:
            return self._indicator(indicator)
        if column:
            return self._column(column)
        if alias:
            return self._parameter(name, alias)
        raise RefusedError(f"没有“{name}”这个列、指标或参数。")

    def use(self, name: str) -> exp.Expr:
        """A register column or indicator, noted as read and as an input."""
        self.reads[name] = None
        self.inputs[name] = exp.column(name)
        return exp.column(name)

    def check_blanks(self) -> None:
        """Raise RefusedError where a column whose blank means *none* stands without its ``_given``.

        A blank would be unknown then, not none.
        """
        for name in self.reads:
            column = self._register_column(name)
            with_given = column and column.blank is Blank.NONE and column.type is not Type.CODE
            if with_given and f"{name}_given" not in self.reads:
                raise RefusedError(f"“{name}”空着表示没有，请同时用 {name}_given。")

    def _register_column(self, name: str) -> Column | None:
        own = self.columns[Level.MEMBER].get(name) if self.rule.level is Level.MEMBER else None
        return own or self.columns[Level.HOUSEHOLD].get(name)

    def _column(self, column: Column) -> Typed:
        if column.blank is Blank.NOT_APPLICABLE:
            raise RefusedError(f"“{column.id}”空着表示不适用，与不知道分不开，规则不能用它。")
        return Typed(self.use(column.id), column.type, frozenset(column.codes))

    def _indicator(self, indicator: Indicator) -> Typed:
        if self.rule.level is Level.HOUSEHOLD and indicator.level is Level.MEMBER:
            raise RefusedError(f"户的规则不能直接用成员的指标“{indicator.id}”。")
        self.indicators[indicator.id] = indicator
        column = value_column(indicator, self.values.catalogue.datasets)
        return Typed(self.use(indicator.id), column.type, frozenset(column.codes))

    def _parameter(self, alias: str, parameter_id: str) -> Typed:
        parameter = self.values.catalogue.parameters[parameter_id]
        if parameter.kind is ParameterKind.LIST:
            raise RefusedError(f"参数“{alias}”是列表，只能用在指标的 in 里。")
        kind = _TYPES[parameter.kind]
        choices = self.values.choices(parameter_id)
        found = single(choices, self.values.region_codes)
        if found is not None:
            constant = self.values.constant(parameter.kind, found.value)
            return Typed(self.values.tree(parameter.kind, found.value), kind, constant=constant)
        self.use(REGION)
        tree = self.values.by_region(parameter, choices)
        self.inputs[parameter_id] = unknown_where_region_known(tree)
        return Typed(tree, kind)

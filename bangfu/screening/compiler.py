"""Compiles the catalogue's rules for one day and one county into a plan.

What cannot be compiled is refused with its place; what cannot be decided here (a list that was not received,
a parameter without a value on that day) makes the rule ``not_run`` with its reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal

from sqlglot import exp

from bangfu.screening import windows
from bangfu.screening.catalogue.columns import Column, Type, list_columns, register_columns
from bangfu.screening.catalogue.indicators import value_column
from bangfu.screening.catalogue.model import (
    Catalogue,
    CatalogueError,
    Condition,
    Indicator,
    Level,
    Parameter,
    ParameterKind,
    ParameterValue,
    Rule,
    RuleKind,
    Scalar,
    Window,
    WindowName,
)
from bangfu.screening.catalogue.resolving import Choices, choices_on, in_regions, single
from bangfu.screening.expressions import RefusedError, Typed, translate, translate_boolean
from bangfu.screening.plan import NotRun, Plan, PlannedIndicator, PlannedRule
from bangfu.screening.years import date_literal
from bangfu.tabular.spec import Blank

_TYPES = {
    ParameterKind.MONEY: Type.MONEY,
    ParameterKind.NUMBER: Type.NUMBER,
    ParameterKind.INTEGER: Type.INTEGER,
    ParameterKind.BOOLEAN: Type.BOOLEAN,
    ParameterKind.TEXT: Type.TEXT,
    ParameterKind.MONTH_DAY: Type.DATE,
}
_BOUNDS = {"below": exp.LT, "above": exp.GT, "at_least": exp.GTE, "at_most": exp.LTE}


class _CannotRunError(Exception):
    """The rule cannot be run on this day or in this county; the message is the reason."""


def compile_plan(
    catalogue: Catalogue,
    *,
    as_of: dt.date,
    given: Collection[str],
    region_codes: Collection[str | None] | None = None,
    rules: Collection[str] | None = None,
    kinds: Collection[RuleKind] | None = None,
) -> Plan:
    """The plan for one county on one day.

    ``given``: the lists received. ``region_codes``: the county's different region codes, None among them
    where a household has none; with them, values of other places are left out. Only ``rules`` and ``kinds``.
    Raises CatalogueError, one Chinese line a problem, for a rule that cannot be compiled or is not known.
    """
    return _Compiler(catalogue, as_of, frozenset(given), region_codes).plan(_chosen(catalogue, rules, kinds))


def problems_of(catalogue: Catalogue, rule: Rule, as_of: dt.date) -> list[str]:
    """What keeps a rule from being run on a day with every list given, one line a problem."""
    everything = frozenset(catalogue.datasets)
    try:
        planned = _Compiler(catalogue, as_of, everything, None).rule(rule)
    except CatalogueError as error:
        return str(error).splitlines()
    return [f"{rule.place}: 规则 {rule.id}: {planned.reason}。"] if isinstance(planned, NotRun) else []


def _chosen(
    catalogue: Catalogue, rules: Collection[str] | None, kinds: Collection[RuleKind] | None
) -> list[Rule]:
    unknown = sorted(set(rules or ()) - set(catalogue.rules))
    if unknown:
        raise CatalogueError(f"没有这些规则:{'、'.join(unknown)}。")
    return [
        rule
        for rule in catalogue.rules.values()
        if (rules is None or rule.id in rules) and (kinds is None or rule.kind in kinds)
    ]


class _Compiler:
    def __init__(
        self,
        catalogue: Catalogue,
        as_of: dt.date,
        given: frozenset[str],
        region_codes: Collection[str | None] | None,
    ) -> None:
        self.catalogue = catalogue
        self.as_of = as_of
        self.given = given
        self.region_codes = region_codes
        self.columns = register_columns()
        self.indicators: dict[str, PlannedIndicator] = {}

    def plan(self, rules: list[Rule]) -> Plan:
        planned = tuple(self.rule(rule) for rule in rules)
        used = {name for rule in planned if isinstance(rule, PlannedRule) for name in _all_reads(rule)}
        indicators = {name: found for name, found in self.indicators.items() if name in used}
        lists = {found.dataset for found in indicators.values()}
        columns = {name: list_columns(self.catalogue.datasets[name]) for name in sorted(lists)}
        return Plan(self.as_of, planned, indicators, self.columns, columns)

    def rule(self, rule: Rule) -> PlannedRule | NotRun:
        try:
            self._check_in_force(rule)
            return self._planned(rule)
        except _CannotRunError as stop:
            return NotRun(rule.id, str(stop))

    def _planned(self, rule: Rule) -> PlannedRule:
        place = rule.when_place
        try:
            condition_names = _Names(self, rule)
            condition = translate_boolean(rule.when, condition_names)
            condition_names.check_blanks()
            place = rule.place
            value_names = _Names(self, rule)
            values = {name: translate(text, value_names).tree for name, text in rule.shown.items()}
        except RefusedError as refused:
            raise CatalogueError(f"{place}: 规则 {rule.id}: {refused}") from refused
        if rule.region:
            condition_names.inputs["region_code"] = condition_names.column("region_code")
            here = _starts_with(rule.region)
            condition = exp.And(this=here, expression=exp.Paren(this=condition))
        self._check_given({**condition_names.datasets, **value_names.datasets})
        return PlannedRule(
            id=rule.id,
            level=rule.level,
            condition=condition,
            scope=rule.scope,
            values=values,
            missing=condition_names.inputs,
            reads=tuple(condition_names.reads),
            value_reads=tuple(value_names.reads),
        )

    def _check_in_force(self, rule: Rule) -> None:
        if not rule.valid.holds(self.as_of):
            raise _CannotRunError(f"规则在 {self.as_of} 不在有效期内")
        codes = self.region_codes
        if not rule.region or codes is None or None in codes:
            return
        if not any(code and code.startswith(rule.region) for code in codes):
            raise _CannotRunError(f"规则只适用于区划 {rule.region}")

    def _check_given(self, datasets: Mapping[str, None]) -> None:
        absent = [name for name in datasets if name not in self.given]
        if absent:
            titles = "、".join(self.catalogue.datasets[name].title for name in absent)
            raise _CannotRunError(f"没有收到可用的{titles}名单")

    def choices(self, parameter_id: str) -> tuple[Parameter, Choices]:
        """The values of a parameter that may hold here today. Raises _CannotRunError if there is none."""
        parameter = self.catalogue.parameters[parameter_id]
        choices = in_regions(choices_on(self.catalogue, parameter_id, self.as_of), self.region_codes)
        if not choices:
            raise _CannotRunError(f"参数“{parameter.title}”({parameter_id})在 {self.as_of} 没有有效的值")
        return parameter, choices

    def single_value(self, parameter_id: str) -> Scalar | tuple[str, ...]:
        """The one value that a parameter has in this county today: inside indicators it cannot differ."""
        parameter, choices = self.choices(parameter_id)
        value = single(choices, self.region_codes)
        if value is None:
            raise _CannotRunError(
                f"参数“{parameter.title}”({parameter_id})在本次范围内各地不同或不全,指标里只能用同一个值"
            )
        return value.value

    def indicator(self, indicator_id: str) -> None:
        """Compile an indicator once."""
        if indicator_id in self.indicators:
            return
        indicator = self.catalogue.indicators[indicator_id]
        trees = [self._condition(indicator, condition) for condition in indicator.where]
        window = indicator.window
        latest = window is not None and window.name is WindowName.LATEST
        if window is not None and not latest:
            trees.append(self._window(window))
        reads = [c.column if c.given is None else f"{c.column}_given" for c in indicator.where]
        reads += [window.on] if window else []
        reads += [indicator.column] if indicator.column else []
        self.indicators[indicator_id] = PlannedIndicator(
            id=indicator_id,
            level=indicator.level,
            dataset=indicator.dataset,
            aggregate=indicator.aggregate,
            column=indicator.column,
            condition=exp.and_(*trees) if trees else exp.true(),
            latest_on=window.on if window and latest else None,
            reads=tuple(dict.fromkeys(reads)),
            type=value_column(indicator, self.catalogue.datasets).type,
        )

    def _condition(self, indicator: Indicator, condition: Condition) -> exp.Expr:
        column = exp.column(condition.column)
        if condition.given is not None:
            given = exp.column(f"{condition.column}_given")
            return given if condition.given else exp.not_(given)
        if condition.bounds:
            trees = [
                _BOUNDS[bound.operator](this=column.copy(), expression=self._number(bound.against))
                for bound in condition.bounds
            ]
            return exp.and_(*trees)
        codes = condition.codes
        if condition.codes_of:
            codes = self._list(indicator, condition.column, condition.codes_of)
        return exp.In(this=column, expressions=[exp.convert(code) for code in codes])

    def _list(self, indicator: Indicator, column_id: str, parameter_id: str) -> tuple[str, ...]:
        value = self.single_value(parameter_id)
        codes = value if isinstance(value, tuple) else (str(value),)
        column = list_columns(self.catalogue.datasets[indicator.dataset])[column_id]
        for code in codes:
            if column.type is Type.CODE and code not in column.codes:
                raise CatalogueError(
                    f"{indicator.place}: 参数 {parameter_id} 的“{code}”不是列 {column_id} 的代码,"
                    f"可用:{'、'.join(column.codes)}。"
                )
        return codes

    def _number(self, against: Decimal | str) -> exp.Expr:
        value = self.single_value(against) if isinstance(against, str) else against
        return exp.Literal.number(str(value))

    def _window(self, window: Window) -> exp.Expr:
        months = self.single_value(window.months) if isinstance(window.months, str) else window.months or 0
        days = windows.bounds(window.name, self.as_of, int(str(months)))
        column = exp.column(window.on)
        until = exp.LTE(this=column, expression=date_literal(days.last))
        if days.first is None:
            return until
        return exp.and_(exp.GTE(this=column.copy(), expression=date_literal(days.first)), until)


class _Names:
    """What names mean in one rule, and which of them were used."""

    def __init__(self, compiler: _Compiler, rule: Rule) -> None:
        self.compiler = compiler
        self.rule = rule
        self.reads: dict[str, None] = {}
        self.datasets: dict[str, None] = {}
        self.inputs: dict[str, exp.Expr] = {}

    def __call__(self, name: str) -> Typed:
        """The meaning of a name. Raises RefusedError if it has none, or more than one."""
        indicator = self.compiler.catalogue.indicators.get(name)
        column = self._register_column(name)
        alias = self.rule.parameters.get(name)
        meanings = [meaning for meaning in (indicator, column, alias) if meaning is not None]
        if len(meanings) + (name == "as_of") > 1:
            raise RefusedError(f"“{name}”有两个意思,请换一个名字。")
        if name == "as_of":
            return Typed(date_literal(self.compiler.as_of), Type.DATE, constant=self.compiler.as_of)
        if indicator:
            return self._indicator(indicator)
        if column:
            return self._column(column)
        if alias:
            return self._parameter(name, alias)
        raise RefusedError(f"没有“{name}”这个列、指标或参数。")

    def column(self, name: str) -> exp.Expr:
        """A register column, noted as read."""
        self.reads[name] = None
        return exp.column(name)

    def _register_column(self, name: str) -> Column | None:
        tables = self.compiler.columns
        own = tables[Level.MEMBER].get(name) if self.rule.level is Level.MEMBER else None
        return own or tables[Level.HOUSEHOLD].get(name)

    def _column(self, column: Column) -> Typed:
        if column.blank is Blank.NOT_APPLICABLE:
            raise RefusedError(f"“{column.id}”空着表示不适用,与不知道分不开,规则不能用它。")
        self.inputs[column.id] = self.column(column.id)
        return Typed(exp.column(column.id), column.type, frozenset(column.codes))

    def check_blanks(self) -> None:
        """A column whose blank means *none* must stand with its ``_given``, or blanks would be unknown."""
        for name in self.reads:
            column = self._register_column(name)
            with_given = column and column.blank is Blank.NONE and column.type is not Type.CODE
            if with_given and f"{name}_given" not in self.reads:
                raise RefusedError(f"“{name}”空着表示没有,请同时用 {name}_given。")

    def _indicator(self, indicator: Indicator) -> Typed:
        catalogue = self.compiler.catalogue
        name = indicator.id
        if self.rule.level is Level.HOUSEHOLD and indicator.level is Level.MEMBER:
            raise RefusedError(f"户的规则不能直接用成员的指标“{name}”。")
        self.compiler.indicator(name)
        self.datasets[indicator.dataset] = None
        self.reads[name] = None
        self.inputs[name] = exp.column(name)
        column = value_column(indicator, catalogue.datasets)
        return Typed(exp.column(name), column.type, frozenset(column.codes))

    def _parameter(self, name: str, parameter_id: str) -> Typed:
        parameter, choices = self.compiler.choices(parameter_id)
        if parameter.kind is ParameterKind.LIST:
            raise RefusedError(f"参数“{name}”是列表,只能用在指标的 in 里。")
        kind = _TYPES[parameter.kind]
        value = single(choices, self.compiler.region_codes)
        if value is not None:
            return self._constant(parameter, value)
        self.inputs["region_code"] = self.column("region_code")
        tree = self._by_region(parameter, choices)
        known = exp.Not(this=exp.Is(this=exp.column("region_code"), expression=exp.null()))
        self.inputs[parameter.id] = _case([(known, tree)], exp.Literal.number(0))
        return Typed(tree, kind)

    def _constant(self, parameter: Parameter, value: ParameterValue) -> Typed:
        tree, constant = self._scalar(parameter.kind, value.value)
        return Typed(tree, _TYPES[parameter.kind], constant=constant)

    def _scalar(
        self, kind: ParameterKind, value: Scalar | tuple[str, ...]
    ) -> tuple[exp.Expr, str | int | dt.date | None]:
        if kind is ParameterKind.MONTH_DAY:
            day = windows.last_month_day(str(value), self.compiler.as_of)
            return date_literal(day), day
        if isinstance(value, bool):
            return exp.Boolean(this=value), None
        if kind is ParameterKind.TEXT:
            return exp.Literal.string(str(value)), str(value)
        return exp.Literal.number(str(value)), value if isinstance(value, int) else None

    def _by_region(self, parameter: Parameter, choices: Choices) -> exp.Expr:
        """The parameter as a CASE over the household's region; unknown where the region is."""
        branches = []
        default: exp.Expr = exp.null()
        for choice in choices:
            tree, _ = self._scalar(parameter.kind, choice.value)
            if choice.region is None:
                default = tree
            else:
                branches.append((_starts_with(choice.region), tree))
        unknown = exp.Is(this=exp.column("region_code"), expression=exp.null())
        return _case([(unknown, exp.null()), *branches], default)


def _starts_with(prefix: str) -> exp.Expr:
    return exp.StartsWith(this=exp.column("region_code"), expression=exp.Literal.string(prefix))


def _case(branches: list[tuple[exp.Expr, exp.Expr]], default: exp.Expr) -> exp.Expr:
    ifs = [exp.If(this=condition, true=value) for condition, value in branches]
    return exp.Case(ifs=ifs, default=default)


def _all_reads(rule: PlannedRule) -> tuple[str, ...]:
    return (*rule.reads, *rule.value_reads)

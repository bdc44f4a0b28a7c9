"""Compiles the catalogue's rules for one day and one county into a plan.

What cannot be compiled is refused with its place; what cannot be decided here (a list that was not received,
a parameter without a value on that day) makes the rule ``not_run`` with its reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from sqlglot import exp

from bangfu.screening.catalogue.columns import list_columns, register_columns
from bangfu.screening.catalogue.model import Catalogue, CatalogueError, Indicator, Rule, RuleKind
from bangfu.screening.compiling.expressions import RefusedError, translate, translate_boolean
from bangfu.screening.compiling.indicator_plan import plan_indicator
from bangfu.screening.compiling.names import Names
from bangfu.screening.compiling.parameter_values import REGION, CannotRunError, Values, starts_with
from bangfu.screening.compiling.plan import NotRun, Plan, PlannedIndicator, PlannedRule


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
    compiler = _Compiler(Values(catalogue, as_of, region_codes), frozenset(given))
    return compiler.plan(_chosen(catalogue, rules, kinds))


def problems_of(catalogue: Catalogue, rule: Rule, as_of: dt.date) -> list[str]:
    """What keeps a rule from being run on a day with every list given, one line a problem."""
    compiler = _Compiler(Values(catalogue, as_of, None), frozenset(catalogue.datasets))
    try:
        planned = compiler.rule(rule)
    except CatalogueError as error:
        return str(error).splitlines()
    return [f"{rule.place}: 规则 {rule.id}: {planned.reason}。"] if isinstance(planned, NotRun) else []


def _chosen(
    catalogue: Catalogue, rules: Collection[str] | None, kinds: Collection[RuleKind] | None
) -> list[Rule]:
    unknown = sorted(set(rules or ()) - set(catalogue.rules))
    if unknown:
        raise CatalogueError(f"没有这些规则：{'、'.join(unknown)}。")
    return [
        rule
        for rule in catalogue.rules.values()
        if (rules is None or rule.id in rules) and (kinds is None or rule.kind in kinds)
    ]


class _Compiler:
    """Compiles rule by rule; an indicator that several rules use is compiled once."""

    def __init__(self, values: Values, given: frozenset[str]) -> None:
        self.values = values
        self.given = given
        self.columns = register_columns()
        self.indicators: dict[str, PlannedIndicator] = {}

    def plan(self, rules: Iterable[Rule]) -> Plan:
        """The rules as a plan, with what they read and nothing else."""
        planned = tuple(self.rule(rule) for rule in rules)
        runnable = [rule for rule in planned if isinstance(rule, PlannedRule)]
        used = {name for rule in runnable for name in (*rule.reads, *rule.value_reads)}
        indicators = {name: found for name, found in self.indicators.items() if name in used}
        datasets = self.values.catalogue.datasets
        lists = sorted({found.dataset for found in indicators.values()})
        columns = {name: list_columns(datasets[name]) for name in lists}
        return Plan(self.values.as_of, planned, indicators, self.columns, columns)

    def rule(self, rule: Rule) -> PlannedRule | NotRun:
        """One rule, or why it cannot be run. Raises CatalogueError if it cannot be compiled."""
        try:
            self._check_in_force(rule)
            return self._planned(rule)
        except CannotRunError as stop:
            return NotRun(rule.id, str(stop))

    def _planned(self, rule: Rule) -> PlannedRule:
        names, shown_names = (Names(rule, self.values, self.columns) for _ in range(2))
        condition = self._condition(rule, names)
        try:
            values = {name: translate(text, shown_names).tree for name, text in rule.shown.items()}
        except RefusedError as refused:
            raise CatalogueError(f"{rule.place}: 规则 {rule.id}: {refused}") from refused
        self._use({**names.indicators, **shown_names.indicators}.values())
        return PlannedRule(
            id=rule.id,
            level=rule.level,
            condition=condition,
            scope=rule.scope,
            values=values,
            missing=names.inputs,
            reads=tuple(names.reads),
            value_reads=tuple(shown_names.reads),
        )

    def _condition(self, rule: Rule, names: Names) -> exp.Expr:
        try:
            condition = translate_boolean(rule.when, names)
            names.check_blanks()
        except RefusedError as refused:
            raise CatalogueError(f"{rule.when_place}: 规则 {rule.id}: {refused}") from refused
        if not rule.region:
            return condition
        names.use(REGION)
        return exp.And(this=starts_with(rule.region), expression=exp.Paren(this=condition))

    def _check_in_force(self, rule: Rule) -> None:
        if not rule.valid.holds(self.values.as_of):
            raise CannotRunError(f"规则在 {self.values.as_of} 不在有效期内")
        codes = self.values.region_codes
        if not rule.region or codes is None or None in codes:
            return
        if not any(code and code.startswith(rule.region) for code in codes):
            raise CannotRunError(f"规则只适用于区划 {rule.region}")

    def _use(self, indicators: Iterable[Indicator]) -> None:
        """Compile the indicators. Raises CannotRunError where their lists were not received."""
        used = list(indicators)
        absent = dict.fromkeys(i.dataset for i in used if i.dataset not in self.given)
        if absent:
            titles = "、".join(self.values.catalogue.datasets[name].title for name in absent)
            raise CannotRunError(f"没有收到可用的{titles}名单")
        for indicator in used:
            if indicator.id not in self.indicators:
                self.indicators[indicator.id] = plan_indicator(indicator, self.values)

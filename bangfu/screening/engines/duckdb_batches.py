"""Which rules are found together by one query, and from which rows they start."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bangfu.screening.catalogue.model import Aggregate, Level, Scope
from bangfu.screening.compiling.plan import Plan, PlannedRule
from bangfu.screening.engines.duckdb_base import KEYS, SQL_TYPES, Group, groups_of, printed, quoted

_OWN, _JOINED = "own", "joined"  # ways to look at every subject: by its own columns only, or with joins


@dataclass(frozen=True)
class Start:
    """A list that rules start from, and those rules.

    ``quiet``: the rules are false where no row counts, so rows that count for none of them need not be read.
    """

    group: Group
    rules: tuple[PlannedRule, ...]
    quiet: bool

    def is_enough(self, level: Level) -> bool:
        """Whether its rules need nothing but the list itself."""
        indicators = {indicator.id for indicator in self.group.indicators}
        return self.group.level is level and reads_of(self.rules) <= indicators


@dataclass(frozen=True)
class Batch:
    """Rules of one level that are found by one query.

    Without ``starts`` they look at every subject of the level. With one, only at the subjects in that list.
    With several, at the subjects in each, and no rule needs more than its own list.
    """

    level: Level
    rules: tuple[PlannedRule, ...]
    starts: tuple[Start, ...] = ()

    @property
    def key(self) -> str:
        """The key of the level's subjects."""
        return KEYS[self.level]


def batches(plan: Plan, level: Level, quiet: Collection[str]) -> list[Batch]:
    """The level's rules in batches. ``quiet``: ids of the rules that are false where no row counts."""
    by_way: dict[str, list[PlannedRule]] = {}
    for rule in plan.runnable(level):
        by_way.setdefault(_way(plan, rule, quiet), []).append(rule)
    every = [by_way.pop(way) for way in (_OWN, _JOINED) if way in by_way]
    starts = [_start(plan, rules, quiet) for _, rules in sorted(by_way.items())]
    enough = [start for start in starts if start.is_enough(level)]
    found = [_from_lists(level, [start]) for start in starts if start not in enough]
    found += [_from_lists(level, enough)] if enough else []
    return found + [Batch(level, tuple(rules)) for rules in every]


def quiet_sql(plan: Plan) -> str:
    """One row: of each rule that can be run, in order of levels, whether it is false where no row counts."""
    rules = [rule for level in Level for rule in plan.runnable(level)]
    nothing = [f"{_nothing(plan, name)} AS {quoted(name)}" for name in sorted(reads_of(rules))]
    falsities = [f"({printed(rule.condition)}) IS FALSE" for rule in rules]
    return f"SELECT {', '.join(falsities)} FROM (SELECT {', '.join([*nothing, 'NULL AS nothing'])})"


def reads_of(rules: Iterable[PlannedRule]) -> set[str]:
    """The columns and indicators that the rules' conditions need."""
    return {name for rule in rules for name in rule.reads}


def own_columns(plan: Plan, level: Level, names: Collection[str]) -> list[str]:
    """Those names that are columns of the level's own table."""
    return [name for name in plan.columns[level] if name in names]


def home_columns(plan: Plan, level: Level, names: Collection[str]) -> list[str]:
    """Those names that a member has from the household."""
    return [] if level is Level.HOUSEHOLD else own_columns(plan, Level.HOUSEHOLD, names)


def type_of(plan: Plan, name: str) -> str:
    """The SQL type of a column or indicator."""
    for columns in plan.columns.values():
        if name in columns:
            return SQL_TYPES[columns[name].type]
    return SQL_TYPES[plan.indicators[name].type]


def _way(plan: Plan, rule: PlannedRule, quiet: Collection[str]) -> str:
    """What rules must have in common to be evaluated together."""
    groups = groups_of(plan, rule.reads)
    if rule.scope is Scope.ROWS and len(groups) == 1:
        return f"{groups[0].alias} {'quiet' if rule.id in quiet else 'loud'}"
    return _JOINED if groups or home_columns(plan, rule.level, rule.reads) else _OWN


def _start(plan: Plan, rules: list[PlannedRule], quiet: Collection[str]) -> Start:
    return Start(groups_of(plan, reads_of(rules))[0], tuple(rules), rules[0].id in quiet)


def _from_lists(level: Level, starts: list[Start]) -> Batch:
    return Batch(level, tuple(rule for start in starts for rule in start.rules), tuple(starts))


def _nothing(plan: Plan, name: str) -> str:
    """What a name is where no row counts: an indicator's empty value, and unknown for a column."""
    indicator = plan.indicators.get(name)
    if indicator and indicator.aggregate is Aggregate.ANY:
        return "FALSE"
    if indicator and indicator.aggregate in (Aggregate.COUNT, Aggregate.SUM):
        return "0"
    return f"CAST(NULL AS {type_of(plan, name)})"

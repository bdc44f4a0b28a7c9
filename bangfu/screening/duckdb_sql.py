"""Prints a plan as DuckDB SQL, in the shape that was measured to be fastest.

Per level one base, one tri-state small integer a rule (0 no, 1 hit, 2 undecided), then UNPIVOT keeping what
is not 0. Values are fetched afterwards, for what was found only.
"""

from __future__ import annotations

from bangfu.screening.catalogue.model import Level, Scope
from bangfu.screening.duckdb_base import KEYS, Has, base_sql, groups_of, printed, quoted
from bangfu.screening.plan import Plan, PlannedRule

HIT = 1
UNDECIDED = 2


def text(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def found_sql(plan: Plan, level: Level, has: Has) -> str:
    """Everything that hits or stays undecided: ``household_key, person_key, rule, state``."""
    rules = list(plan.runnable(level))
    states = ",\n  ".join(f"{_state(plan, rule)} AS {quoted(rule.id)}" for rule in rules)
    names = ", ".join(quoted(rule.id) for rule in rules)
    base = base_sql(plan, level, has, {name for rule in rules for name in rule.reads})
    return (
        f"WITH base AS (\n{base}\n), states AS (SELECT household_key, person_key,\n  {states}\nFROM base)\n"
        f"SELECT household_key, person_key, rule, state FROM states\n"
        f"UNPIVOT (state FOR rule IN ({names})) WHERE state <> 0"
    )


def seen_sql(plan: Plan, level: Level, has: Has, found: str) -> str:
    """The inputs and values of every subject in the table ``found``, one row each."""
    reads = {name for rule in plan.runnable(level) for name in (*rule.reads, *rule.value_reads)}
    return base_sql(plan, level, has, reads, found)


def hits_sql(rule: PlannedRule, found: str, seen: str) -> str:
    """The hits of one rule with their values, in the order of their keys."""
    values = "".join(f", {printed(tree)} AS {quoted(name)}" for name, tree in rule.values.items())
    return _of_rule(rule, HIT, values, found, seen)


def undecided_sql(rule: PlannedRule, found: str, seen: str) -> str:
    """The undecided of one rule, with the names of the inputs that are unknown."""
    names = ", ".join(
        f"CASE WHEN {printed(tree)} IS NULL THEN {text(name)} END" for name, tree in rule.missing.items()
    )
    missing = f", list_filter([{names}]::VARCHAR[], lambda name: name IS NOT NULL) AS missing"
    return _of_rule(rule, UNDECIDED, missing, found, seen)


def _of_rule(rule: PlannedRule, state: int, columns: str, found: str, seen: str) -> str:
    key = KEYS[rule.level]
    return (
        f"SELECT household_key, person_key{columns} FROM {seen} WHERE {key} IN "
        f"(SELECT {key} FROM {found} WHERE rule = {text(rule.id)} AND state = {state}) "
        f"ORDER BY household_key, person_key"
    )


def _state(plan: Plan, rule: PlannedRule) -> str:
    state = f"coalesce(CAST(({printed(rule.condition)}) AS TINYINT), {UNDECIDED}::TINYINT)"
    groups = groups_of(plan, rule.reads)
    if rule.scope is Scope.EVERYONE or not groups:
        return state
    looked_at = " OR ".join(group.present for group in groups)
    return f"CASE WHEN {looked_at} THEN {state} ELSE 0::TINYINT END"

"""Prints a plan as DuckDB SQL, in the shape that was measured to be fastest.

Rules that start from the same rows are a batch: one query that evaluates each rule to a tri-state small
integer (0 no, 1 hit, 2 undecided) and keeps what is not 0 by UNPIVOT. Values are fetched afterwards, by key.

Before a batch joins anything, it drops the subjects of which every rule is already false whatever the names
not yet joined may be. That is sound because every expression of a plan is monotone in Kleene's order: what is
false with an unknown input is false with any.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlglot import exp

from bangfu.screening.catalogue.model import Level, Scope
from bangfu.screening.compiling.plan import Plan, PlannedRule
from bangfu.screening.engines.duckdb_base import KEYS, Has, grouped, groups_of, printed, quoted, source_of
from bangfu.screening.engines.duckdb_batches import Batch, Start, home_columns, own_columns, reads_of, type_of

HIT = 1
UNDECIDED = 2


def text(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


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


@dataclass(frozen=True)
class Printer:
    """Prints the queries of a plan for tables with the columns that ``has`` knows."""

    plan: Plan
    has: Has

    def found(self, batch: Batch) -> str:
        """What of a batch hits or stays undecided: ``household_key, person_key, rule, state``."""
        if batch.starts and all(start.is_enough(batch.level) for start in batch.starts):
            return self._found_in_lists(batch)
        base = self._from_list(batch, batch.starts[0]) if batch.starts else self._from_all(batch)
        return f"WITH {base}\n{self._not_false(batch.rules, 'base', ['household_key', 'person_key'])}"

    def seen(self, batch: Batch, found: str) -> str:
        """The inputs and values of every subject in the table ``found``, one row each."""
        names = {name for rule in batch.rules for name in (*rule.reads, *rule.value_reads)}
        only = f"WHERE {batch.key} IN (SELECT {batch.key} FROM {found})"
        subjects = f"({self._subjects(batch.level, names)} {only})"
        have = [quoted(name) for name in own_columns(self.plan, batch.level, names)]
        return self._joined(batch.level, subjects, have, names, found)

    def _found_in_lists(self, batch: Batch) -> str:
        """Rules that need only their own list: found list by list, then joined to their subjects at once."""
        parts = [
            f"(WITH listed AS ({self._listed(start)}) {self._not_false(start.rules, 'listed', [batch.key])})"
            for start in batch.starts
        ]
        return (
            f"SELECT subject.household_key, {_person(batch.level)}, rule, state\n"
            f"FROM ({' UNION ALL '.join(parts)}) AS found "
            f"JOIN ({self._subjects(batch.level, ())}) AS subject USING ({batch.key})"
        )

    def _from_list(self, batch: Batch, start: Start) -> str:
        """The base of a batch that starts from a list: its candidates, joined to their subjects."""
        known = {indicator.id for indicator in start.group.indicators}
        names = reads_of(batch.rules) - known
        have = [start.group.present, *map(quoted, sorted(known))]
        subjects = (
            f"(SELECT subject.*, {', '.join(have)} FROM candidates "
            f"JOIN ({self._subjects(batch.level, names)}) AS subject USING ({start.group.key}))"
        )
        have += [quoted(name) for name in own_columns(self.plan, batch.level, names)]
        base = self._joined(batch.level, subjects, have, names)
        candidates = self._candidates(batch.rules, "listed", known)
        return f"listed AS ({self._listed(start)}),\ncandidates AS ({candidates}),\nbase AS ({base})"

    def _from_all(self, batch: Batch) -> str:
        """The base of a batch that looks at every subject."""
        names = reads_of(batch.rules)
        own = own_columns(self.plan, batch.level, names)
        candidates = "FROM subjects"
        if names - set(own):
            candidates = self._candidates(batch.rules, "subjects", set(own))
        base = self._joined(batch.level, "candidates", [quoted(name) for name in own], names)
        subjects = self._subjects(batch.level, names)
        return f"subjects AS ({subjects}),\ncandidates AS ({candidates}),\nbase AS ({base})"

    def _subjects(self, level: Level, names: Collection[str]) -> str:
        """The level's own table: keys, and those names that are its columns."""
        keys = list(dict.fromkeys([KEYS[level], "household_key"]))
        return source_of(self.plan, level, self.has).select(keys, own_columns(self.plan, level, names))

    def _listed(self, start: Start) -> str:
        """The subjects of a list with their indicators."""
        group = start.group
        source = source_of(self.plan, group.dataset, self.has)
        rows = grouped(group, source, only_counting=start.quiet)
        columns = ", ".join([f"{group.alias}.{group.key}", *group.after_join()])
        return f"SELECT {columns} FROM ({rows}) AS {group.alias}"

    def _joined(
        self,
        level: Level,
        subjects: str,
        have: Iterable[str],
        names: Collection[str],
        found: str | None = None,
    ) -> str:
        """Subjects with the columns that they ``have``, and the household's columns and indicators named."""
        homes = home_columns(self.plan, level, names)
        groups = groups_of(self.plan, names)
        columns = [f"subject.{name}" for name in have] + [f"home.{quoted(name)}" for name in homes]
        columns += [column for group in groups for column in group.after_join()]
        joins = ""
        if homes:
            home = source_of(self.plan, Level.HOUSEHOLD, self.has).select(["household_key"], homes)
            joins += f"\nLEFT JOIN ({home}) AS home USING (household_key)"
        for group in groups:
            rows = grouped(group, source_of(self.plan, group.dataset, self.has), found)
            joins += f"\nLEFT JOIN ({rows}) AS {group.alias} USING ({group.key})"
        listed = ", ".join(["subject.household_key", _person(level), *columns])
        return f"SELECT {listed} FROM {subjects} AS subject{joins}"

    def _candidates(self, rules: Iterable[PlannedRule], rows: str, known: set[str]) -> str:
        """The rows of which some rule may be true, whatever the names that are not yet known."""
        possible = [_can_be_true(self._unknown_but(rule.condition, known)) for rule in rules]
        return f"SELECT * FROM {rows} WHERE {' OR '.join(dict.fromkeys(possible))}"

    def _unknown_but(self, condition: exp.Expr, known: set[str]) -> exp.Expr:
        """The condition with every name that is not known taken as unknown."""

        def unknown(node: exp.Expr) -> exp.Expr:
            if isinstance(node, exp.Column) and node.name not in known:
                return exp.cast(exp.null(), type_of(self.plan, node.name))
            return node

        return condition.transform(unknown)

    def _not_false(self, rules: Iterable[PlannedRule], rows: str, keys: list[str]) -> str:
        """One row for each rule that is not false of a row, with its state."""
        listed = ", ".join(keys)
        states = ", ".join(f"{self._state(rule)} AS {quoted(rule.id)}" for rule in rules)
        names = ", ".join(quoted(rule.id) for rule in rules)
        return (
            f"SELECT {listed}, rule, state FROM (SELECT {listed}, {states} FROM {rows})\n"
            f"UNPIVOT (state FOR rule IN ({names})) WHERE state <> 0"
        )

    def _state(self, rule: PlannedRule) -> str:
        """The rule as a tri-state; 0 for subjects that it does not look at."""
        state = f"coalesce(CAST(({printed(rule.condition)}) AS TINYINT), {UNDECIDED}::TINYINT)"
        groups = groups_of(self.plan, rule.reads)
        if rule.scope is Scope.EVERYONE or not groups:
            return state
        looked_at = " OR ".join(group.present for group in groups)
        return f"CASE WHEN {looked_at} THEN {state} ELSE 0::TINYINT END"


def _can_be_true(condition: exp.Expr) -> str:
    """``condition IS NOT FALSE``, asked of each part of an *and*: DuckDB filters by one after the other."""
    return f"({' AND '.join(f'({printed(part)}) IS NOT FALSE' for part in _parts(condition))})"


def _parts(condition: exp.Expr) -> list[exp.Expr]:
    inner = condition.unnest()
    return [*_parts(inner.left), *_parts(inner.right)] if isinstance(inner, exp.And) else [inner]


def _person(level: Level) -> str:
    return "subject.person_key" if level is Level.MEMBER else "CAST(NULL AS BIGINT) AS person_key"

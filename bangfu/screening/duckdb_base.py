"""The base of a level in DuckDB's SQL: one query that joins everything the level's rules read.

Each list is aggregated once by each key, for all indicators that are used and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from bangfu.screening.catalogue.columns import Column, Type
from bangfu.screening.catalogue.model import Aggregate, Level
from bangfu.screening.plan import Plan, PlannedIndicator
from bangfu.tabular.spec import Blank

KEYS = {Level.MEMBER: "person_key", Level.HOUSEHOLD: "household_key"}
_SQL_TYPES = {
    Type.BOOLEAN: "BOOLEAN",
    Type.INTEGER: "BIGINT",
    Type.NUMBER: "DOUBLE",
    Type.MONEY: "DECIMAL(18,2)",
    Type.DATE: "DATE",
    Type.TEXT: "VARCHAR",
    Type.CODE: "VARCHAR",
}

NO, UNKNOWN, YES = "0::TINYINT", "1::TINYINT", "2::TINYINT"  # so that max() is Kleene's "or"

Has = Callable[[str, str], bool]
"""Whether a table (``member``, ``household``, a list) has a column."""


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def printed(tree: exp.Expr) -> str:
    """A plan's expression in DuckDB's dialect."""
    return tree.sql(dialect="duckdb", identify=True)


@dataclass(frozen=True)
class Group:
    """One list aggregated by one key: as a subquery, its join, and its indicators after the join."""

    dataset: str
    level: Level
    indicators: tuple[PlannedIndicator, ...] = ()

    @property
    def alias(self) -> str:
        """Its name in the query."""
        return quoted(f"{self.dataset} by {self.level}")

    @property
    def present(self) -> str:
        """The base's column that is true for subjects with a row in the list."""
        return quoted(f"in {self.dataset} by {self.level}")


def groups_of(plan: Plan, reads: Iterable[str]) -> list[Group]:
    """The groups that give the indicators among ``reads``, in a fixed order."""
    used: dict[tuple[str, Level], list[PlannedIndicator]] = {}
    for name in sorted(set(reads) & set(plan.indicators)):
        indicator = plan.indicators[name]
        used.setdefault((indicator.dataset, indicator.level), []).append(indicator)
    return [Group(dataset, level, tuple(used[dataset, level])) for dataset, level in sorted(used)]


def base_sql(plan: Plan, level: Level, has: Has, reads: Collection[str], found: str | None = None) -> str:
    """Keys, every column and indicator in ``reads``, and for each list used whether there is a row.

    ``found`` names a table of keys to restrict everything to.
    """
    groups = groups_of(plan, reads)
    own = [name for name in plan.columns[level] if name in reads]
    homes = [] if level is Level.HOUSEHOLD else [n for n in plan.columns[Level.HOUSEHOLD] if n in reads]
    only = f" WHERE {KEYS[level]} IN (SELECT {KEYS[level]} FROM {found})" if found else ""
    keys = list(dict.fromkeys([KEYS[level], "household_key"]))
    columns = [f"subject.{quoted(name)}" for name in own] + [f"home.{quoted(name)}" for name in homes]
    columns += [column for group in groups for column in _after_join(group)]
    source = _Source(level, plan.columns[level], has)
    joins = [f"FROM ({source.select(keys, own)}{only}) AS subject"]
    if homes:
        home = _Source(Level.HOUSEHOLD, plan.columns[Level.HOUSEHOLD], has)
        joins.append(_join(home.select(["household_key"], homes), "home", "household_key"))
    for group in groups:
        subquery = _grouped(group, _Source(group.dataset, plan.list_columns[group.dataset], has), found)
        joins.append(_join(subquery, group.alias, KEYS[group.level]))
    person = "subject.person_key" if level is Level.MEMBER else "CAST(NULL AS BIGINT) AS person_key"
    listed = ", ".join(["subject.household_key", person, *columns])
    return f"SELECT {listed}\n" + "\n".join(joins)


@dataclass(frozen=True)
class _Source:
    """A table of the county with the types and the meaning of blanks that the catalogue declares."""

    table: str
    columns: Mapping[str, Column]
    has: Has

    def select(self, keys: Collection[str], names: Iterable[str]) -> str:
        listed = [*map(quoted, keys), *(self._column(self.columns[name]) for name in names)]
        return f"SELECT {', '.join(listed)} FROM {quoted(self.table)}"

    def _column(self, column: Column) -> str:
        """A column that the county was not given is as blank as an empty one."""
        there = self.has(self.table, column.id)
        content = quoted(column.id) if there else _blank(column)
        return f"CAST({content} AS {_SQL_TYPES[column.type]}) AS {quoted(column.id)}"


def _blank(column: Column) -> str:
    if column.blank is Blank.NONE and column.type is Type.CODE:
        return "'none'"
    return "FALSE" if column.id.endswith("_given") else "NULL"


def _join(subquery: str, alias: str, key: str) -> str:
    return f"LEFT JOIN ({subquery}) AS {alias} ON {alias}.{key} = subject.{key}"


def _grouped(group: Group, source: _Source, found: str | None) -> str:
    """The list's rows as one row a key."""
    key = KEYS[group.level]
    reads = dict.fromkeys(name for indicator in group.indicators for name in indicator.reads)
    rows = source.select([key], reads)
    if found:
        rows += f" WHERE {key} IN (SELECT {key} FROM {found})"
    dates = dict.fromkeys(i.latest_on for i in group.indicators if i.latest_on)
    if dates:
        latest = ", ".join(f"max({quoted(d)}) OVER (PARTITION BY {key}) AS {_latest(d)}" for d in dates)
        rows = f"SELECT *, {latest} FROM ({rows})"
    aggregates = [f"{_aggregate(indicator)} AS {quoted(indicator.id)}" for indicator in group.indicators]
    return f"SELECT {', '.join([key, 'TRUE AS present', *aggregates])} FROM ({rows}) GROUP BY {key}"


def _latest(date_column: str) -> str:
    return quoted(f"latest {date_column}")


def _condition(indicator: PlannedIndicator) -> str:
    condition = f"({printed(indicator.condition)})"
    if indicator.latest_on:
        date = quoted(indicator.latest_on)
        return f"({condition} AND {date} IS NOT DISTINCT FROM {_latest(indicator.latest_on)})"
    return condition


def _aggregate(indicator: PlannedIndicator) -> str:
    """The aggregate within a group: NULL where a row leaves it unknown."""
    counts = _condition(indicator)
    value = quoted(indicator.column or "")
    match indicator.aggregate:
        case Aggregate.ANY:
            return f"max(CASE WHEN {counts} THEN {YES} WHEN NOT {counts} THEN {NO} ELSE {UNKNOWN} END)"
        case Aggregate.COUNT:
            return f"CASE WHEN count({counts}) = count(*) THEN count(*) FILTER (WHERE {counts}) END"
        case Aggregate.SUM:
            unknown = f"({counts} AND {value} IS NOT NULL) IS NOT TRUE AND {counts} IS NOT FALSE"
            total = f"coalesce(sum({value}) FILTER (WHERE {counts}), 0)"
            return f"CASE WHEN count(*) FILTER (WHERE {unknown}) = 0 THEN {total} END"
        case Aggregate.MIN | Aggregate.MAX:
            return f"{indicator.aggregate}({value}) FILTER (WHERE {counts})"
        case Aggregate.DISTINCT:
            known = f"{counts} AND {value} IS NOT NULL"
            return f"list_sort(list(DISTINCT {value}) FILTER (WHERE {known}))"


def _after_join(group: Group) -> list[str]:
    """The group's indicators for every subject: no row means no, nothing, or a sum of 0."""
    columns = [f"{group.alias}.present AS {group.present}"]
    for indicator in group.indicators:
        inside = f"{group.alias}.{quoted(indicator.id)}"
        match indicator.aggregate:
            case Aggregate.ANY:
                outside = f"CASE {inside} WHEN {YES} THEN TRUE WHEN {UNKNOWN} THEN NULL ELSE FALSE END"
            case Aggregate.COUNT | Aggregate.SUM:
                outside = f"CASE WHEN {group.alias}.present THEN {inside} ELSE 0 END"
            case _:
                outside = inside
        columns.append(f"{outside} AS {quoted(indicator.id)}")
    return columns

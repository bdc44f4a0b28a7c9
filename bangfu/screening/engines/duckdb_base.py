"""Tables and lists in DuckDB's SQL: typed columns, lists aggregated to one row a subject, and their joins.

Each list is aggregated once by each key, for all indicators that are used and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from bangfu.screening.catalogue.columns import Column, Type
from bangfu.screening.catalogue.model import Aggregate, Level
from bangfu.screening.compiling.plan import Plan, PlannedIndicator
from bangfu.tabular.spec import Blank

KEYS = {Level.MEMBER: "person_key", Level.HOUSEHOLD: "household_key"}
SQL_TYPES = {
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
class Source:
    """A table of the county with the types and the meaning of blanks that the catalogue declares."""

    table: str
    columns: Mapping[str, Column]
    has: Has

    def select(self, keys: Collection[str], names: Iterable[str]) -> str:
        """The keys and the named columns of all rows."""
        listed = [*map(quoted, keys), *(self._column(self.columns[name]) for name in names)]
        return f"SELECT {', '.join(listed)} FROM {quoted(self.table)}"

    def _column(self, column: Column) -> str:
        """A column that the county was not given is as blank as an empty one."""
        there = self.has(self.table, column.id)
        content = quoted(column.id) if there else _blank(column)
        return f"CAST({content} AS {SQL_TYPES[column.type]}) AS {quoted(column.id)}"


def _blank(column: Column) -> str:
    if column.blank is Blank.NONE and column.type is Type.CODE:
        return "'none'"
    return "FALSE" if column.id.endswith("_given") else "NULL"


@dataclass(frozen=True)
class Group:
    """One list aggregated by one key, for the indicators that are used."""

    dataset: str
    level: Level
    indicators: tuple[PlannedIndicator, ...]

    @property
    def key(self) -> str:
        """The key that its rows are grouped by."""
        return KEYS[self.level]

    @property
    def alias(self) -> str:
        """Its name in a query."""
        return quoted(f"{self.dataset} by {self.level}")

    @property
    def present(self) -> str:
        """The name of the column that is true for subjects with a row in the list."""
        return quoted(f"in {self.dataset} by {self.level}")

    def after_join(self) -> list[str]:
        """Its columns for every subject: no row means no, nothing, or a sum of 0."""
        columns = [f"{self.alias}.present AS {self.present}"]
        for indicator in self.indicators:
            inside = f"{self.alias}.{quoted(indicator.id)}"
            match indicator.aggregate:
                case Aggregate.ANY:
                    outside = f"CASE {inside} WHEN {YES} THEN TRUE WHEN {UNKNOWN} THEN NULL ELSE FALSE END"
                case Aggregate.COUNT | Aggregate.SUM:
                    outside = f"CASE WHEN {self.alias}.present THEN {inside} ELSE 0 END"
                case _:
                    outside = inside
            columns.append(f"{outside} AS {quoted(indicator.id)}")
        return columns


def groups_of(plan: Plan, reads: Iterable[str]) -> list[Group]:
    """The groups that give the indicators among ``reads``, in a fixed order."""
    used: dict[tuple[str, Level], list[PlannedIndicator]] = {}
    for name in sorted(set(reads) & set(plan.indicators)):
        indicator = plan.indicators[name]
        used.setdefault((indicator.dataset, indicator.level), []).append(indicator)
    return [Group(dataset, level, tuple(used[dataset, level])) for dataset, level in sorted(used)]


def source_of(plan: Plan, table: Level | str, has: Has) -> Source:
    """The table of a level, or a list."""
    columns = plan.columns[table] if isinstance(table, Level) else plan.list_columns[table]
    return Source(table, columns, has)


def grouped(group: Group, source: Source, found: str | None = None, only_counting: bool = False) -> str:
    """The list as one row a key.

    ``found`` names a table of keys to restrict it to. With ``only_counting``, rows that certainly count for
    no indicator are left out first, and with them the subjects that have no other.
    """
    counts = {_condition(indicator): "" for indicator in group.indicators}
    counts = {condition: quoted(f"counts {i}") for i, condition in enumerate(counts)}
    values = dict.fromkeys(quoted(i.column) for i in group.indicators if i.column)
    conditions = [f"{condition} AS {name}" for condition, name in counts.items()]
    rows = f"SELECT {', '.join([group.key, *values, *conditions])} FROM ({_rows(group, source, found)})"
    some = " OR ".join(f"{name} IS NOT FALSE" for name in counts.values())
    where = f" WHERE {some}" if only_counting else ""
    aggregates = [f"{_aggregate(i, counts[_condition(i)])} AS {quoted(i.id)}" for i in group.indicators]
    listed = ", ".join([group.key, "TRUE AS present", *aggregates])
    return f"SELECT {listed} FROM ({rows}){where} GROUP BY {group.key}"


def _rows(group: Group, source: Source, found: str | None) -> str:
    """The list's rows with what the indicators read, and each subject's latest date where one asks for it."""
    reads = dict.fromkeys(name for indicator in group.indicators for name in indicator.reads)
    rows = source.select([group.key], reads)
    if found:
        rows += f" WHERE {group.key} IN (SELECT {group.key} FROM {found})"
    dates = dict.fromkeys(i.latest_on for i in group.indicators if i.latest_on)
    if not dates:
        return rows
    latest = ", ".join(f"max({quoted(d)}) OVER (PARTITION BY {group.key}) AS {_latest(d)}" for d in dates)
    return f"SELECT *, {latest} FROM ({rows})"


def _latest(date_column: str) -> str:
    return quoted(f"latest {date_column}")


def _condition(indicator: PlannedIndicator) -> str:
    """Whether a row counts: true, false or unknown."""
    condition = f"({printed(indicator.condition)})"
    if indicator.latest_on:
        date = quoted(indicator.latest_on)
        return f"({condition} AND {date} IS NOT DISTINCT FROM {_latest(indicator.latest_on)})"
    return condition


def _aggregate(indicator: PlannedIndicator, counts: str) -> str:
    """The aggregate within a group: NULL where a row leaves it unknown."""
    value = quoted(indicator.column or "")
    match indicator.aggregate:
        case Aggregate.ANY:
            return f"max(CASE WHEN {counts} THEN {YES} WHEN NOT {counts} THEN {NO} ELSE {UNKNOWN} END)"
        case Aggregate.COUNT:
            return f"CASE WHEN count({counts}) = count(*) THEN count(*) FILTER (WHERE {counts}) END"
        case Aggregate.SUM:
            unknown = f"{counts} IS NULL OR ({counts} AND {value} IS NULL)"
            total = f"coalesce(sum({value}) FILTER (WHERE {counts}), 0)"
            return f"CASE WHEN NOT bool_or({unknown}) THEN {total} END"
        case Aggregate.MIN | Aggregate.MAX:
            return f"{indicator.aggregate}({value}) FILTER (WHERE {counts})"
        case Aggregate.DISTINCT:
            return f"list_sort(list(DISTINCT {value}) FILTER (WHERE {counts} AND {value} IS NOT NULL))"

"""The DuckDB engine: runs a plan over a county (C-185)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bangfu.screening.catalogue.model import Level
from bangfu.screening.compiling.plan import NotRun, Plan, PlannedRule
from bangfu.screening.county import County, Outcome, Source
from bangfu.screening.engines.duckdb_base import quoted
from bangfu.screening.engines.duckdb_batches import Batch, batches, quiet_sql
from bangfu.screening.engines.duckdb_sql import Printer, hits_sql, text, undecided_sql

_KEYS = [pa.field("household_key", pa.int64()), pa.field("person_key", pa.int64())]
_NO_HITS = pa.schema(_KEYS).empty_table()
_NONE_UNDECIDED = pa.schema([*_KEYS, pa.field("missing", pa.list_(pa.string()))]).empty_table()


class EngineError(RuntimeError):
    """The engine could not finish; the message is a Chinese sentence that says what to do."""


@dataclass(frozen=True)
class DuckDBEngine:
    """Runs plans in this process. ``memory_limit`` as DuckDB writes it (``"1GB"``); None = its default."""

    memory_limit: str | None = None
    threads: int | None = None

    @staticmethod
    def identity() -> dict[str, str]:
        """Name and version, for the result."""
        return {"name": "duckdb", "version": duckdb.__version__}

    def run(self, county: County, plan: Plan) -> list[Outcome]:
        """What each rule of the plan comes to, in the plan's order. Raises EngineError."""
        with self._session(county, plan) as session:
            outcomes = {}
            for level in Level:
                outcomes.update(session.outcomes(level))
            return [_not_run(rule) if isinstance(rule, NotRun) else outcomes[rule.id] for rule in plan.rules]

    def run_to_parquet(self, county: County, plan: Plan, folder: Path) -> None:
        """Write what was found to ``folder``, a file a level: ``member.parquet``, ``household.parquet``.

        Columns ``household_key``, ``person_key``, ``rule`` and ``state`` (1 hit, 2 undecided), unordered.
        Raises EngineError.
        """
        with self._session(county, plan) as session:
            for level in Level:
                if any(plan.runnable(level)):
                    session.write(level, folder / f"{level}.parquet")

    @contextmanager
    def _session(self, county: County, plan: Plan) -> Iterator[_Session]:
        tables = _tables(county, plan)
        with (
            tempfile.TemporaryDirectory(prefix="bangfu-") as spill,
            duckdb.connect(":memory:", config=self._config(spill)) as connection,
        ):
            connection.execute("SET enable_progress_bar = false")  # stdout belongs to the program
            for name, source in tables.items():
                _attach(connection, name, source)
            try:
                yield _Session(connection, plan, {name: _names(source) for name, source in tables.items()})
            except duckdb.OutOfMemoryException as error:
                limit = self.memory_limit or "默认"
                raise EngineError(
                    f"规则计算超出了内存上限（{limit}）：没有写出结果，请调大上限，或用 --region 分批筛查。"
                ) from error

    def _config(self, spill: str) -> dict[str, str | bool | int | float | list[str]]:
        config: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": spill,
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        if self.memory_limit:
            config["memory_limit"] = self.memory_limit
        if self.threads:
            config["threads"] = self.threads
        return config


@dataclass
class _Session:
    """A connection with the county's tables attached."""

    connection: duckdb.DuckDBPyConnection
    plan: Plan
    columns: Mapping[str, frozenset[str]]

    def outcomes(self, level: Level) -> dict[str, Outcome]:
        """What the level's rules come to, by id."""
        outcomes = {}
        for batch in self._batches(level):
            self._keep("found", self._printer.found(batch))
            self._keep("seen", self._printer.seen(batch, "found"))
            outcomes.update({rule.id: self._outcome(rule) for rule in batch.rules})
        return outcomes

    def write(self, level: Level, path: Path) -> None:
        """Write what the level's rules found to a Parquet file; in one statement, so that no core waits."""
        found = " UNION ALL ".join(f"({self._printer.found(batch)})" for batch in self._batches(level))
        self.connection.execute(f"COPY ({found}) TO {text(str(path))} (FORMAT parquet)")

    @cached_property
    def _printer(self) -> Printer:
        return Printer(self.plan, lambda table, column: column in self.columns[table])

    def _batches(self, level: Level) -> list[Batch]:
        return batches(self.plan, level, self._quiet)

    @cached_property
    def _quiet(self) -> frozenset[str]:
        """Ids of the rules that are false where no row counts."""
        rules = [rule for level in Level for rule in self.plan.runnable(level)]
        answers = self.connection.execute(quiet_sql(self.plan)).fetchone() if rules else ()
        return frozenset(rule.id for rule, quiet in zip(rules, answers or (), strict=True) if quiet)

    def _keep(self, name: str, query: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")

    def _outcome(self, rule: PlannedRule) -> Outcome:
        hits = self.connection.execute(hits_sql(rule, "found", "seen")).to_arrow_table()
        undecided = self.connection.execute(undecided_sql(rule, "found", "seen")).to_arrow_table()
        return Outcome(rule.id, "run", None, hits, undecided)


def _not_run(rule: NotRun) -> Outcome:
    return Outcome(rule.id, "not_run", rule.reason, _NO_HITS, _NONE_UNDECIDED)


def _tables(county: County, plan: Plan) -> dict[str, Source]:
    """The tables that the plan reads, by the names that its SQL uses."""
    absent = sorted(set(plan.list_columns) - set(county.lists))
    if absent:
        raise EngineError(f"计划要用的名单不在数据里：{'、'.join(absent)}。")
    lists = {name: county.lists[name] for name in plan.list_columns}
    return {Level.MEMBER: county.member, Level.HOUSEHOLD: county.household, **lists}


def _attach(connection: duckdb.DuckDBPyConnection, name: str, source: Source) -> None:
    if isinstance(source, Path):
        file = text(_without_wildcards(str(source)))
        connection.execute(f"CREATE VIEW {quoted(name)} AS SELECT * FROM read_parquet({file})")
    else:
        connection.register(name, source)


def _without_wildcards(path: str) -> str:
    """A path that DuckDB takes literally: its wildcards become classes of one character."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in path)


def _names(source: Source) -> frozenset[str]:
    schema = pq.read_schema(source) if isinstance(source, Path) else source.schema
    return frozenset(schema.names)

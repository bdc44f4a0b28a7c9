"""``bench screen``: ten rules over prepared Parquet, by the compiled plan and by SQL written by hand."""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from tqdm import tqdm

from bangfu.bench import hand_written
from bangfu.bench.county import PARTITION, counties, generate
from bangfu.bench.machine import cores
from bangfu.bench.measure import BenchError, in_child, peak_mib, result, seconds
from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.compiling.compiler import compile_plan
from bangfu.screening.compiling.plan import Plan
from bangfu.screening.engines.duckdb_engine import DuckDBEngine, EngineError

MEMORY_LIMIT = "640MB"  # of DuckDB's buffers; Python, libraries and what DuckDB does not count come on top


@dataclass(frozen=True)
class Setting:
    """Where the prepared county lies and under what limits it is screened."""

    folder: Path
    repeats: int
    memory_limit: str
    threads: int

    @property
    def prepared(self) -> Path:
        """The county's partitions."""
        return self.folder / "county"


@dataclass
class Timings:
    """Seconds of each repeat, all partitions together; how many rows the ten rules found."""

    compile_s: float
    found: int = 0
    engine: list[float] = field(default_factory=list)
    by_hand: list[float] = field(default_factory=list)
    catalogue: list[float] = field(default_factory=list)


def bench_screen(
    members: int = 1_000_000,
    *,
    repeats: int = 5,
    memory_limit: str = MEMORY_LIMIT,
    threads: int | None = None,
    partition: int = PARTITION,
) -> dict[str, object]:
    """Time the ten rules and the whole catalogue over so many members and half as many bills.

    Seconds are medians of ``repeats`` runs, engine and hand-written SQL in turn in one process; ``peak_mib``
    is that of a process of its own that only screens. ``memory_limit`` is DuckDB's, as DuckDB writes it.
    Raises BenchError if both did not find the same rows, or the memory does not suffice.
    """
    with tempfile.TemporaryDirectory(prefix="bangfu-bench-") as folder:
        setting = Setting(Path(folder), repeats, memory_limit, threads or cores())
        in_child(generate, setting.prepared, members, partition)
        try:
            peak = in_child(_peak, setting)
            times = in_child(_measure, setting)
        except (EngineError, duckdb.OutOfMemoryException) as error:
            raise BenchError(str(error)) from error
    return result(
        "screen", _figures(members, setting, times, peak), {"engine_to_hand_written": _ratio(times)}
    )


def _ratio(times: Timings) -> float:
    return round(statistics.median(times.engine) / statistics.median(times.by_hand), 3)


def _figures(members: int, setting: Setting, times: Timings, peak: float) -> dict[str, float]:
    return {
        "members": members,
        "engine_s": round(statistics.median(times.engine), 4),
        "hand_written_s": round(statistics.median(times.by_hand), 4),
        "engine_fastest_s": round(min(times.engine), 4),
        "hand_written_fastest_s": round(min(times.by_hand), 4),
        "compile_s": round(times.compile_s, 4),
        "catalogue_s": round(statistics.median(times.catalogue), 4),
        "catalogue_rules": len(load_catalogue().rules),
        "found": times.found,
        "peak_mib": peak,
        "repeats": setting.repeats,
        "threads": setting.threads,
    }


def _plan(setting: Setting, rules: tuple[str, ...] | None) -> Plan:
    given = set(counties(setting.prepared)[0].lists)
    as_of = dt.date.fromisoformat(hand_written.AS_OF)
    return compile_plan(load_catalogue(), as_of=as_of, given=given, rules=rules)


def _peak(setting: Setting) -> float:
    """The most memory that screening the ten rules and the whole catalogue takes, in MiB."""
    for rules in (hand_written.RULES, None):
        _run_engine(setting, _plan(setting, rules), "peak")
    return peak_mib()


def _measure(setting: Setting) -> Timings:
    load_catalogue()
    times = Timings(compile_s=seconds(lambda: _plan(setting, hand_written.RULES)))
    ten, everything = _plan(setting, hand_written.RULES), _plan(setting, None)
    _run_engine(setting, ten, "engine")  # once each before the clock starts: caches of files warm for both
    _run_by_hand(setting)
    times.found = found_by_both(setting.folder)
    for _ in tqdm(range(setting.repeats), desc="bench screen", unit="次", disable=None, leave=False):
        times.engine.append(seconds(lambda: _run_engine(setting, ten, "engine")))
        times.by_hand.append(seconds(lambda: _run_by_hand(setting)))
        times.catalogue.append(seconds(lambda: _run_engine(setting, everything, "catalogue")))
    return times


def _run_engine(setting: Setting, plan: Plan, name: str) -> None:
    engine = DuckDBEngine(memory_limit=setting.memory_limit, threads=setting.threads)
    for number, county in enumerate(counties(setting.prepared)):
        into = setting.folder / name / f"{number:04d}"
        into.mkdir(parents=True, exist_ok=True)
        engine.run_to_parquet(county, plan, into)


def _run_by_hand(setting: Setting) -> None:
    for number, part in enumerate(sorted(setting.prepared.iterdir())):
        into = setting.folder / "by_hand" / f"{number:04d}"
        into.mkdir(parents=True, exist_ok=True)
        out = into / "found.parquet"
        hand_written.run_by_hand(part, out, memory_limit=setting.memory_limit, threads=setting.threads)


def found_by_both(folder: Path) -> int:
    """How many rows were found. Raises BenchError unless both found the same."""
    columns = "household_key, person_key, rule, state"
    engine, by_hand = (
        f"SELECT {columns} FROM '{folder}/{name}/*/*.parquet'" for name in ("engine", "by_hand")
    )
    differing = f"(({engine}) EXCEPT ALL ({by_hand})) UNION ALL (({by_hand}) EXCEPT ALL ({engine}))"
    different = _count(differing)
    if different:
        raise BenchError(f"引擎与手写 SQL 的结果有 {different} 行不同，不给出数字。")
    return _count(engine)


def _count(query: str) -> int:
    return int(duckdb.sql(f"SELECT count(*) FROM ({query})").fetchall()[0][0])

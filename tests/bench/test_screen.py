"""The screening benchmark: the contract's figures, and none where engine and baseline differ."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from bangfu.bench.county import generate
from bangfu.bench.hand_written import RULES, run_by_hand
from bangfu.bench.measure import BenchError
from bangfu.bench.screen import bench_screen, found_by_both


def test_gives_the_figures_of_the_contract() -> None:
    measured = bench_screen(3000, repeats=1, partition=1000)
    assert set(measured) == {"name", "figures", "ratios", "machine", "versions"}
    assert measured["name"] == "screen"
    figures = measured["figures"]
    assert {"engine_s", "hand_written_s", "peak_mib"} <= set(figures)
    assert figures["members"] == 3000
    assert figures["found"] > 0
    assert set(measured["ratios"]) == {"engine_to_hand_written"}


def test_says_in_a_sentence_that_the_memory_does_not_suffice() -> None:
    with pytest.raises(BenchError, match="内存"):
        bench_screen(3000, repeats=1, memory_limit="1MB")


def test_gives_no_figures_where_the_results_differ(tmp_path: Path) -> None:
    found = "SELECT 1 AS household_key, 2 AS person_key, 'unsafe_water' AS rule, {state} AS state"
    for name, state in (("engine", 1), ("by_hand", 1)):
        _write(tmp_path / name, found.format(state=state))
    assert found_by_both(tmp_path) == 1
    _write(tmp_path / "by_hand", found.format(state=2))
    with pytest.raises(BenchError, match="2 行不同"):
        found_by_both(tmp_path)


def _write(folder: Path, query: str) -> None:
    part = folder / "0000"
    part.mkdir(parents=True, exist_ok=True)
    duckdb.execute(f"COPY ({query}) TO '{part / 'found.parquet'}' (FORMAT parquet)")


def test_every_one_of_the_ten_rules_finds_somebody(tmp_path: Path) -> None:
    generate(tmp_path / "county", 20_000)
    run_by_hand(tmp_path / "county" / "0000", tmp_path / "found.parquet", memory_limit="400MB", threads=1)
    hits = duckdb.sql(f"SELECT DISTINCT rule FROM '{tmp_path}/found.parquet' WHERE state = 1").fetchall()
    assert {rule for (rule,) in hits} == set(RULES)
    assert len(RULES) == 10

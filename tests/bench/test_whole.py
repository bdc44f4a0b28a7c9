"""The benchmark of the whole command: 15 lists, every stage, and no figures where a command fails."""

from __future__ import annotations

import pytest

from bangfu.bench.measure import BenchError
from bangfu.bench.whole import bench_county, run_command


def test_times_every_stage_of_a_county_with_all_lists() -> None:
    measured = bench_county(120)
    figures = measured["figures"]
    assert measured["name"] == "county"
    assert figures["lists"] == 15
    assert figures["members"] > 120
    stages = ["read_s", "link_s", "rules_s", "write_s", "other_s"]
    assert figures["total_s"] == pytest.approx(sum(figures[stage] for stage in stages), abs=0.01)


def test_gives_no_figures_where_a_command_fails() -> None:
    with pytest.raises(BenchError, match="screen 没有做完"):
        run_command(["screen", "/nowhere", "--as-of", "2026-10-31"])

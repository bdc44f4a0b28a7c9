"""People register clues while a screening releases its findings: one open clue a household, nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.own_database import own_database

pytestmark = pytest.mark.slow
ROUNDS, HOMES = 6, 12


def test_one_clue_a_household_every_fact_and_every_telling_under_it(tmp_path: Path) -> None:
    with own_database() as database:
        environment = {**os.environ, "BANGFU_HOME": str(tmp_path / "home"), **database}
        run(environment, "django", "migrate", "-v", "0")
        rounds = run(environment, "tests.monitoring.clue_race", str(ROUNDS)).splitlines()
    assert len(rounds) == ROUNDS
    for line in rounds:
        clues, most, facts, tellings, released, *told = line.split("\t")
        assert (clues, most, facts, tellings) == (str(HOMES), "1", str(HOMES), str(2 * HOMES))
        assert released == "released" and told == ["told", "told"]


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout

"""Two people act on one run in the same moment: one wins, the other is told who did what (issue 4, 6)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.own_database import own_database

pytestmark = pytest.mark.slow
ROUNDS = "10"


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def test_one_wins_and_the_other_is_told(tmp_path: Path) -> None:
    with own_database() as database:
        environment = {**os.environ, "BANGFU_HOME": str(tmp_path / "home"), **database}
        run(environment, "django", "migrate", "-v", "0")
        rounds = [
            line.split("\t") for line in run(environment, "tests.workflow.two_people", ROUNDS).splitlines()
        ]
    assert len(rounds) == int(ROUNDS)
    for state, steps, version, told, won in rounds:
        assert (won, steps, version) == ("won", "2", "2"), "one passage, written once"
        assert state in {"verify", "refused"}
        word = "通过研判" if state == "verify" else "不纳入"
        assert told.startswith("StaleVersion") and word in told

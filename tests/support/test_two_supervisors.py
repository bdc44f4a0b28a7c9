"""Two people issue and answer orders in the same moment: no number twice, one answer wins. C-008."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.own_database import own_database

pytestmark = pytest.mark.slow
ROUNDS = "6"


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def test_no_number_is_given_twice_and_the_later_answer_is_told(tmp_path: Path) -> None:
    with own_database() as database:
        environment = {**os.environ, "BANGFU_HOME": str(tmp_path / "home"), **database}
        run(environment, "django", "migrate", "-v", "0")
        lines = [
            line.split("\t")
            for line in run(environment, "tests.support.two_supervisors", ROUNDS).splitlines()
        ]
    numbers = sorted(word.removeprefix("won ") for kind, *told in lines if kind == "issued" for word in told)
    assert numbers == [f"2026-{number:04d}" for number in range(1, 2 * int(ROUNDS) + 1)]
    answers = [told for kind, *told in lines if kind == "answered"]
    assert len(answers) == int(ROUNDS)
    for lost, won, replies in answers:
        assert (won, replies) == ("won answered", "1")
        assert lost.startswith("StaleVersion") and "刚被别人办过" in lost

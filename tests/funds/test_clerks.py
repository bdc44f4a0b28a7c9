"""Fifty clerks post at once, some killed half way: not one fen too much, the entries add up. C-031."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.killing import own_installation, run

pytestmark = pytest.mark.slow
PROCESSES, CLERKS, TIMES, FEN, BUDGET = 5, 10, 4, 7, 1_001
"""Together the clerks ask for 1,400 fen of 1,001: 143 postings fit exactly."""


def test_fifty_clerks_never_overspend_by_one_fen(tmp_path: Path) -> None:
    with own_installation(tmp_path) as environment:
        run(environment, "tests.funds.clerks", "prepare", str(BUDGET))
        command = [sys.executable, "-m", "tests.funds.clerks", "take", str(CLERKS), str(TIMES), str(FEN)]
        clerks = [
            subprocess.Popen(
                [*command, str(0 if number else 9)],
                env=environment,
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in range(PROCESSES)
        ]
        ended = [(clerk.communicate()[0], clerk.returncode) for clerk in clerks]
        used, entries, wrong = map(int, run(environment, "tests.funds.clerks", "report").split())
    assert {code for _, code in ended} == {0, -signal.SIGKILL}
    assert (used, entries, wrong) == (BUDGET, BUDGET // FEN, 0)
    assert sum(int(out) for out, code in ended if code == 0) <= entries

"""Really killing the worker that keeps a large workbook: nothing of it is kept, then all of it, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.killing import killed, own_installation, run

pytestmark = pytest.mark.slow
PROGRAM = "tests.forms.sheets_process"
SHEETS = 1_100
BEFORE = (60, 3_000)
"""Statements before which a worker is killed: early, and far into the sheets. A third attempt is the last."""


def test_a_killed_worker_keeps_nothing_and_the_next_one_keeps_all(tmp_path: Path) -> None:
    with own_installation(tmp_path) as environment:
        run(environment, PROGRAM, "build", str(SHEETS))
        assert run(environment, PROGRAM, "stand") == "checked waiting 0 0 0"
        for times, before in enumerate(BEFORE):
            assert killed(environment, PROGRAM, "work", str(times), str(before))
            assert run(environment, PROGRAM, "stand") == "checked running 0 0 0"
        run(environment, PROGRAM, "work", str(len(BEFORE)))
        whole = f"committed done {SHEETS} {SHEETS} 1"
        assert run(environment, PROGRAM, "stand") == whole
        run(environment, PROGRAM, "work", str(len(BEFORE) + 1))
        assert run(environment, PROGRAM, "stand") == whole

"""Really killing the county's decision on a batch: all are decided, or none; nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.killing import killed, own_installation, run

pytestmark = pytest.mark.slow

CASES = 40
BEFORE = (2, 5, 9, 14, 20, 27, 35, 44)
"""Statements before which the decision is killed; it has more than the first few, fewer than a thousand."""
PROGRAM = "tests.monitoring.approve_process"


def test_a_killed_decision_is_no_decision(tmp_path: Path) -> None:
    with own_installation(tmp_path) as environment:
        run(environment, PROGRAM, "build", str(CASES))
        none = f"0 0 0 0 {CASES} 0"
        whole = f"1 {CASES} {CASES} {CASES} {CASES} {CASES}"
        assert run(environment, PROGRAM, "stand") == none
        kills = 0
        for before in BEFORE:
            if not killed(environment, PROGRAM, "approve", str(before)):
                break
            kills += 1
            assert run(environment, PROGRAM, "stand") == none
        assert kills >= 5, "the decision was over too soon"
        if kills == len(BEFORE):
            assert not killed(environment, PROGRAM, "approve", "1000")
        assert run(environment, PROGRAM, "stand") == whole

"""Really killing the publishing of a notice: it hangs whole or not at all, once, and no row is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.killing import killed, own_installation, run

pytestmark = pytest.mark.slow
PROGRAM = "tests.notices.publish_process"
BEFORE = (3, 6, 10, 11, 12)
"""Statements before which the publishing is killed; it has more of them, its writes among the last."""


def test_a_killed_publication_is_none_and_is_done_once_afterwards(tmp_path: Path) -> None:
    with own_installation(tmp_path) as environment:
        run(environment, PROGRAM, "build")
        draft = "draft False 30 0 0"
        assert run(environment, PROGRAM, "stand") == draft
        for before in BEFORE:
            assert killed(environment, PROGRAM, "publish", str(before))
            assert run(environment, PROGRAM, "stand") == draft
        assert not killed(environment, PROGRAM, "publish", "1000")
        assert run(environment, PROGRAM, "stand") == "posted True 30 1 1"

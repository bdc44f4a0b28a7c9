"""``bangfu audit verify`` as an auditor meets it."""

from __future__ import annotations

from tests.operations.conftest import Installation

SEALED = """
from datetime import UTC, datetime
from bangfu.core.audit import record
from bangfu.core.changing import SYSTEM
from bangfu.core.sealing import seal
for verb in ("first", "second"):
    record(by=SYSTEM, at=datetime(2026, 11, 22, tzinfo=UTC), verb=verb)
seal(datetime(2026, 11, 22, tzinfo=UTC))
record(by=SYSTEM, at=datetime(2026, 11, 22, tzinfo=UTC), verb="tail")
"""
ALTERED = """
from tests.core.tampering import without_guard
without_guard("core_auditevent", "UPDATE core_auditevent SET verb = 'other' WHERE verb = 'first'")
"""


def test_a_whole_log_is_said_to_be_whole(installation: Installation) -> None:
    installation.python(SEALED)
    done = installation.run("audit", "verify")
    assert done.returncode == 0, done.stderr
    assert "审计记录完好：核对了 1 个封块、2 条记录" in done.stdout
    assert "还没有封存的记录 1 条" in done.stdout


def test_an_altered_event_is_found(installation: Installation) -> None:
    installation.python(SEALED)
    installation.python(ALTERED)
    done = installation.run("audit", "verify")
    assert done.returncode == 1
    assert "有记录被改过" in done.stdout


def test_there_must_be_an_installation(empty: Installation) -> None:
    done = empty.run("audit", "verify")
    assert done.returncode == 2
    assert "bangfu upgrade" in done.stderr

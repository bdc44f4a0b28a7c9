"""Lists killed at random moments and begun again: no row without its file, nothing doubled."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from tests.exchange.test_killed_imports import environment, killed, process, whole

__all__ = ["environment"]
pytestmark = pytest.mark.slow
ROWS, KILLS = 3000, 6
_TRUTH = (
    "from bangfu.access.models import Identity; from bangfu.exchange.models import Batch, ListBatch;"
    "from bangfu.exchange.lake.files import digest_of, in_lake;"
    "from bangfu.core.models import AuditEvent;"
    "whole = [digest_of(in_lake(one.path)) == one.digest for one in ListBatch.objects.all()];"
    "print(ListBatch.objects.count(), sum(whole),"
    " Identity.objects.count() - Identity.objects.values('id_index').distinct().count(),"
    " AuditEvent.objects.filter(verb='commit_batch').count(), Identity.objects.count(),"
    " Batch.objects.get().state)"
)


def truth(environment: dict[str, str]) -> list[str]:
    command = [sys.executable, "-m", "django", "shell", "--no-imports", "-c", _TRUTH]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.split()


def test_killed_in_preflight_commit_and_undo(environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    assert process(environment, "put-list", str(ROWS)).wait(timeout=120) == 0
    chance = random.Random(11)
    took = 3.0
    nothing, everything = ["0", "0", "0", "0"], ["1", "1", "0", "1"]
    for step, before, after in (
        ("preflight", nothing, nothing),
        ("commit", nothing, everything),
        ("undo", everything, everything),
    ):
        for _ in range(KILLS):
            killed(environment, step, chance.uniform(0, took))
            assert truth(environment)[:4] in (before, after)
        took = whole(environment, step)
        assert truth(environment)[:4] == after
    assert truth(environment)[4:] == [str(ROWS), "undone"]

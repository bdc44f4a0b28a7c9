"""Imports killed at random moments and begun again: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.own_database import own_database

pytestmark = pytest.mark.slow
HOUSEHOLDS, KILLS = 400, 6
_TRUTH = (
    "from bangfu.core.models import *; from bangfu.exchange.models import Batch;"
    "from bangfu.access.models import Identity; from bangfu.households.models import *;"
    "print(Household.objects.count(), Household.objects.values('code').distinct().count(),"
    " Member.objects.count(), Member.objects.values('identity').distinct().count(),"
    " Change.objects.filter(verb='commit_batch').count(),"
    " AuditEvent.objects.filter(verb='commit_batch').count(),"
    " *sorted(Batch.objects.values_list('state', flat=True)))"
)
NOTHING = ["0", "0", "0", "0", "0", "0"]
EVERYTHING = [str(HOUSEHOLDS)] * 2 + [str(3 * HOUSEHOLDS)] * 2 + ["1", "1"]


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty installation with a database of its own, on the database the suite runs on."""
    with own_database() as database:
        yield {**os.environ, "BANGFU_HOME": str(tmp_path / "home"), **database}


def process(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.exchange.import_process", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def whole(environment: dict[str, str], step: str) -> float:
    """Do the step to its end; how long it took from its beginning, in seconds."""
    running = process(environment, step, "0")
    assert running.stdout is not None and running.stdout.readline() == "begin\n"
    started = time.monotonic()
    assert running.wait(timeout=300) == 0
    return time.monotonic() - started


def killed(environment: dict[str, str], step: str, after: float) -> None:
    running = process(environment, step, "0")
    assert running.stdout is not None and running.stdout.readline() == "begin\n"
    time.sleep(after)
    running.kill()
    running.wait()


def prepare(environment: dict[str, str], batches: int) -> None:
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    assert process(environment, "put", str(HOUSEHOLDS), str(batches)).wait(timeout=120) == 0


def truth(environment: dict[str, str]) -> list[str]:
    command = [sys.executable, "-m", "django", "shell", "--no-imports", "-c", _TRUTH]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.split()


def test_killed_in_preflight_commit_and_undo(environment: dict[str, str]) -> None:
    prepare(environment, batches=1)
    chance = random.Random(7)
    took = 4.0
    for step, before, after in (
        ("preflight", NOTHING, NOTHING),
        ("commit", NOTHING, EVERYTHING),
        ("undo", EVERYTHING, [*NOTHING[:4], "1", "1"]),
    ):
        for _ in range(KILLS):
            killed(environment, step, chance.uniform(0, took))
            assert truth(environment)[:6] in (before, after)
        took = whole(environment, step)
        assert truth(environment)[:6] == after
    assert truth(environment)[6:] == ["undone"]


def test_one_file_committed_by_two_at_once_comes_in_once(environment: dict[str, str]) -> None:
    prepare(environment, batches=2)
    for number in ("0", "1"):
        assert process(environment, "preflight", number).wait(timeout=300) == 0
    both = [process(environment, "commit", number) for number in ("0", "1")]
    for running in both:
        running.wait(timeout=300)
    told = truth(environment)
    assert told[:4] == EVERYTHING[:4]
    # 后来的一批：或者被告知同一个文件已提交，或者各行都退回
    assert told[4:6] in (["1", "1"], ["2", "2"])

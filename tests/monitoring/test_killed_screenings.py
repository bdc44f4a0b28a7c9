"""Screenings killed while they are staged and released, and begun again: nothing lost, nothing doubled."""

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
HOUSEHOLDS, KILLS = 1_500, 4
_TRUTH = (
    "from bangfu.core.models import *; from bangfu.monitoring.models import *;"
    "print(Clue.objects.count(), Clue.objects.values('household').distinct().count(),"
    " Subject.objects.filter(kind='clue').count(), ClueFact.objects.count(),"
    " AuditEvent.objects.filter(verb='release_screening').count(),"
    " StagedFact.objects.count(), *ScreeningRun.objects.values_list('state', flat=True))"
)
NOTHING = ["0"] * 5
EVERYTHING = [str(HOUSEHOLDS)] * 3 + [str(2 * HOUSEHOLDS), "1"]


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty installation with a database of its own, on the database the suite runs on."""
    with own_database() as database:
        yield {**os.environ, "BANGFU_HOME": str(tmp_path / "home"), **database}


def process(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.monitoring.release_process", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def begun(environment: dict[str, str], step: str) -> subprocess.Popen[str]:
    running = process(environment, step)
    assert running.stdout is not None and running.stdout.readline() == "begin\n"
    return running


def truth(environment: dict[str, str]) -> list[str]:
    command = [sys.executable, "-m", "django", "shell", "--no-imports", "-c", _TRUTH]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.split()


def test_killed_while_staged_and_released(environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    assert process(environment, "put", str(HOUSEHOLDS)).wait(timeout=120) == 0
    chance, took = random.Random(7), 1.0
    for step, before, after, staged in (
        ("stage", NOTHING, NOTHING, str(2 * HOUSEHOLDS)),
        ("release", NOTHING, EVERYTHING, "0"),
    ):
        for _ in range(KILLS):
            running = begun(environment, step)
            time.sleep(chance.uniform(0, took))
            running.kill()
            running.wait()
            assert truth(environment)[:5] in (before, after)
        running, started = begun(environment, step), time.monotonic()
        ended = running.wait(timeout=300) == 0
        took = time.monotonic() - started
        # 已经放入的，再放一次会被拒绝
        assert ended or truth(environment)[6] == "released"
        told = truth(environment)
        assert told[:5] == after and told[5] == staged
    assert told[6] == "released"

"""Worker processes: one killed in mid-job and taken over, several at once; nothing lost, nothing doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.own_database import own_database

pytestmark = pytest.mark.slow
STEPS = 120
_COUNT = "from bangfu.core.models import Region; print(Region.objects.count())"
_TRUTH = (
    "from bangfu.core.models import *; villages = Region.objects.all();"
    "job = Job.objects.get(key='villages');"
    "print(job.state, job.attempt, villages.count(), villages.values('code').distinct().count())"
)

_ONCE = (
    "from bangfu.core.models import *; from bangfu.core.sealing import verify; report = verify();"
    "villages = Region.objects.all(); names = villages.values('name').distinct().count();"
    "jobs = Job.objects.filter(kind='add_village', state='done', attempt=1);"
    "hands = len({job.result['by'] for job in jobs});"
    "print(jobs.count(), villages.count(), names, report.ok, report.events, hands)"
)


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty installation with a database of its own, on the database the suite runs on."""
    with own_database() as database:
        yield {**os.environ, "BANGFU_HOME": str(tmp_path / "home"), **database}


def django(environment: dict[str, str], *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def worker(environment: dict[str, str], what: str, kind: str = "slow_worker") -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"tests.core.{kind}", what, str(STEPS)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def test_a_killed_worker_is_taken_over(environment: dict[str, str]) -> None:
    django(environment, "migrate")
    worker(environment, "put").wait(timeout=60)
    first = worker(environment, "work")
    assert first.stdout is not None and first.stdout.readline() == "half\n"
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert int(django(environment, "shell", "--no-imports", "-c", _COUNT)) == STEPS // 2

    assert worker(environment, "work").wait(timeout=180) == 0
    truth = django(environment, "shell", "--no-imports", "-c", _TRUTH).split()
    assert truth == ["done", "2", str(STEPS), str(STEPS)]


def test_several_workers_share_the_jobs(environment: dict[str, str]) -> None:
    django(environment, "migrate")
    worker(environment, "put", "busy_worker").wait(timeout=60)
    workers = [worker(environment, "work", "busy_worker") for _ in range(3)]
    assert [each.wait(timeout=180) for each in workers] == [0, 0, 0]
    done, villages, names, whole, sealed, hands = django(
        environment, "shell", "--no-imports", "-c", _ONCE
    ).split()
    assert (done, villages, names) == (str(STEPS),) * 3
    assert (whole, sealed) == ("True", str(STEPS))
    assert int(hands) > 1, "one worker did it all; nothing was shared"

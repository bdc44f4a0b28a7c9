"""A worker is really killed in mid-job; another takes the job over, nothing is lost, nothing doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

pytestmark = pytest.mark.slow
STEPS = 120
_COUNT = "from bangfu.core.models import Region; print(Region.objects.count())"
_TRUTH = (
    "from bangfu.core.models import *; villages = Region.objects.all();"
    "job = Job.objects.get(key='villages');"
    "print(job.state, job.attempt, villages.count(), villages.values('code').distinct().count())"
)


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty installation with a database of its own, on the database the suite runs on."""
    environment = {**os.environ, "BANGFU_HOME": str(tmp_path / "home")}
    address = os.environ.get("BANGFU_DATABASE")
    if address is None:
        yield environment
        return
    name = f"bangfu_killed_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield {**environment, "BANGFU_DATABASE": urlunsplit(urlsplit(address)._replace(path=f"/{name}"))}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def django(environment: dict[str, str], *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def worker(environment: dict[str, str], what: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.core.slow_worker", what, str(STEPS)], env=environment
    )


def wait_for_villages(environment: dict[str, str], wanted: int) -> None:
    deadline = time.monotonic() + 60
    while int(django(environment, "shell", "--no-imports", "-c", _COUNT)) < wanted:
        assert time.monotonic() < deadline, "the worker does not get on"


def test_a_killed_worker_is_taken_over(environment: dict[str, str]) -> None:
    django(environment, "migrate")
    worker(environment, "put").wait(timeout=60)
    first = worker(environment, "work")
    wait_for_villages(environment, 5)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    before = int(django(environment, "shell", "--no-imports", "-c", _COUNT))
    assert 5 <= before < STEPS, "killed too late to tell anything"

    assert worker(environment, "work").wait(timeout=120) == 0
    truth = django(environment, "shell", "--no-imports", "-c", _TRUTH).split()
    assert truth == ["done", "2", str(STEPS), str(STEPS)]

"""Really killing a snapshot again and again: no file that is counted is half, nothing is doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bangfu.households.snapshots.columns import all_datasets
from tests.own_database import own_database

pytestmark = pytest.mark.slow

KILLS = 12
MONTH = "2026-01"

_BUILD = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.cast import make_regions
from tests.households.round_builders import make_households
make_households(make_regions(), [3] * 4000)
"""
_CHECK = """
import django
django.setup()
from bangfu.households.models import Snapshot
from bangfu.households.snapshots.taking import check_whole
import pyarrow.parquet as pq
from django.conf import settings
rows = list(Snapshot.objects.all())
for row in rows:
    check_whole(row)
    assert pq.read_metadata(settings.HOME.lake / row.path).num_rows == row.rows
print(len(rows), sum(row.rows for row in rows))
"""


Environment = dict[str, str]
FILES = len(all_datasets())
"""Files of one county; there are two counties."""


@contextmanager
def _installation(home: Path) -> Iterator[Environment]:
    """An installation with 4,000 households and a database of its own, of the kind the suite runs on."""
    with own_database() as database:
        environment = {
            **os.environ,
            "BANGFU_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "bangfu.config.settings",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            **database,
        }
        _python(environment, "-c", _BUILD)
        yield environment


def _python(environment: Environment, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _snapshot(environment: Environment) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "django", "snapshot", "--month", MONTH]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def test_killed_at_any_moment_and_run_again(tmp_path: Path) -> None:
    with _installation(tmp_path / "home") as quiet:
        started = time.monotonic()
        assert _snapshot(quiet).wait() == 0
        whole_run = time.monotonic() - started
        first = _python(quiet, "-c", _CHECK)
    assert first.split() == [str(2 * FILES), "16000"]

    with _installation(tmp_path / "fresh") as killed:
        chance = random.Random(20261122)
        for _ in range(KILLS):
            process = _snapshot(killed)
            time.sleep(whole_run * chance.uniform(0.3, 1.0))
            process.send_signal(signal.SIGKILL)
            process.wait()
            assert _python(killed, "-c", _CHECK).split()[0] in {"0", str(FILES), str(2 * FILES)}
        assert _snapshot(killed).wait() == 0
        assert _python(killed, "-c", _CHECK) == first
    lake = tmp_path / "fresh" / "lake"
    assert sorted(path.name for path in lake.rglob("*") if path.is_file()) == ["2026-01.parquet"] * (
        2 * FILES
    )

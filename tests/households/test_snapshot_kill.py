"""Really killing a snapshot again and again: no file that is counted is half, nothing is doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

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


def _environment(home: Path) -> dict[str, str]:
    return {
        **os.environ,
        "BANGFU_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "bangfu.config.settings",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }


def _python(home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=_environment(home), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _snapshot(home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "django", "snapshot", "--month", MONTH]
    return subprocess.Popen(command, env=_environment(home), stdout=subprocess.DEVNULL)


def test_killed_at_any_moment_and_run_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    _python(home, "-c", _BUILD)
    started = time.monotonic()
    assert _snapshot(home).wait() == 0
    whole_run = time.monotonic() - started
    first = _python(home, "-c", _CHECK)
    assert first.split() == ["4", "16000"]

    fresh = tmp_path / "fresh"
    _python(fresh, "-c", _BUILD)
    chance = random.Random(20261122)
    for _ in range(KILLS):
        process = _snapshot(fresh)
        time.sleep(whole_run * chance.uniform(0.3, 1.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert _python(fresh, "-c", _CHECK).split()[0] in {"0", "2", "4"}
    assert _snapshot(fresh).wait() == 0
    assert _python(fresh, "-c", _CHECK) == first
    assert (
        sorted(path.name for path in (fresh / "lake").rglob("*") if path.is_file()) == ["2026-01.parquet"] * 4
    )

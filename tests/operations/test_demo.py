"""``bangfu demo``: killed while it builds, and started twice, as it happens at a desk."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from bangfu.demo.people import PEOPLE
from tests.browser.county import COMMAND, serve

pytestmark = pytest.mark.slow
HOUSEHOLDS = 60


def command(folder: Path) -> list[str]:
    return [*COMMAND, "--folder", str(folder), "--households", str(HOUSEHOLDS), "--fresh"]


def wait_until(there: Path, building: subprocess.Popen[bytes]) -> None:
    """Until the file is there. A build that ends without it has failed; a slow machine only takes longer."""
    while not there.exists():
        assert building.poll() is None, f"the build ended without {there}"
        time.sleep(0.05)


@pytest.mark.parametrize("sign", ["home/demo.toml", "home/bangfu.sqlite3", "lists/truth.json"])
def test_a_build_that_was_killed_is_built_anew(tmp_path: Path, sign: str) -> None:
    first = subprocess.Popen(command(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(tmp_path / sign, first)
    first.kill()
    first.wait()
    with serve(tmp_path, HOUSEHOLDS) as county:
        assert set(county.accounts) == {person.username for person in PEOPLE}


def test_a_demo_that_runs_is_left_alone(tmp_path: Path) -> None:
    first = subprocess.Popen(command(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(tmp_path / "home/bangfu.sqlite3", first)
        inode = (tmp_path / "home/bangfu.sqlite3").stat().st_ino
        second = subprocess.run(command(tmp_path), capture_output=True, text=True, check=False)
        assert second.returncode == 2
        assert "正在另一个窗口里运行" in second.stderr
        assert (tmp_path / "home/bangfu.sqlite3").stat().st_ino == inode
    finally:
        first.kill()
        first.wait()


def test_what_a_killed_deletion_left_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / ".discarded").mkdir()
    (tmp_path / ".discarded" / "bangfu.sqlite3").write_bytes(b"half of it")
    with serve(tmp_path, HOUSEHOLDS):
        pass
    assert not (tmp_path / ".discarded").exists()

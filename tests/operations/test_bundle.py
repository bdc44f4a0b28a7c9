"""The offline bundle installs and runs with the network cut off."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tools.tree import ROOT

pytestmark = pytest.mark.slow

#: A network namespace of its own with nothing in it: not even this machine answers.
CUT_OFF = ("unshare", "--map-root-user", "--net")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    made = subprocess.run([ROOT / "tools" / "bundle.sh"], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    (archive,) = (ROOT / "dist").glob("bangfu-*-offline.tar.gz")
    subprocess.run(["tar", "-xzf", archive, "-C", folder], check=True)
    (inside,) = folder.iterdir()
    return inside


def test_the_network_really_is_cut() -> None:
    reach = "import socket; socket.create_connection(('127.0.0.1', 1), 1)"
    done = subprocess.run([*CUT_OFF, "python3", "-c", reach], capture_output=True, text=True, check=False)
    assert "Network is unreachable" in done.stderr


def test_it_installs_and_makes_a_database_without_network(unpacked: Path, tmp_path: Path) -> None:
    target = tmp_path / "opt"
    done = subprocess.run(
        [*CUT_OFF, "./install.sh", target], cwd=unpacked, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    environment = {**os.environ, "BANGFU_HOME": str(tmp_path / "home")}
    environment.pop("BANGFU_DATABASE", None)
    command = [*CUT_OFF, target / "venv" / "bin" / "bangfu", "upgrade"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "home" / "bangfu.sqlite3").exists()


def test_a_damaged_bundle_installs_nothing(unpacked: Path, tmp_path: Path) -> None:
    copy = tmp_path / "bundle"
    subprocess.run(["cp", "-r", unpacked, copy], check=True)
    lock = copy / "requirements.lock"
    lock.write_text(lock.read_text("utf-8") + "\n# 多了一行\n", "utf-8")
    done = subprocess.run(
        ["./install.sh", tmp_path / "opt"], cwd=copy, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "安装包不完整" in done.stderr
    assert not (tmp_path / "opt").exists()

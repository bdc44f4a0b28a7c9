"""Installations of their own, driven through the command line as an administrator would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.own_database import own_database


@dataclass
class Installation:
    """A home folder and its database; ``run`` is the ``bangfu`` command in it."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "BANGFU_HOME": str(self.home), **self.environment, **more}
        command = [sys.executable, "-m", "bangfu.cli.main", *map(str, arguments)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def python(self, code: str) -> str:
        """Run ``code`` with Django set up; what it prints."""
        setup = "from bangfu.config.starting import start_django; start_django()\n"
        environment = {**os.environ, "BANGFU_HOME": str(self.home), **self.environment}
        command = [sys.executable, "-c", setup + code]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@pytest.fixture
def new_database() -> Iterator[dict[str, str]]:
    """The environment that names an empty database."""
    with own_database() as environment:
        yield environment


@pytest.fixture
def other_database() -> Iterator[dict[str, str]]:
    """A second empty database, to restore into."""
    with own_database() as environment:
        yield environment


@pytest.fixture
def empty(tmp_path: Path, new_database: dict[str, str]) -> Installation:
    """A folder and a database with nothing in them."""
    return Installation(tmp_path / "home", new_database)


@pytest.fixture(scope="session")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an installation on SQLite, made once and copied."""
    made = Installation(tmp_path_factory.mktemp("upgraded") / "home", {"BANGFU_DATABASE": ""})
    done = made.run("upgrade")
    assert done.returncode == 0, done.stderr
    return made.home


@pytest.fixture
def installation(empty: Installation, upgraded: Path) -> Installation:
    """An upgraded installation with nothing registered in it."""
    if empty.environment:
        done = empty.run("upgrade")
        assert done.returncode == 0, done.stderr
    else:
        shutil.copytree(upgraded, empty.home)
    return empty

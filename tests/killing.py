"""Programs that are really killed on their way, in an installation of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from tests.own_database import own_database


@contextmanager
def own_installation(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of programs with a home in the folder and a migrated database of their own."""
    with own_database() as database:
        environment = {
            **os.environ,
            "BANGFU_HOME": str(folder / "home"),
            "DJANGO_SETTINGS_MODULE": "bangfu.config.settings",
            "PYTHONPATH": str(Path(__file__).parents[1]),
            **database,
        }
        run(environment, "django", "migrate", "-v", "0")
        yield environment


def run(environment: dict[str, str], *arguments: str) -> str:
    """What the program says when it comes to its end."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def killed(environment: dict[str, str], *arguments: str) -> bool:
    """Whether the program was killed; False when it came to its end."""
    done = subprocess.run([sys.executable, "-m", *arguments], env=environment, check=False)
    assert done.returncode in (0, -signal.SIGKILL)
    return done.returncode != 0


@contextmanager
def killed_before(statement: int) -> Iterator[None]:
    """Kill this process before that many statements of the database, should it have so many."""
    left = statement

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)

    with connection.execute_wrapper(count):
        yield

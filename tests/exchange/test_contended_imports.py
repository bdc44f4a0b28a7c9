"""An import that meets somebody in the middle of an edit: the import gives way, nobody's work is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.own_database import own_database

pytestmark = pytest.mark.slow
HOUSEHOLDS = 60
_TRUTH = (
    "from bangfu.exchange.models import Batch; from bangfu.households.models import *;"
    "last = Batch.objects.order_by('-id')[0]; edited = Household.objects.get(code='H30');"
    "print(last.state, last.receipt['counts']['changed'], last.receipt['counts']['rejected'],"
    " edited.address, Member.objects.get(household=edited, is_head=True).health,"
    " Member.objects.filter(health='长期慢性病').count())"
)


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty installation with a database of its own, on the database the suite runs on."""
    with own_database() as database:
        yield {**os.environ, "BANGFU_HOME": str(tmp_path / "home"), **database}


def start(environment: dict[str, str], module: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"tests.exchange.{module}", *arguments]
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def step(environment: dict[str, str], *arguments: str) -> None:
    assert start(environment, "contended_process", *arguments).wait(timeout=300) == 0


def test_the_import_gives_way_and_the_edit_stays(environment: dict[str, str]) -> None:
    """The edit holds a member that the import wants, then asks for a household that the import holds."""
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    step(environment, "register", str(HOUSEHOLDS))
    step(environment, "preflight_changed", str(HOUSEHOLDS))
    editing = start(environment, "editing_process", "H30")
    assert said(editing) == "holding\n"
    importing = start(environment, "contended_process", "commit")
    assert said(importing) == "begin\n"
    time.sleep(2)
    editing.communicate("go on\n", timeout=60)
    assert editing.returncode == 0, "whoever edits is never the one to be ended"
    assert importing.wait(timeout=120) == 0
    command = [sys.executable, "-m", "django", "shell", "--no-imports", "-c", _TRUTH]
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    others = HOUSEHOLDS - 1
    assert told.split() == ["committed", str(2 * others), "2", "路边", "残疾", str(2 * others)]

"""A small made-up county, served for the browser tests as ``bangfu demo`` serves it to everybody."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOUSEHOLDS = 200
COMMAND = (sys.executable, "-m", "bangfu.cli.main", "demo")
_ACCOUNT = re.compile(r"^ {2}(?P<name>[a-z]+)\s+(?P<word>\S+)\s+\S+（", re.MULTILINE)
_LAST_LINE = "按 Ctrl+C 停止"
_CLOCK = Path(__file__).parent / "moved_clock"


@dataclass(frozen=True)
class County:
    """Where the demo answers, its accounts (sign-in name → password), its folder."""

    address: str
    accounts: dict[str, str]
    folder: Path

    def move_clock(self, days: int) -> None:
        """Let the server be so many days ahead of this machine."""
        _ahead(self.folder).write_text(str(days), "ascii")


@contextmanager
def serve(folder: Path, households: int = HOUSEHOLDS) -> Iterator[County]:
    """Build the demo in ``folder`` if it is not there, serve it on a free port, and end it."""
    port = _free_port()
    options = ["--folder", str(folder), "--households", str(households), "--port", str(port)]
    _ahead(folder).write_text("0", "ascii")
    clock = {"PYTHONPATH": str(_CLOCK), "MOVED_CLOCK": str(_ahead(folder))}
    process = subprocess.Popen(
        [*COMMAND, *options],
        env=os.environ | clock,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        welcome = _welcome(process)
        accounts = {found["name"]: found["word"] for found in _ACCOUNT.finditer(welcome)}
        yield County(f"http://127.0.0.1:{port}", accounts, folder)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=120)


def _ahead(folder: Path) -> Path:
    return folder / "days-ahead"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _welcome(process: subprocess.Popen[str]) -> str:
    """What the demo prints once it is built; the server answers a moment later."""
    lines: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        if _LAST_LINE in line:
            return "".join(lines)
    raise AssertionError(f"the demo did not start: {''.join(lines)}")

"""Freed memory stays with the process while a block lasts, and goes back after it."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import resource
from pathlib import Path
from bangfu.tabular.memory import memory_kept

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()

before = resident()
with memory_kept():
    block = bytearray(b"x") * (64 << 20)
    del block
    within = resident()
print(within - before, resident() - before)
"""


def test_freed_memory_is_kept_for_a_while_only() -> None:
    shown = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    within, after = map(int, shown.stdout.split())
    assert within > 60 << 20
    assert after < 16 << 20

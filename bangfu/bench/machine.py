"""On what a figure was measured: the machine and the versions that decide it."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

from bangfu import __version__

_DEPENDENCIES = ("duckdb", "pyarrow", "sqlglot", "python-calamine", "xlsxwriter")
_MIB = 1024 * 1024


def machine() -> dict[str, Any]:
    """Processor, cores this process may use, memory in MiB, operating system."""
    return {
        "cpu": _cpu_model(),
        "cores": cores(),
        "memory_mib": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _MIB,
        "os": platform.platform(),
    }


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def versions() -> dict[str, str]:
    """Of Python, of this program and of the libraries that do the work."""
    libraries = {name: metadata.version(name) for name in _DEPENDENCIES}
    return {"python": platform.python_version(), "bangfu": __version__} | libraries


def _cpu_model() -> str:
    described = Path("/proc/cpuinfo")
    if described.is_file():
        for line in described.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

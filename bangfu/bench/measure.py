"""Seconds, megabytes and work in a fresh process."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

from bangfu.bench.machine import machine, versions

P = ParamSpec("P")
T = TypeVar("T")


class BenchError(RuntimeError):
    """A benchmark that gives no figures; the message says in Chinese why."""


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes, in seconds of wall time."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_child(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What ``work`` returns, done in a fresh process: its memory is its own. Errors come back as raised.

    Raises BenchError if the process was ended from outside.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        try:
            return pool.submit(work, *args, **kwargs).result()
        except BrokenProcessPool as error:
            raise BenchError("测量用的进程被系统结束了（多半是内存不够），没有数字。") from error


def peak_mib() -> float:
    """The most memory this process ever held, in MiB (source: getrusage)."""
    return mib(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def mib(maxrss: int) -> float:
    """``ru_maxrss`` in MiB: Linux counts it in KiB, macOS in bytes."""
    return round(maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


def result(name: str, figures: dict[str, float], ratios: dict[str, float]) -> dict[str, object]:
    """The JSON object of a benchmark, as the contract of the command line has it."""
    return {
        "name": name,
        "figures": figures,
        "ratios": ratios,
        "machine": machine(),
        "versions": versions(),
    }

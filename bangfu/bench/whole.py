"""``bench county``: the whole command on a synthetic county's workbooks, seconds by stage."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bangfu.bench.measure import BenchError, in_child, mib, result

AS_OF = "2026-10-31"
SEED = 1


@dataclass(frozen=True)
class Ran:
    """A command that came to its end: wall seconds and the most memory one of its processes held, in MiB."""

    total_s: float
    peak_mib: float


def bench_county(households: int = 100_000, *, seed: int = SEED) -> dict[str, object]:
    """Time ``bangfu screen`` on the clean files of a synthetic county: roster and 15 lists.

    The county is made and screened as a user would, each by a command of its own. Stages are those of the
    result's ``timings``; ``other_s`` is what the command takes beside them (starting, finding the files).
    Raises BenchError if a command does not come to its end.
    """
    with tempfile.TemporaryDirectory(prefix="bangfu-bench-") as folder:
        files, out = Path(folder) / "files", Path(folder) / "out"
        out.mkdir()
        made = in_child(run_command, _synthesize(households, seed, files))
        screened = in_child(run_command, _screen(files, out), (0, 1))  # 1: some rows were rejected
        found = json.loads((out / "result.json").read_text(encoding="utf-8"))
    return result("county", _figures(households, made, screened, found), {})


def _synthesize(households: int, seed: int, into: Path) -> list[str]:
    size = ["--households", str(households), "--seed", str(seed), "--clean"]
    return ["synthesize", *size, "--out", str(into)]


def _screen(files: Path, out: Path) -> list[str]:
    written = ["--out", str(out / "clues.xlsx"), "--json", str(out / "result.json")]
    return ["screen", str(files), "--as-of", AS_OF, *written, "--receipts", str(out / "receipts")]


def run_command(arguments: list[str], fine: tuple[int, ...] = (0,)) -> Ran:
    """Run one command of this program to its end. Raises BenchError for an exit code that is not ``fine``.

    The memory is right only in a process that ran no other command before.
    """
    start = time.perf_counter()
    command = [sys.executable, "-m", "bangfu.cli.main", *arguments]
    ended = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    if ended.returncode not in fine:
        raise BenchError(f"命令 {arguments[0]} 没有做完（返回码 {ended.returncode}），没有数字。")
    peak = mib(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return Ran(time.perf_counter() - start, peak)


def _figures(households: int, made: Ran, screened: Ran, found: dict[str, Any]) -> dict[str, float]:
    stages = found["timings"]
    lists = {source["dataset"] for source in found["sources"]} - {None, "household_roster"}
    return {
        "households": households,
        "members": found["registry"]["members"],
        "lists": len(lists),
        "rows": sum(source["rows"] for source in found["sources"]),
        "findings": len(found["findings"]),
        "undecided": len(found["undecided"]),
        **stages,
        "other_s": round(screened.total_s - sum(stages.values()), 3),
        "total_s": round(screened.total_s, 3),
        "peak_mib": screened.peak_mib,
        "synthesize_s": round(made.total_s, 3),
    }

"""Reads files in child processes, so that no file can harm the run.

A workbook may be made so that a reader runs out of memory, dies in native code or never ends. Each file has a
process of its own, bounded in memory and time; if it dies, its file alone is reported as unreadable. A pool
with a shared queue would not do: when a worker dies while the queue is being filled, Python's own waits for
ever.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from bangfu.tabular.opening import UnreadableError
from bangfu.tabular.reading import SheetReading, Wishes, read_file
from bangfu.tabular.spec import SheetSpec

#: Address space that a reading process may use, in bytes.
MEMORY_LIMIT = 6 << 30
#: How long one file may take, in seconds; the largest that Excel can hold takes some minutes.
TIME_LIMIT = 1800
_DIED = (
    "这个文件让读取程序停了下来（内容损坏，或表格范围大得超过内存），没有读入任何行。"
    "请把有用的行列复制到新的工作簿后重新提交。"
)
_TOO_LONG = (
    f"这个文件读了{TIME_LIMIT // 60}分钟还没有读完，已停止，没有读入任何行。请拆成几个文件后重新提交。"
)

Outcome = list[SheetReading] | str
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Running:
    index: int
    process: BaseProcess
    deadline: float


def read_files(
    paths: Sequence[Path],
    specs: Sequence[SheetSpec],
    progress: Progress | None = None,
    wishes: Wishes | None = None,
) -> Iterator[Outcome]:
    """Read files side by side, giving for each in order its sheets, or the sentence why it cannot be read.

    ``progress`` is called with how many are done, of how many; ``wishes`` go to every file's reader.
    """
    results: dict[int, Outcome] = {}
    for index, outcome in _side_by_side(paths, specs, wishes):
        results[index] = outcome
        if progress:
            progress(len(results), len(paths))
    for index in range(len(paths)):
        yield results[index]


def _side_by_side(
    paths: Sequence[Path], specs: Sequence[SheetSpec], wishes: Wishes | None
) -> Iterator[tuple[int, Outcome]]:
    """Each file's outcome as soon as it is there."""
    at_once = max(1, os.cpu_count() or 1)
    waiting = iter(range(len(paths)))
    running: dict[Connection, _Running] = {}
    try:
        while True:
            for index in waiting:
                connection, started = _start(index, paths[index], specs, wishes)
                running[connection] = started
                if len(running) >= at_once:
                    break
            if not running:
                return
            patience = max(0.0, min(run.deadline for run in running.values()) - time.monotonic())
            ready = [c for c in wait(list(running), patience) if isinstance(c, Connection)]
            for connection in ready or _overdue(running):
                run = running.pop(connection)
                yield run.index, _receive(connection) if ready else _TOO_LONG
                _end(connection, run)
    finally:
        for connection, run in running.items():
            _end(connection, run)


def _start(
    index: int, path: Path, specs: Sequence[SheetSpec], wishes: Wishes | None
) -> tuple[Connection, _Running]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bangfu.tabular.reading"])
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_read_and_send, args=(path, specs, wishes, sending), daemon=True)
    process.start()
    sending.close()  # so that the child's end is the last: its death ends the waiting
    return receiving, _Running(index, process, time.monotonic() + TIME_LIMIT)


def _receive(connection: Connection) -> Outcome:
    try:
        outcome: Outcome = connection.recv()
    except (EOFError, ConnectionError):
        return _DIED
    return outcome


def _overdue(running: dict[Connection, _Running]) -> list[Connection]:
    now = time.monotonic()
    return [connection for connection, run in running.items() if run.deadline <= now]


def _end(connection: Connection, run: _Running) -> None:
    connection.close()
    run.process.kill()
    run.process.join()


def _read_and_send(
    path: Path, specs: Sequence[SheetSpec], wishes: Wishes | None, connection: Connection
) -> None:
    """In the child: read, send what came of it, and be gone."""
    _prepare()
    connection.send(_read(path, specs, wishes))
    connection.close()


def _prepare() -> None:
    """Bound the memory, and keep what native code prints when it dies off the user's screen."""
    gc.disable()  # millions of cells and no cycles: searching for some costs a fifth of the reading
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_LIMIT if most == resource.RLIM_INFINITY else min(MEMORY_LIMIT, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 2)
    os.close(silent)


def _read(path: Path, specs: Sequence[SheetSpec], wishes: Wishes | None) -> Outcome:
    try:
        return read_file(path, specs, wishes)
    except UnreadableError as error:
        return str(error)
    except MemoryError:
        return _DIED

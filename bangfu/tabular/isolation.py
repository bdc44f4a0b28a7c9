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
import zipfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from bangfu.tabular.cutting import WHOLE, CannotCutError, Part
from bangfu.tabular.memory import keep_memory
from bangfu.tabular.opening import UnreadableError
from bangfu.tabular.reading import SheetReading, Wishes, joined, read_file
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

#: A workbook smaller than this (bytes) is not worth a second process.
LARGE_FILE = 4 << 20

Outcome = list[SheetReading] | str
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Task:
    """A file, or a part of one, that a process reads."""

    index: int
    part: Part = WHOLE


@dataclass(frozen=True)
class _Running:
    task: _Task
    process: BaseProcess
    deadline: float


_NEEDED = ["bangfu.tabular.reading"]


def start_early() -> None:
    """Start the process from which the reading ones come, so that the first file need not wait for it."""
    forkserver.set_forkserver_preload(_NEEDED)
    forkserver.ensure_running()


def read_files(
    paths: Sequence[Path],
    specs: Sequence[SheetSpec],
    progress: Progress | None = None,
    wishes: Wishes | None = None,
) -> Iterator[Outcome]:
    """Read files side by side, giving for each in order its sheets, or the sentence why it cannot be read.

    ``progress`` is called with how many are done, of how many; ``wishes`` go to every file's reader. Where
    there are more processors than files, a large workbook is read in parts.
    """
    results: dict[int, Outcome] = {}
    for index, outcome in _files(paths, specs, wishes):
        results[index] = outcome
        if progress:
            progress(len(results), len(paths))
    for index in range(len(paths)):
        yield results[index]


def _files(
    paths: Sequence[Path], specs: Sequence[SheetSpec], wishes: Wishes | None
) -> Iterator[tuple[int, Outcome]]:
    """Each file's outcome as soon as it is there; what cannot be read in parts is read whole."""
    read: dict[int, dict[int, list[SheetReading]]] = {}
    whole: set[int] = set()
    tasks = deque(_Task(index, part) for index, path in enumerate(paths) for part in _parts(path, len(paths)))
    for task, outcome in _side_by_side(tasks, paths, specs, wishes):
        if task.part == WHOLE and outcome is not None:
            yield task.index, outcome
        elif isinstance(outcome, list):
            parts = read.setdefault(task.index, {})
            parts[task.part.number] = outcome
            if len(parts) == task.part.of:
                yield task.index, joined([parts[number] for number in range(task.part.of)])
        elif task.index not in whole:
            whole.add(task.index)
            tasks.append(_Task(task.index))


def _parts(path: Path, files: int) -> list[Part]:
    """In which parts a file is to be read, so that every processor has something to do."""
    of = max(1, _processors() // files)
    if of == 1 or not path.is_file() or path.stat().st_size < LARGE_FILE or not zipfile.is_zipfile(path):
        return [WHOLE]
    return [Part(number, of) for number in range(of)]


def _processors() -> int:
    return max(1, os.cpu_count() or 1)


def _side_by_side(
    waiting: deque[_Task], paths: Sequence[Path], specs: Sequence[SheetSpec], wishes: Wishes | None
) -> Iterator[tuple[_Task, Outcome | None]]:
    """Each task's outcome as soon as it is there; more tasks may come meanwhile."""
    running: dict[Connection, _Running] = {}
    try:
        while True:
            while waiting and len(running) < _processors():
                task = waiting.popleft()
                connection, started = _start(task, paths[task.index], specs, wishes)
                running[connection] = started
            if not running:
                return
            patience = max(0.0, min(run.deadline for run in running.values()) - time.monotonic())
            ready = [c for c in wait(list(running), patience) if isinstance(c, Connection)]
            for connection in ready or _overdue(running):
                run = running.pop(connection)
                yield run.task, _receive(connection) if ready else _TOO_LONG
                _end(connection, run)
    finally:
        for connection, run in running.items():
            _end(connection, run)


def _start(
    task: _Task, path: Path, specs: Sequence[SheetSpec], wishes: Wishes | None
) -> tuple[Connection, _Running]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_NEEDED)
    receiving, sending = context.Pipe(duplex=False)
    arguments = (path, specs, wishes, task.part, sending)
    process = context.Process(target=_read_and_send, args=arguments, daemon=True)
    process.start()
    sending.close()  # so that the child's end is the last: its death ends the waiting
    return receiving, _Running(task, process, time.monotonic() + TIME_LIMIT)


def _receive(connection: Connection) -> Outcome | None:
    try:
        outcome: Outcome | None = connection.recv()
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
    path: Path, specs: Sequence[SheetSpec], wishes: Wishes | None, part: Part, connection: Connection
) -> None:
    """In the child: read, send what came of it, and be gone."""
    _prepare()
    connection.send(_read(path, specs, wishes, part))
    connection.close()


def _prepare() -> None:
    """Bound the memory, and keep what native code prints when it dies off the user's screen."""
    keep_memory()
    gc.disable()  # millions of cells and no cycles: searching for some costs a fifth of the reading
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_LIMIT if most == resource.RLIM_INFINITY else min(MEMORY_LIMIT, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 2)
    os.close(silent)


def _read(path: Path, specs: Sequence[SheetSpec], wishes: Wishes | None, part: Part) -> Outcome | None:
    """What came of it; None for a part of what is to be read whole."""
    try:
        return read_file(path, specs, wishes, part)
    except CannotCutError:
        return None
    except UnreadableError as error:
        return str(error)
    except MemoryError:
        return _DIED

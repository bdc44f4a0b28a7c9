"""Reads files in child processes, so that no file can harm the run.

A workbook may be made so that a reader runs out of memory or dies in native code. A child process bounds its
own memory; if it dies, its file alone is reported as unreadable and the others go on.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path

from bangfu.tabular.opening import UnreadableError
from bangfu.tabular.reading import SheetReading, read_file
from bangfu.tabular.spec import SheetSpec

#: Address space that a reading process may use, in bytes.
MEMORY_LIMIT = 6 << 30
_DIED = (
    "这个文件让读取程序停了下来（内容损坏，或表格范围大得超过内存），没有读入任何行。"
    "请把有用的行列复制到新的工作簿后重新提交。"
)

Outcome = list[SheetReading] | str
Progress = Callable[[int, int], None]


def read_files(
    paths: Sequence[Path], specs: Sequence[SheetSpec], progress: Progress | None = None
) -> Iterator[Outcome]:
    """Read files side by side, giving for each in order its sheets, or the sentence why it cannot be read.

    ``progress`` is called with how many are done, of how many.
    """
    done = 0
    waiting = list(range(len(paths)))
    results: dict[int, Outcome] = {}
    for alone in (False, True):  # when a process dies, the files it may have died of are read one by one
        waiting = [i for i in waiting if i not in results]
        groups = [[i] for i in waiting] if alone else [waiting]
        for group in groups:
            for index, outcome in _batch(paths, group, specs, alone):
                results[index] = outcome
                done += 1
                if progress:
                    progress(done, len(paths))
    for index in range(len(paths)):
        yield results[index]


def _batch(
    paths: Sequence[Path], group: Sequence[int], specs: Sequence[SheetSpec], alone: bool
) -> Iterator[tuple[int, Outcome]]:
    if not group:
        return
    workers = min(len(group), max(1, os.cpu_count() or 1))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bangfu.tabular.reading"])
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare) as pool:
        pending: list[tuple[int, Future[Outcome]]] = []
        with suppress(BrokenProcessPool):  # it may die while files are still being handed out
            for index in group:
                pending.append((index, pool.submit(_read, paths[index], specs)))
        for index, future in pending:
            try:
                yield index, future.result()
            except BrokenProcessPool:
                if alone:
                    yield index, _DIED


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


def _read(path: Path, specs: Sequence[SheetSpec]) -> Outcome:
    try:
        return read_file(path, specs)
    except UnreadableError as error:
        return str(error)
    except MemoryError:
        return _DIED

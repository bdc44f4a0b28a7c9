"""Work that is done beside the caller, in a second process, because Python uses one processor in one."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any


@contextmanager
def beside(work: Callable[..., Iterator[Any]], *arguments: Any) -> Iterator[Iterator[Any]]:
    """What ``work(*arguments)`` gives, answer after answer, while the block does other things.

    ``work`` needs no installation and no database. Its process ends with the block. Asking for an answer
    waits until it is there; raises EOFError when ``work`` failed before it.
    """
    context = multiprocessing.get_context("forkserver")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, arguments, sending), daemon=True)
    process.start()
    sending.close()  # so that the other process's end is the last: its death ends the waiting
    try:
        yield _received(receiving)
    finally:
        receiving.close()
        process.kill()
        process.join()


def _received(connection: Connection) -> Iterator[Any]:
    while True:
        yield connection.recv()


def _work(work: Callable[..., Iterator[Any]], arguments: tuple[Any, ...], connection: Connection) -> None:
    """In the other process: the next answer is worked out while the one before waits to be taken."""
    with ThreadPoolExecutor(max_workers=1) as sender:
        for answer in work(*arguments):
            sender.submit(connection.send, answer)

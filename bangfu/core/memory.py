"""Work that makes millions of small objects."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_cycle_search() -> Iterator[None]:
    """Python does not look for objects that only hold each other while the block lasts.

    For bulk work whose many objects live until its end: looking through them again and again costs up to a
    quarter of the time and finds nothing. Everything else is freed as always.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def keep_what_is_loaded() -> None:
    """Python no longer looks for cycles among the objects that are there now; only among later ones.

    For a process that has loaded what it works with and then answers requests: looking through a hundred
    thousand lasting objects stops a page for up to 0.2 seconds, now and then, and finds nothing.
    """
    gc.collect()
    gc.freeze()

"""Freed memory that stays with the process, for work that takes and frees hundreds of megabytes.

The C library gives large blocks back to the system at once and gets them anew, page by page: on a virtual
machine that is up to a fifth of the time in which a large table is read.
"""

from __future__ import annotations

import ctypes
import platform
from collections.abc import Iterator
from contextlib import contextmanager

#: Options of glibc's ``mallopt`` (malloc.h), and what they are when nobody has set them.
_TRIM_THRESHOLD, _MMAP_MAX = -1, -4
_USUAL_THRESHOLD, _USUAL_MMAP_MAX = 128 << 10, 65_536
_LARGEST = 2**31 - 1


def keep_memory() -> None:
    """From now on freed memory stays with this process. Only glibc gives it back at once, and can be told."""
    _tell(_LARGEST, 0)


@contextmanager
def memory_kept() -> Iterator[None]:
    """Freed memory stays with the process while the block lasts, then it goes back to the system."""
    keep_memory()
    try:
        yield
    finally:
        _tell(_USUAL_THRESHOLD, _USUAL_MMAP_MAX)
        if _is_glibc():
            ctypes.CDLL(None).malloc_trim(0)


def _tell(threshold: int, blocks: int) -> None:
    if _is_glibc():
        library = ctypes.CDLL(None)
        library.mallopt(_TRIM_THRESHOLD, threshold)
        library.mallopt(_MMAP_MAX, blocks)


def _is_glibc() -> bool:
    return platform.libc_ver()[0] == "glibc"

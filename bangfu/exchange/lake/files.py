"""The files of the lake: each appears whole or not at all; what nobody knows of is swept away."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from bangfu.exchange.storage import disk_checked

_COUNTY_DIGITS = 6
_DRAFTS = "drafts"


def list_path(place: str, dataset: str, batch: str) -> Path:
    """Where a list lies, below the lake: ``<county>/<dataset>/<batch>.parquet``."""
    return Path(place[:_COUNTY_DIGITS]) / dataset / f"{batch}.parquet"


def in_lake(path: str | Path) -> Path:
    """The file itself."""
    lake: Path = settings.HOME.lake
    return lake / path


def draft_path(name: str) -> Path:
    """Where a file of that name is written before it has its place."""
    return in_lake(_DRAFTS) / name


@contextmanager
def drafted(table: pa.Table, path: Path) -> Iterator[Path]:
    """The table as a file like ``path``, flushed to disk; it is gone after the block unless it was renamed.

    Raises SituationForbids when the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with disk_checked(), draft.open("wb") as file:
            pq.write_table(table, file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def put(draft: Path, path: Path) -> None:
    """Give a draft its name, and make the name last."""
    draft.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_of(datasets: frozenset[str], before: datetime) -> list[Path]:
    """All files of these datasets, and all drafts, last written before an instant; paths below the lake."""
    lake: Path = settings.HOME.lake
    found = [path for path in lake.glob("*/*/*.parquet") if path.parent.name in datasets]
    found += list((lake / _DRAFTS).glob("*"))
    old = [path for path in found if path.stat().st_mtime < before.timestamp()]
    return sorted(path.relative_to(lake) for path in old)

"""Where a batch's files lie: sealed in the installation's uploads folder, one folder a batch.

A sealed file is opened into memory only, never to a plain copy on disk.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from bangfu.access.crypto import AesGcm
from bangfu.core.errors import SituationForbids

UPLOAD, REJECTED = "upload", "rejected.xlsx"
_DISK_FULL = "磁盘满了，没有写完；已有的数据没有变动。请系统管理员腾出空间后再试。"


def folder_of(uid: UUID) -> Path:
    """The batch's folder, made when it is missing."""
    folder: Path = settings.HOME.uploads / str(uid)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def store(folder: Path, name: str, content: bytes) -> None:
    """Seal ``content`` as the file ``name``, whole or not at all; SituationForbids on a full disk."""
    with disk_checked():
        target = folder / name
        draft = target.with_suffix(f".{os.getpid()}")
        draft.write_bytes(_cipher().seal(content))
        draft.replace(target)


def read(folder: Path, name: str) -> bytes | None:
    """The content of a sealed file; None when it is not (or no longer) kept."""
    path = folder / name
    return _cipher().open(path.read_bytes()) if path.exists() else None


@contextmanager
def opened(folder: Path, name: str) -> Iterator[Path]:
    """A path at which this machine's own processes find the file in the clear while the block lasts.

    The file lies in memory; a killed process takes it along. Raises SituationForbids when it is not kept.
    """
    content = read(folder, name)
    if content is None:
        raise SituationForbids("这一批的原件已经不在了（过了保存期或已放弃）。请重新上传文件。")
    descriptor = os.memfd_create("bangfu")
    try:
        with os.fdopen(os.dup(descriptor), "wb") as file:
            file.write(content)
        yield Path(f"/proc/{os.getpid()}/fd/{descriptor}")
    finally:
        os.close(descriptor)


def remove(uid: UUID) -> None:
    """Delete everything that is kept of the batch."""
    shutil.rmtree(folder_of(uid))


@contextmanager
def disk_checked() -> Iterator[None]:
    """Say in a sentence that the disk is full; any other error passes."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise SituationForbids(_DISK_FULL) from error
        raise


def _cipher() -> AesGcm:
    return AesGcm(bytes.fromhex(settings.HOME.secrets["field_key"]))

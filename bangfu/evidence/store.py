"""Where evidence lies: encrypted files outside the database, each under the SHA-256 of its plain content.

A file is written whole beside its place, read back, and then moved in: what has a final name is complete.
A file without a row is harmless: the same content comes again to the same name. The row is written after it.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from bangfu.access.crypto import DecryptionError, open_bytes, seal_bytes
from bangfu.core.errors import BangfuError


class EvidenceLost(BangfuError):
    """A file is missing or damaged; the message says what to do."""


def digest_of(content: bytes) -> str:
    """The SHA-256 of ``content``, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def put(folder: Path, content: bytes) -> str:
    """Keep ``content`` and return its digest; content that is there already is not written again.

    Raises EvidenceLost when the disk does not take it; nothing is left under the final name then.
    """
    digest = digest_of(content)
    target = _path(folder, digest)
    if _holds(target, digest):
        return digest
    draft = target.with_name(f".{digest}.{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(draft, seal_bytes(content))
        if not _holds(draft, digest):
            raise EvidenceLost("文件写进磁盘后读出来不对，没有收下。请再传一次；还不行，请管理员检查磁盘。")
        draft.replace(target)
        _sync(target.parent)
    except OSError as error:
        reason = error.strerror or "磁盘不可写"
        raise EvidenceLost(f"文件没有存上（{reason}），原来的都在。请管理员检查磁盘空间。") from error
    finally:
        draft.unlink(missing_ok=True)
    return digest


def get(folder: Path, digest: str) -> bytes:
    """The content of that digest; raises EvidenceLost for a missing, damaged or exchanged file."""
    try:
        content = open_bytes(_path(folder, digest).read_bytes())
    except FileNotFoundError as error:
        raise EvidenceLost(
            "这个文件不在磁盘上了。登记的信息还在；请管理员从备份恢复 evidence 文件夹。"
        ) from error
    except DecryptionError as error:
        raise EvidenceLost(
            "这个文件损坏了，打不开。登记的信息还在；请管理员从备份恢复 evidence 文件夹。"
        ) from error
    if digest_of(content) != digest:
        raise EvidenceLost("这个文件和登记的指纹不符，没有打开。请管理员从备份恢复 evidence 文件夹。")
    return content


def discard(folder: Path, digest: str) -> None:
    """Delete the content of that digest; what is not there is gone already."""
    _path(folder, digest).unlink(missing_ok=True)


def _path(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def _holds(path: Path, digest: str) -> bool:
    """Whether the file opens and its content has the digest; a damaged one is as good as missing."""
    try:
        return digest_of(open_bytes(path.read_bytes())) == digest
    except (FileNotFoundError, DecryptionError):
        return False


def _write(path: Path, sealed: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """The name, too, must outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""An encrypted stream: a passphrase opens it, a changed or missing byte is found.

Format: ``BANGFU1`` newline, 16 bytes of salt, then frames of a 4-byte length and that many bytes: AES-256-GCM
over at most 1 MiB, nonce = frame number, authenticated data = whether it is the last frame. The key is scrypt
(n=2^15, r=8, p=1) of the passphrase.
"""

from __future__ import annotations

import os
from io import BufferedIOBase, BufferedReader, RawIOBase
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from bangfu.config.backups.errors import BackupError

MAGIC = b"BANGFU1\n"
FRAME_BYTES = 1 << 20
_SALT_BYTES = 16
_LAST, _MORE = b"last", b"more"


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


class SealingWriter(BufferedIOBase):
    """A writable file that seals what it is given; ``close`` writes the last frame."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        salt = os.urandom(_SALT_BYTES)
        target.write(MAGIC + salt)
        self._target, self._cipher, self._number = target, _cipher(passphrase, salt), 0
        self._pending = bytearray()

    def writable(self) -> bool:
        """It is written to."""
        return True

    def write(self, data: object) -> int:
        """Take ``data`` in; whole frames go out at once, the last one with ``close``."""
        view = memoryview(data)  # type: ignore[arg-type]
        self._pending += view
        while len(self._pending) > FRAME_BYTES:
            self._frame(bytes(self._pending[:FRAME_BYTES]), _MORE)
            del self._pending[:FRAME_BYTES]
        return view.nbytes

    def close(self) -> None:
        """Write the last frame, once."""
        if not self.closed:
            self._frame(bytes(self._pending), _LAST)
        super().close()

    def _frame(self, plain: bytes, kind: bytes) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number), plain, kind)
        self._target.write(len(sealed).to_bytes(4, "big") + sealed)
        self._number += 1


class OpeningReader(RawIOBase):
    """A readable file that opens a sealed one; BackupError for a wrong passphrase or a damaged file."""

    def __init__(self, source: BufferedReader, passphrase: str) -> None:
        if source.read(len(MAGIC)) != MAGIC:
            raise BackupError("这不是帮扶的备份文件。请换一个文件。")
        self._source, self._cipher = source, _cipher(passphrase, source.read(_SALT_BYTES))
        self._number, self._plain, self._ended = 0, b"", False

    def readable(self) -> bool:
        """It is read from."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill ``buffer``; 0 at the end of a whole stream."""
        while not self._plain and not self._ended:
            self._next()
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        part, self._plain = self._plain[: len(view)], self._plain[len(view) :]
        view[: len(part)] = part
        return len(part)

    def _next(self) -> None:
        length = int.from_bytes(self._source.read(4), "big")
        sealed = self._source.read(length)
        if not length or len(sealed) != length or length > FRAME_BYTES + 16:
            raise BackupError("备份文件不完整，可能没有拷完。什么也没有恢复；请换一份。")
        self._ended = not self._source.peek(1)
        try:
            kind = _LAST if self._ended else _MORE
            self._plain = self._cipher.decrypt(_nonce(self._number), sealed, kind)
        except InvalidTag as error:
            raise BackupError(
                "口令不对，或者备份文件损坏。什么也没有恢复；请核对口令，或换一份备份。"
            ) from error
        self._number += 1

"""The encrypted stream of a backup: what goes in comes out, and nothing damaged comes out."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.config.backups.errors import BackupError
from bangfu.config.backups.sealed import FRAME_BYTES, OpeningReader, SealingWriter


def sealed(data: bytes, passphrase: str = "正确的口令-2026") -> bytes:
    target = io.BytesIO()
    with SealingWriter(target, passphrase) as writer:
        writer.write(data)
    return target.getvalue()


def opened(data: bytes, passphrase: str = "正确的口令-2026") -> bytes:
    return OpeningReader(io.BufferedReader(io.BytesIO(data)), passphrase).readall()


@pytest.mark.parametrize("size", [0, 1, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 3 * FRAME_BYTES + 7])
def test_comes_back_as_it_was(size: int) -> None:
    data = bytes(index % 251 for index in range(size))
    assert opened(sealed(data)) == data


def test_in_many_small_pieces() -> None:
    target = io.BytesIO()
    with SealingWriter(target, "正确的口令-2026") as writer:
        for piece in (b"ab", b"", b"c", b"defg"):
            writer.write(piece)
    assert opened(target.getvalue()) == b"abcdefg"


def test_plain_text_does_not_stand_in_it() -> None:
    assert b"530999" not in sealed(b"530999" * 1000)


def test_a_wrong_passphrase_opens_nothing() -> None:
    with pytest.raises(BackupError, match="口令不对"):
        opened(sealed(b"data"), "错误的口令-2026")


def test_another_file_is_named_as_such() -> None:
    with pytest.raises(BackupError, match="不是帮扶的备份"):
        opened(b"PK\x03\x04 something else entirely")


SAMPLE = sealed(b"x" * (FRAME_BYTES + 10))


@given(st.integers(0, len(SAMPLE) - 1))
@settings(max_examples=40, deadline=None)
def test_a_cut_is_found(length: int) -> None:
    with pytest.raises(BackupError):
        opened(SAMPLE[:length])


@given(st.integers(8, len(SAMPLE) - 1), st.integers(1, 255))
@settings(max_examples=40, deadline=None)
def test_a_changed_byte_is_found(position: int, difference: int) -> None:
    damaged = bytearray(SAMPLE)
    damaged[position] ^= difference
    with pytest.raises(BackupError):
        opened(bytes(damaged))


def test_frames_in_another_order_are_found() -> None:
    whole = sealed(b"a" * FRAME_BYTES + b"b" * FRAME_BYTES + b"c")
    head, size = 8 + 16, FRAME_BYTES + 16 + 4
    swapped = whole[:head] + whole[head + size : head + 2 * size] + whole[head : head + size]
    with pytest.raises(BackupError):
        opened(swapped + whole[head + 2 * size :])

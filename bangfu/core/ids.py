"""Identifiers that may be seen: UUIDv7, ordered by time, for addresses, interfaces and offline creation."""

from __future__ import annotations

import secrets
import time
import uuid


def uid7_texts(count: int) -> list[str]:
    """So many UUIDv7 of this moment, as 32 hexadecimal digits: for rows written by the hundred thousand.

    They are given in their order, so that an index takes them one behind the other.
    """
    stamp = f"{time.time_ns() // 1_000_000 & (2**48 - 1):012x}7"
    drawn = secrets.token_hex(10 * count)
    return sorted(
        stamp + drawn[at : at + 3] + "89ab"[int(drawn[at + 3], 16) & 3] + drawn[at + 4 : at + 19]
        for at in range(0, 20 * count, 20)
    )


def uid7(milliseconds: int | None = None) -> uuid.UUID:
    """A UUIDv7 (RFC 9562); ``milliseconds`` since 1970 is the present when not given."""
    stamp = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    value = (stamp & (2**48 - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)

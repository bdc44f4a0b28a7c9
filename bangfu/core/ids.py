"""Identifiers that may be seen: UUIDv7, ordered by time, for addresses, interfaces and offline creation."""

from __future__ import annotations

import secrets
import time
import uuid


def uid7(milliseconds: int | None = None) -> uuid.UUID:
    """A UUIDv7 (RFC 9562); ``milliseconds`` since 1970 is the present when not given."""
    stamp = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    value = (stamp & (2**48 - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)

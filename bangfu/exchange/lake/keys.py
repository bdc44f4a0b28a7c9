"""Keyed 64-bit marks of what must not lie in the lake: equal texts have equal marks, nothing else is told."""

from __future__ import annotations

from collections.abc import Iterable

from bangfu.access.crypto import indexes_of

ROW, NAME, NAME_BIRTH = "list-row", "list-name", "list-name-birth"
BY_VILLAGE, BY_HEAD, TOWNSHIP = "list-village", "list-head", "list-township"
_HEX_DIGITS = 16
_HALF, _WHOLE = 1 << 63, 1 << 64


def marks_of(purpose: str, texts: Iterable[str | None]) -> list[int | None]:
    """A mark of each text for one purpose; None for none."""
    indexes = indexes_of(purpose, [text or "" for text in texts])
    return [mark_of_index(index) if index else None for index in indexes]


def mark_of_index(index: str) -> int:
    """The first 64 bits of a keyed index, as databases keep whole numbers."""
    number = int(index[:_HEX_DIGITS], 16)
    return number - _WHOLE if number >= _HALF else number


def joined(*parts: object) -> str | None:
    """The parts as one text to mark; None where one of them is missing."""
    return None if None in parts or "" in parts else "\x1f".join(map(str, parts))

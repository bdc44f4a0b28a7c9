"""Places that the writer left open: 20xx 年, a row of X, ××, ____."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.plans.reading.shapes import Mention, Span

_OPEN = re.compile(
    r"20[xX×*○〇?？]{1,2}|(?<![A-Za-z])[xX]{2,}(?![A-Za-z])|×{2,}|[*＊]{2,}|_{2,}|[□○]{2,}|\(\s{2,}\)|[?？]{2,}|待定|待补充|某某"
)

_WIDTH = 8


def find_questions(even: str, span: Span) -> Iterator[Mention]:
    """What is left open in a stretch of the text, with a few words around it."""
    for found in _OPEN.finditer(even, span.start, span.end):
        yield Mention(
            Span(found.start(), found.end()),
            around(even[: span.end], found.start(), found.end(), floor=span.start),
            "原文没有写明",
        )


def around(text: str, start: int, end: int, *, floor: int = 0) -> str:
    """A find with some letters on either side, on one line, from ``floor`` on."""
    return " ".join(text[max(floor, start - _WIDTH) : end + _WIDTH].split())

"""Where headings begin: 第一章, 一、（一）1. （1）①, at a line's start or after a title on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bangfu.plans.reading.shapes import Span

ITEM = 5
"""From this level on, numbered points are parts of a task rather than tasks of their own."""

_CN = "[一二三四五六七八九十百]"
_KINDS: tuple[tuple[int, str], ...] = (
    (1, rf"第{_CN}+[篇编部]分?[\s、:]*"),
    (2, rf"第(?:{_CN}+|\d+)章[\s、:]*|篇\s*\d+\s*:"),
    (3, rf"{_CN}+\s*、(?!\s*[一二三四]?(?:至[一二三四])?季度|[一二三四]级|二产|三产|二三产)"),
    (3, rf"第{_CN}+节[\s、:]*"),
    (4, rf"\(\s*{_CN}+\s*\)[、.]?"),
    (4, rf"第(?:{_CN}+|\d+)条[\s、:]*"),
    (5, r"\d{1,3}\s*(?:、|\.(?!\d)|\.(?=20\d\d\s*年))\s*(?!\d+\s*[-、月号日])"),
    (5, rf"(?:任务|承诺|事项|实事|项目|行动|工程)\s*(?:{_CN}+|\d{{1,3}})\s*[:、.]"),
    (6, r"\(\s*\d{1,2}\s*\)[、.]?|\d{1,2}\)"),
    (7, r"[①-⑳]\s*"),
)
_LINE = re.compile(
    r"(?:^|(?<=\n))[ \t\u3000]*(?:[#>*•·●■◆-]+\s*)?(?P<mark>"
    + "|".join(f"(?P<k{i}>{p})" for i, (_, p) in enumerate(_KINDS))
    + ")"
)
_INLINE = re.compile(
    r"(?P<before>[\s。;):])(?P<mark>"
    + "|".join(f"(?P<k{i}>{p})" for i, (_, p) in enumerate(_KINDS) if _KINDS[i][0] not in (1, 7))
    + ")"
)
_TITLE_LONGEST = 40


@dataclass(frozen=True)
class Mark:
    """A heading's number: its level (1 the highest) and its letters."""

    level: int
    span: Span


def find_marks(even: str) -> list[Mark]:
    """Every heading's number, in order."""
    marks = [_mark(found) for found in _LINE.finditer(even)]
    marks += [_mark(found) for found in _INLINE.finditer(even) if _after_title(even, found)]
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda each: (each.span.start, -each.span.end)):
        if not kept or mark.span.start >= kept[-1].span.end:
            kept.append(mark)
    return kept


def _mark(found: re.Match[str]) -> Mark:
    kind = next(i for i in range(len(_KINDS)) if found.groupdict().get(f"k{i}"))
    return Mark(_KINDS[kind][0], Span(found.start("mark"), found.end("mark")))


def _after_title(even: str, found: re.Match[str]) -> bool:
    """Whether a number in the middle of a line follows a short heading there, or begins a new sentence."""
    line = even[even.rfind("\n", 0, found.start()) + 1 : found.start() + 1]
    if found["before"] in "。;":
        return _LINE.match(line) is not None or len(line) > 1
    short = len(line.strip()) <= _TITLE_LONGEST and not re.search("[,。;:]", line)
    return short and _LINE.match(line) is not None


def lines(text: str, span: Span) -> Iterator[Span]:
    """The lines of a stretch, without their ends."""
    start = span.start
    for part in text[span.start : span.end].splitlines(keepends=True):
        yield Span(start, start + len(part.rstrip("\r\n")))
        start += len(part)

"""One shape for characters that mean the same, letter by letter, so that places in the text stay put."""

from __future__ import annotations

_FROM = "[]（）：；，．％［］【】｛｝—–－‐―～〜﹣＋／｜〔〕\u00a0"
_TO = "()():;,.%()(){}--------+/|()\u0020"
_SAME = {ord(a): b for a, b in zip(_FROM, _TO, strict=True)}
_WIDE_CODES = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_WIDE = {code: chr(code - 0xFEE0) for code in _WIDE_CODES}


def evened(text: str) -> str:
    """The text with full-width letters, brackets and dashes made even; as long as it was."""
    return text.translate(_WIDE | _SAME)


def unwrapped(text: str) -> str:
    """The text with line ends as blanks, so that a wrapped date or amount reads as one."""
    return text.replace("\r", " ").replace("\n", " ")

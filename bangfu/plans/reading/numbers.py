"""Numbers as plans write them: 1,200, 35.96, 三百五十, 3—5."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
CHINESE = r"[一二两三四五六七八九十][一二两三四五六七八九十百千万亿零〇]*"
NUMBER = rf"(?:{DIGITS}|{CHINESE})"
RANGE = rf"(?P<low>{NUMBER})(?:\s*(?:-|至|到)\s*(?P<high>{NUMBER}))?"

_ONES = {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}


def number(words: str) -> Decimal:
    """The value of figures or Chinese numerals; raises ValueError for letters that make no number."""
    plain = words.replace(",", "")
    if re.fullmatch(r"\d+(\.\d+)?", plain):
        return Decimal(plain)
    return Decimal(_chinese(plain))


def _chinese(words: str) -> int:
    for letter in ("亿", "万"):
        head, found, tail = words.rpartition(letter)
        if found:
            return (_below_myriad(head) or 1) * _MYRIADS[letter] + _below_myriad(tail)
    return _below_myriad(words)


def _below_myriad(words: str) -> int:
    total = pending = 0
    for letter in words:
        if letter in _TENS:
            total += (pending or 1) * _TENS[letter]
            pending = 0
        elif letter in _ONES:
            pending = pending * 10 + _ONES[letter]
        else:
            raise ValueError(f"“{words}”不是一个数。")
    return total + pending

"""The leak scanner: what must never stand in anything public, found in text, PDF, Word and Excel.

Found are ID numbers of 18 and 15 digits (full width, spaced, in Chinese numerals, split over cells),
disability certificates, bank accounts, phones, addresses, words on health, and whatever the caller knows
(``known``).A finding never repeats the secret: it shows its ends only.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from bangfu.documents import leak_numbers, leak_words
from bangfu.documents.leak_text import text_of


class LeakKind(Enum):
    """What was found, as the list for the writer names it."""

    ID = "身份证号"
    CERTIFICATE = "残疾人证号"
    BANK = "银行账号"
    PHONE = "电话号码"
    NUMBER = "很长的号码"
    ADDRESS = "住址"
    ILLNESS = "健康状况"
    KNOWN = "不能公开的信息"


@dataclass(frozen=True)
class Leak:
    """One finding: its kind, the line (from 1), its two ends, and the part of a paper where it is known."""

    kind: LeakKind
    line: int
    shown: str
    where: str = ""

    def sentence(self) -> str:
        """As the list before publishing says it."""
        return f"{self.where or f'第 {self.line} 行'}有{self.kind.value}“{self.shown}”"


def scan_for_leaks(
    content: str | bytes, known: Iterable[str] = (), allowed: Iterable[str] = (), *, illness: bool = True
) -> list[Leak]:
    """Every leak in a text or a file, by line; an empty list means that nothing was found.

    ``known``: texts that must not appear (names of minors, an address); ``allowed``: the offices' own phones;
    ``illness``: False for a general text about nobody. Raises UnreadableContent for a file without text, such
    as a picture: then a person has to look.
    """
    text = plain(content if isinstance(content, str) else text_of(content))
    for each in allowed:
        text = text.replace(plain(each), "") if each.strip() else text
    found = list(_found(text, [plain(each) for each in known if each.strip()], illness))
    breaks = [index for index, each in enumerate(text) if each == "\n"]
    ordered = sorted(found, key=lambda each: (each[1], each[2]))
    leaks = [
        Leak(kind, bisect_left(breaks, begin) + 1, _ends(text[begin:end])) for kind, begin, end in ordered
    ]
    return list(dict.fromkeys(leaks))


def plain(text: str) -> str:
    """Width, invisible characters and Chinese digits made alike; one character stays one line break."""
    wide = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n"))
    visible = "".join(each for each in wide if unicodedata.category(each) != "Cf")
    return leak_numbers.without_chinese_numerals(visible)


def _found(text: str, known: list[str], illness: bool) -> Iterator[tuple[LeakKind, int, int]]:
    for name, begin, end in leak_numbers.numbers_in(text):
        yield LeakKind[name], begin, end
    for name, begin, end in leak_words.words_in(text):
        if illness or name != "ILLNESS":
            yield LeakKind[name], begin, end
    for each in known:
        begin = text.find(each)
        while begin >= 0:
            yield LeakKind.KNOWN, begin, begin + len(each)
            begin = text.find(each, begin + 1)


def _ends(secret: str) -> str:
    """The two ends of a secret; a short one is its first character only."""
    bare = "".join(secret.split())
    return f"{bare[:3]}***{bare[-2:]}" if len(bare) > 7 else f"{bare[:1]}***" if len(bare) > 3 else bare

"""Numbers that belong to a person: ID cards, disability certificates, bank accounts, phones.

Digits may be broken by blanks, dashes, cell and line borders: neighbouring groups are put together again, and
what they give is judged: in one piece by its form, out of several pieces by check digits too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from stdnum import luhn

from bangfu.tabular.identity import check_id

Found = tuple[str, int, int]
"""Kind (a name of LeakKind), begin and end in the text."""

_GROUP = re.compile(r"\d+[Xx]?|[Xx]")
_BETWEEN = re.compile(r"[\s|·.,_、/-]{1,6}")
_WIDEST = 22 * 4  # digits of a certificate with separators between
_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?<!\d)\(?0\d{2,3}\)?[ -]?[2-8]\d{6,7}(?!\d)")
_CALLED = re.compile(r"(?:电话|手机|联系方式|联系号码)[^\d\n]{0,6}([2-9]\d{6,7})(?!\d)")
_CHINESE = re.compile(r"[〇零一二三四五六七八九]{7,}")
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")


def numbers_in(text: str) -> Iterator[Found]:
    """Every personal number in a text that was made plain before."""
    for run in _runs(text):
        yield from _in_run(text, run)
    for found in _LANDLINE.finditer(text):
        yield "PHONE", *found.span()
    for found in _CALLED.finditer(text):
        yield "PHONE", *found.span(1)


def without_chinese_numerals(text: str) -> str:
    """Long rows of Chinese numerals as digits; years and counts in words stay."""
    return _CHINESE.sub(lambda found: found[0].translate(_CHINESE_DIGITS), text)


def _runs(text: str) -> Iterator[list[tuple[int, int]]]:
    """Groups of digits with nothing but separators between them."""
    run: list[tuple[int, int]] = []
    for group in _GROUP.finditer(text):
        if run and not _BETWEEN.fullmatch(text, run[-1][1], group.start()):
            yield run
            run = []
        run.append(group.span())
    if run:
        yield run


def _in_run(text: str, run: list[tuple[int, int]]) -> Iterator[Found]:
    """IDs among neighbouring groups first, then what the groups left over make; a group is told once."""
    told: set[int] = set()
    for judge in (_identity, _account):
        for first in range(len(run)):
            for last in range(first, len(run)):
                begin, end = run[first][0], run[last][1]
                if told & set(range(first, last + 1)) or end - begin > _WIDEST:
                    break
                pieces = [text[start:stop] for start, stop in run[first : last + 1]]
                if kind := judge(pieces, "\n" not in text[begin:end]):
                    told |= set(range(first, last + 1))
                    yield kind, begin, end
                    break


def _identity(pieces: list[str], one_line: bool) -> str | None:
    """In one piece its form suffices, for a mistyped ID is a leak too; in several the check digit decides."""
    whole = "".join(pieces).upper()
    if len(pieces) == 1:
        if len(whole) in (20, 22) and _looks_like_id(whole[:18]):
            return "CERTIFICATE"
        return "ID" if _looks_like_id(whole) else None
    if len(whole) in (18, 20, 22) and check_id(whole[:18]).problem is None:
        return "ID" if len(whole) == 18 else "CERTIFICATE"
    old = one_line and [len(each) for each in pieces] in ([6, 6, 3], [6, 9], [1] * 15)
    return "ID" if old and _looks_like_id(whole) else None


def _account(pieces: list[str], one_line: bool) -> str | None:
    """A phone or an account, in one piece or in the groups people write them in."""
    whole = "".join(pieces)
    lengths = [len(each) for each in pieces]
    single = len(pieces) == 1
    grouped = one_line and (set(lengths) == {1} or set(lengths[:-1]) == {4})
    if _MOBILE.fullmatch(whole) and (single or (one_line and lengths in ([3, 4, 4], [1] * 11))):
        return "PHONE"
    if 16 <= len(whole) <= 19 and (single or grouped) and luhn.is_valid(whole):
        return "BANK"
    return "NUMBER" if single and len(whole) >= 15 else None


def _looks_like_id(digits: str) -> bool:
    """18 or 15 digits with a province and a day in place; a wrong check digit is a leak all the same."""
    if len(digits) == 18 and digits[:17].isdigit():
        day = digits[6:14]
    elif len(digits) == 15 and digits.isdigit():
        day = "19" + digits[6:12]
    else:
        return False
    return bool(_PROVINCES.match(digits)) and _is_day(day)


def _is_day(eight: str) -> bool:
    try:
        born = date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return False
    return 1850 <= born.year <= 2100

"""Chinese ID numbers: repairing how they were typed, and checking them.

Source: GB 11643 (18 characters, check digit ISO 7064 MOD 11-2); disability numbers are the ID and two digits
(category, level), or four with a re-issue mark (command_line.md section 3).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from stdnum.cn import ric

from bangfu.tabular.marks import Repair
from bangfu.tabular.text import halfwidth, strip_spaces

# The first two digits of GB/T 2260: provinces, autonomous regions, municipalities, special regions.
_PROVINCES_BY_REGION = "11-15 21-23 31-37 41-46 50-54 61-65 71 81-83"
PROVINCES = frozenset(
    str(code) for span in _PROVINCES_BY_REGION.split() for code in range(int(span[:2]), int(span[-2:]) + 1)
)

_TEXT_PREFIX = re.compile(r"^(?:[’‘'`]|=?\"|=)|\"$")
_FIFTEEN = re.compile(r"^\d{15}$")
_EIGHTEEN = re.compile(r"^\d{17}[\dX]$")
_DISABILITY = re.compile(r"^(\d{17}[\dX])(?:[1-7][1-4](?:[A-Z]\d|\d{2})?)?$")
_FLOAT = re.compile(r"^[+-]?\d(?:\.\d+)?[eE]\+?\d+$|^\d{15,}\.\d+$")

#: A number with more digits than this has lost some of them in a spreadsheet.
EXACT_DIGITS = 15


class Checked(NamedTuple):
    """What an ID number says. ``problem`` is None for a valid one, else what is wrong first."""

    problem: str | None  # length | province | birth_date | check_digit
    birth_date: dt.date | None
    sex: str | None  # male | female

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.problem is None


def lost_digits(cell: object) -> bool:
    """Whether a cell of an identity column went through a float and lost digits.

    True for a number of more than 15 digits (whatever it prints as) and for a text such as ``4.10602E+17``.
    """
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int | float | Decimal):
        return not math.isfinite(cell) or abs(cell) >= 10**EXACT_DIGITS or cell != int(cell)
    return isinstance(cell, str) and bool(_FLOAT.match(repair_number(cell)[0]))


def repair_number(text: str) -> tuple[str, Repair]:
    """A number as it should have been typed, and what was mended; "" for a blank.

    Full-width characters, white space, text prefixes, lower-case letters.
    """
    done = Repair(0)
    half = halfwidth(text)
    if half != text:
        done |= Repair.FULLWIDTH_ID
    bare = strip_spaces(half)
    if not bare:
        return "", Repair(0)
    if bare != half:
        done |= Repair.WHITESPACE_ID
    unquoted = _TEXT_PREFIX.sub("", bare)
    if unquoted != bare:
        done |= Repair.TEXT_PREFIX_ID
    upper = unquoted.upper()
    return upper, done | Repair.LOWERCASE_X if upper != unquoted else done


def repair_id(text: str) -> tuple[str, Repair]:
    """An ID as it should have been typed, and what was mended; "" for a blank.

    As :func:`repair_number`; 15 digits become 18, and of a disability number the ID is taken. What does not
    look like an ID is returned without further repair.
    """
    number, done = repair_number(text)
    inside = id_of_certificate(number)
    if inside is not None and inside != number:
        return inside, done | Repair.DISABILITY_NUMBER
    if _FIFTEEN.match(number) and _date(f"19{number[6:12]}"):
        return _upgrade(number), done | Repair.ID_15_TO_18
    return number, done


def id_of_certificate(number: str) -> str | None:
    """The ID in a repaired disability number (its first 18 characters); None if it is none."""
    match = _DISABILITY.match(number)
    return match.group(1) if match else None


@lru_cache(maxsize=1 << 19)  # a county's people, each checked for roster and lists
def check_id(number: str) -> Checked:
    """Check a repaired ID: length, province, birth date, check digit, in this order."""
    if not _EIGHTEEN.match(number):
        return Checked("length", None, None)
    if number[:2] not in PROVINCES:
        return Checked("province", None, None)
    born = _date(number[6:14])
    if born is None:
        return Checked("birth_date", None, None)
    if ric.calc_check_digit(number) != number[17]:
        return Checked("check_digit", None, None)
    return Checked(None, born, "male" if int(number[16]) % 2 else "female")


def _upgrade(fifteen: str) -> str:
    body = f"{fifteen[:6]}19{fifteen[6:]}"
    return body + str(ric.calc_check_digit(body + "0"))


@lru_cache(maxsize=1 << 16)  # people are born on some thirty thousand days
def _date(eight: str) -> dt.date | None:
    try:
        return dt.date(int(eight[:4]), int(eight[4:6]), int(eight[6:8]))
    except ValueError:
        return None

"""Synthetic ID numbers: valid by GB 11643, of a county code that does not exist, so never a real person's."""

from __future__ import annotations

import datetime as dt
from operator import mul

#: Region code of the invented county; Yunnan has no 530999.
COUNTY_CODE = "530999"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_SEQUENCES = 500  # of each sex and birth date


def check_digit(body: str) -> str:
    """The 18th character for the first 17 (ISO 7064 MOD 11-2)."""
    return _CHECK[sum(map(mul, _WEIGHTS, map(int, body))) % 11]


def id_number(born: dt.date, sequence: int, prefix: str = COUNTY_CODE) -> str:
    """An ID of a birth date and a three-digit sequence (odd for men, even for women)."""
    body = f"{prefix}{born:%Y%m%d}{sequence:03d}"
    return body + check_digit(body)


class IdPool:
    """Hands out IDs that no other township of the county hands out."""

    def __init__(self, township: int, townships: int) -> None:
        self._first = township
        self._step = townships
        self._next: dict[tuple[dt.date, bool], int] = {}

    def take(self, born: dt.date, male: bool) -> tuple[dt.date, str]:
        """A fresh ID; where a day's numbers are used up, of the day before (the birth date moves with it)."""
        while (half := self._next.get((born, male), self._first)) >= _SEQUENCES:
            born -= dt.timedelta(days=1)
        self._next[born, male] = half + self._step
        return born, id_number(born, 2 * half + int(male))


def fifteen_digits(number: str) -> str | None:
    """The old 15-digit form of an ID; None for people born outside 1900–1999.

    None too where the check digit is wrong: without it the number would be right again.
    """
    right = number[6:8] == "19" and number[17] == check_digit(number[:17])
    return number[:6] + number[8:17] if right else None


def wrong_check_digit(number: str) -> str:
    """The ID with another check digit than the right one."""
    return number[:17] + ("1" if number[17] != "1" else "2")


def impossible_birth(number: str) -> str:
    """The ID with 31 February as birth date and a check digit that fits it."""
    body = number[:10] + "0231" + number[14:17]
    return body + check_digit(body)


def no_such_province(number: str) -> str:
    """The ID with first two digits that are no province and a check digit that fits."""
    body = "99" + number[2:17]
    return body + check_digit(body)


def one_digit_short(number: str) -> str:
    """The ID with a digit left out."""
    return number[:9] + number[10:]


def disability_number(number: str, category: int, level: int, reissue: int = 0) -> str:
    """A disability number: the ID, category 1–7, level 1–4, and ``B1`` … where it was issued again."""
    return f"{number}{category}{level}" + (f"B{reissue}" if reissue else "")

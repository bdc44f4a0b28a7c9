"""Telephone numbers: stored encrypted, found by a keyed index of their digits."""

from __future__ import annotations

import re

from bangfu.access.crypto import index_of
from bangfu.tabular.text import halfwidth

PURPOSE = "phone"
_OTHERS = re.compile("[^0-9]+")


def phone_index(phone: str) -> str:
    """The keyed index of a number's digits, so that ``138 0000-2051`` and ``13800002051`` are the same."""
    return index_of(PURPOSE, phone_digits(phone))


def phone_digits(phone: str) -> str:
    """Its ASCII digits, without the country code 86."""
    digits = _OTHERS.sub("", halfwidth(phone))
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits

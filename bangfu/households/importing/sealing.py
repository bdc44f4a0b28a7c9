"""Numbers and telephones of a roster, encrypted and indexed before anything is locked."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from bangfu.access.crypto import encrypt, indexes_of
from bangfu.access.models.identity import TAIL, TAIL_LENGTH, WHOLE
from bangfu.core.ids import uid7
from bangfu.households.phones import PURPOSE, phone_digits

_KEY_BITS = 63


def number_indexes(numbers: Sequence[str]) -> list[str]:
    """The keyed index of each number; empty for none."""
    return indexes_of(WHOLE, numbers)


def tail_indexes(numbers: Sequence[str]) -> list[str]:
    """The keyed index of each number's last four characters."""
    return indexes_of(TAIL, [number[-TAIL_LENGTH:] for number in numbers])


def phone_indexes(phones: Sequence[str]) -> list[str]:
    """The keyed index of each telephone's digits."""
    return indexes_of(PURPOSE, [phone_digits(phone) if phone else "" for phone in phones])


def sealed(texts: Sequence[str]) -> list[str]:
    """Each text encrypted; empty stays empty."""
    return [encrypt(text) for text in texts]


def person_keys(count: int) -> list[int]:
    """Random keys of new identities."""
    return [secrets.randbits(_KEY_BITS) for _ in range(count)]


def uids(count: int) -> list[str]:
    """New identifiers, as 32 hexadecimal digits, which both databases take."""
    return [uid7().hex for _ in range(count)]

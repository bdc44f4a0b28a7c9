"""The keyed indexes of a roster's numbers and telephones."""

from __future__ import annotations

from collections.abc import Sequence

from bangfu.access.crypto import indexes_of
from bangfu.access.models.identity import TAIL, TAIL_LENGTH, WHOLE
from bangfu.households.phones import PURPOSE, phone_digits


def number_indexes(numbers: Sequence[str]) -> list[str]:
    """The keyed index of each number; empty for none."""
    return indexes_of(WHOLE, numbers)


def tail_indexes(numbers: Sequence[str]) -> list[str]:
    """The keyed index of each number's last four characters."""
    return indexes_of(TAIL, [number[-TAIL_LENGTH:] for number in numbers])


def phone_indexes(phones: Sequence[str]) -> list[str]:
    """The keyed index of each telephone's digits; empty for none."""
    return indexes_of(PURPOSE, [phone_digits(phone) if phone else "" for phone in phones])

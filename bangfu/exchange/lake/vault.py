"""Numbers of lists in the identity vault: each has a random key, also of people who are in no register."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence

from django.db import connection

from bangfu.access.crypto import TAIL, TAIL_LENGTH, indexes_of
from bangfu.access.models import Identity
from bangfu.screening.linking.register import random_keys

_AT_ONCE = 5_000


def keys_for(numbers: Mapping[str, str]) -> dict[str, int]:
    """The key of each number (by index); unknown numbers are kept, a few thousand at a time.

    A killed run leaves numbers without a row in any list; the next one finds them. Two runs at once may give
    one number two keys: whoever links goes by the number's index, so neither is wrong.
    """
    known = _known(numbers)
    for part in _parts([index for index in numbers if index not in known]):
        keys = random_keys(len(part))
        Identity.objects.bulk_create(_identities(part, keys, numbers))
        known |= dict(zip(part, keys, strict=True))
    return known


def _identities(
    indexes: Sequence[str], keys: Sequence[int], numbers: Mapping[str, str]
) -> Iterator[Identity]:
    plain = [numbers[index] for index in indexes]
    tails = indexes_of(TAIL, [number[-TAIL_LENGTH:] for number in plain])
    for key, index, number, tail in zip(keys, indexes, plain, tails, strict=True):
        yield Identity(person_key=key, id_number=number, id_index=index, tail_index=tail)


def _known(indexes: Collection[str]) -> dict[str, int]:
    """The vault's key of each index it knows."""
    table = Identity._meta.db_table
    found: dict[str, int] = {}
    for part in _parts(list(indexes)):
        listed = "= ANY(%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
        parameter = part if connection.vendor == "postgresql" else json.dumps(part)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id_index, min(person_key) FROM {table} WHERE id_index {listed} GROUP BY id_index",
                [parameter],
            )
            found |= dict(cursor.fetchall())
    return found


def _parts(indexes: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(indexes), _AT_ONCE):
        yield indexes[start : start + _AT_ONCE]

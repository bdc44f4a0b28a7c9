"""Keeping computed due items: only what differs from the rows that are there is written.

Hundreds of thousands of rows come in one computation, so they go to the database in bulk, past the models:
by COPY on PostgreSQL, by one prepared statement on SQLite.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection

from bangfu.duties.computing.schedules import Slot
from bangfu.duties.computing.whole import Key, Value
from bangfu.duties.models import DueItem

_TABLE = DueItem._meta.db_table
_KEY = ("template_id", "holder_id", "target_id", "window_start")
_VALUE = ("place", "owed", "needed", "done", "first_done_on", "last_done_on")
_DATES = ("window_end", "remind_on", "due_on")
_PIECE, _READ = 900, 10_000


def store(
    items: Mapping[Key, Value],
    slots: Mapping[tuple[int, date], Slot],
    first: date,
    holders: Collection[int] | None = None,
) -> int:
    """Make the rows of windows that begin from ``first`` say ``items``; how many were written or deleted.

    With ``holders`` only their rows are looked at.
    """
    left = dict(items)
    gone, changed = [], []
    for pk, key, value in _rows(first, holders):
        wanted = left.pop(key, None)
        if wanted is None:
            gone.append(pk)
        elif wanted != value:
            changed.append((*wanted, pk))
    _delete(gone)
    _update(changed)
    _insert(left.items(), slots)
    return len(gone) + len(changed) + len(left)


def update_counts(items: Sequence[DueItem]) -> None:
    """Write what some items now need and have."""
    DueItem.objects.bulk_update(items, ["needed", "done", "first_done_on", "last_done_on"], _PIECE)


def _rows(first: date, holders: Collection[int] | None) -> Iterator[tuple[int, Key, Value]]:
    """The rows as they are, read past the models: there are hundreds of thousands."""
    columns = ", ".join(("id", *_KEY, *_VALUE))
    of = ""
    these: list[Any] = [first, *(holders or ())]
    if holders is not None:
        of = f" AND holder_id IN ({', '.join(['%s'] * len(holders))})"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {_TABLE} WHERE window_start >= %s{of}", these)
        while rows := cursor.fetchmany(_READ):
            for pk, template, holder, target, start, place, owed, needed, done, one, last in rows:
                key = Key(template, holder, target, start)
                yield pk, key, Value(place, owed, needed, done, one, last)


def _delete(pks: Iterable[int]) -> None:
    for piece in _pieces(pks):
        DueItem.objects.filter(pk__in=piece).delete()


def _update(rows: list[tuple[Any, ...]]) -> None:
    if rows:
        sets = ", ".join(f"{column} = %s" for column in _VALUE)
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {_TABLE} SET {sets} WHERE id = %s", rows)


def _insert(items: Iterable[tuple[Key, Value]], slots: Mapping[tuple[int, date], Slot]) -> None:
    columns = ", ".join((*_KEY, *_VALUE, *_DATES))
    rows: Iterator[tuple[Any, ...]] = (
        (*key, *value, *_dates(slots[key.template, key.start])) for key, value in items
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {_TABLE} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * (len(_KEY) + len(_VALUE) + len(_DATES)))
        cursor.executemany(f"INSERT INTO {_TABLE} ({columns}) VALUES ({marks})", list(rows))


def _dates(slot: Slot) -> tuple[date, date, date]:
    return slot.window.end, slot.remind_on, slot.due_on


def _pieces(pks: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(pks)
    while piece := list(islice(rest, _PIECE)):
        yield piece

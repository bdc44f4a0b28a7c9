"""Which typed column of the table holds which column of a ledger, and which of its rows are the ledger's.

Slots are given out in the order of the published versions, and never given to another column: a row written
under an old version stays readable, and a column that is left out and taken in again finds its values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from django.db import connection
from django.db.models import Q

from bangfu.county_ledgers.definition.model import Book, BookColumn
from bangfu.county_ledgers.definition.reading import read_book
from bangfu.county_ledgers.models import KEYS, SLOTS, LedgerVersion, Shelf


class NoRoom(ValueError):
    """A ledger has had more columns of a family than the table holds, or a column changed its family."""


def slots_for(code: str, text: str = "") -> dict[str, str]:
    """The slot of each column of a ledger, also of those that later versions left out.

    ``text`` is one more version that is not published yet, or a shipped one that nobody used. Raises NoRoom.
    """
    return slots_of({code: text})[code]


def slots_of(ledgers: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """``slots_for`` of several ledgers: by code, the one more version of each or nothing. Raises NoRoom."""
    texts = LedgerVersion.objects.filter(code__in=list(ledgers), published_at__isnull=False)
    known: dict[str, list[str]] = {code: [] for code in ledgers}
    for code, text in texts.order_by("published_at", "id").values_list("code", "text"):
        known[code].append(text)
    for code, text in ledgers.items():
        if text and text not in known[code]:
            known[code].append(text)
    return {code: dict(_slots(tuple(found))) for code, found in known.items()}


def columns_for(code: str) -> list[BookColumn]:
    """Every column that a published version ever had, the newest wording of each."""
    texts = LedgerVersion.objects.filter(code=code, published_at__isnull=False)
    found: dict[str, BookColumn] = {}
    for text in texts.order_by("published_at", "id").values_list("text", flat=True):
        found |= {column.id: column for column in read_book(text).columns}
    return list(found.values())


VILLAGE = 12
"""Digits of a village's code: few enough rows for the index of places to be the shorter way."""


def rows_on_shelf(code: str, places: Iterable[str]) -> Q:
    """The rows of a ledger for readers of some places.

    By their keys: a wide reader passes over the ledger's own rows in the order in which they lie, on
    PostgreSQL in its own part of the table. Naming the code too lets the index of places be used. PostgreSQL
    knows when to, SQLite would do so always, row by row, ten times slower over a county (ADR 0019).
    """
    number = Shelf.objects.filter(code=code).values_list("pk", flat=True).first()
    if number is None:
        return Q(pk__in=())
    lying = Q(pk__gt=KEYS * number, pk__lt=KEYS * (number + 1))
    narrow = all(len(place) >= VILLAGE for place in places)
    return lying & Q(code=code) if narrow or connection.vendor == "postgresql" else lying


@lru_cache(maxsize=256)
def _slots(texts: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for book in map(read_book, texts):
        for column in book.columns:
            _give(given, book, column)
    return given


def _give(given: dict[str, str], book: Book, column: BookColumn) -> None:
    family = column.kind.family
    slot = given.get(column.id)
    if slot is not None:
        if not slot.startswith(family):
            raise NoRoom(f"列“{column.title}”（{column.id}）原来是另一种值，不能改种类：请换一个列编号。")
        return
    free = _free(SLOTS[family], list(given.values()))
    if free is None:
        raise NoRoom(
            f"“{book.title}”的历次版本一共用了 {len(SLOTS[family])} 个 {family} 类的列，"
            f"放不下“{column.title}”。"
        )
    given[column.id] = free


def _free(names: Sequence[str], taken: Sequence[str]) -> str | None:
    return next((name for name in names if name not in taken), None)

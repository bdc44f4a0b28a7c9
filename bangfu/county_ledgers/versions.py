"""Versions of definitions: the shipped ones, the one that holds in a place, and all ledgers there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bangfu.access.versioned_texts import keep_shipped, newest_of_all, newest_own, texts_in, unreadable_of
from bangfu.core.errors import SituationForbids
from bangfu.county_ledgers.definition.model import Book
from bangfu.county_ledgers.definition.reading import WrongBook, read_book
from bangfu.county_ledgers.enums import DefinitionState
from bangfu.county_ledgers.models import LedgerVersion
from bangfu.screening.catalogue.definitions import other_code

_SHIPPED = Path(__file__).parent / "definitions"


@dataclass(frozen=True)
class Held:
    """A ledger as it holds in a place; ``version`` is None for a shipped text that nobody used yet.

    ``retired``: it holds no longer; its rows are read and not written.
    """

    book: Book
    text: str
    version: LedgerVersion | None
    retired: bool = False


def shipped_texts() -> dict[str, str]:
    """The definitions that the software brings, by code, in the order of their names."""
    return texts_in(_SHIPPED)


def checked_book(text: str, code: str) -> Book:
    """The ledger that a text defines as a version of ``code``; raises WrongBook with every mistake."""
    book = read_book(text)
    if code and book.id != code:
        raise WrongBook([other_code(text, book.id, "这本台账", code)])
    return book


def book_of(version: LedgerVersion) -> Book:
    """The parsed definition of a published version."""
    return read_book(version.text)


def held_in(code: str, place: str) -> Held | None:
    """The ledger of a code as it holds in a place: the county's newest, else the shipped one.

    None as well for a county's own that can no longer be read, see ``unreadable_in``.
    """
    return _held(code, newest_own(LedgerVersion, code, place))


def _held(code: str, version: LedgerVersion | None) -> Held | None:
    if version is not None:
        try:
            return Held(read_book(version.text), version.text, version)
        except WrongBook:
            return None
    text = shipped_texts().get(code)
    return Held(read_book(text), text, None) if text else None


def all_held(place: str) -> list[Held]:
    """Every ledger that holds in a place, by title."""
    own = newest_of_all(LedgerVersion, place)
    found = (_held(code, own.get(code)) for code in sorted({*shipped_texts(), *own}))
    return sorted((one for one in found if one is not None), key=lambda one: one.book.title)


def retired_in(place: str, codes: Iterable[str] = ()) -> list[Held]:
    """The ledgers around a place that hold no longer, each as last published; of ``codes``, or of all."""
    around = [place[:length] for length in range(len(place) + 1)]
    rows = LedgerVersion.objects.filter(state=DefinitionState.RETIRED, is_shipped=False, place__in=around)
    rows = rows.filter(code__in=codes) if codes else rows
    # A draft that was dropped without having been published has no rows.
    rows = rows.filter(published_at__isnull=False).order_by("place", "number")
    last = {row.code: row for row in rows}
    own = newest_of_all(LedgerVersion, place)
    gone = [row for code, row in sorted(last.items()) if code not in own and code not in shipped_texts()]
    return [Held(book_of(row), row.text, row, retired=True) for row in gone]


def unreadable_in(place: str) -> list[tuple[LedgerVersion, list[str]]]:
    """What should hold in a place and can no longer be read, with its mistakes."""
    return unreadable_of(LedgerVersion, place, read_book)


def version_for(*, at: datetime, held: Held) -> LedgerVersion:
    """The version as a row; the shipped one is put down when it is first used. Inside an open recording.

    Raises SituationForbids when somebody published in the same moment.
    """
    if held.version is not None:
        return held.version
    book = held.book
    found = keep_shipped(LedgerVersion, at, code=book.id, title=book.title, text=held.text)
    if found is None:
        raise SituationForbids("这本台账刚有人发布新版，什么都没有改动。请再试一次。")
    return found

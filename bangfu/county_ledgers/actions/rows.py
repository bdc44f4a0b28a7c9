"""Rows of a ledger: recorded, edited, moved to another state, removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bangfu.access.models import User
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change, Region, Subject
from bangfu.county_ledgers.definition.model import Book
from bangfu.county_ledgers.models import LedgerRow
from bangfu.county_ledgers.policies import (
    check_enters,
    check_state,
    check_told_apart,
    check_unrepeated,
    written_columns,
)
from bangfu.county_ledgers.storage import slots_for
from bangfu.county_ledgers.values import check_values
from bangfu.county_ledgers.versions import Held, book_of, version_for
from bangfu.households.actions.locking import current
from bangfu.households.models import Household, Member


@dataclass(frozen=True)
class Whom:
    """What a row is about: always a place and a name, and whom of the register."""

    region: Region
    who: str
    household: Household | None = None
    member: Member | None = None

    @property
    def place(self) -> str:
        """The code by which the row is seen: the household's, else the region's."""
        return self.household.place if self.household else self.region.code

    def subject(self) -> Subject | None:
        """The subject of the register, if there is one."""
        if self.member is not None:
            return self.member.subject
        return self.household.subject if self.household else None


def record_row(*, by: User, at: datetime, held: Held, whom: Whom, values: Mapping[str, Any]) -> LedgerRow:
    """Keep a new row. Money is in fen, a month its first day.

    Raises NotPermitted, ValuesRefused, SituationForbids for a value that must be unique and is there.
    """
    book = held.book
    check_enters(by, book, whom.place)
    slots = slots_for(book.id, held.text)
    kept = _checked(by, book, slots, whom.place, {}, values, None)
    with recording(by=by, at=at, verb="record_row") as change:
        row = LedgerRow(code=book.id, definition=version_for(at=at, held=held), **_about(whom))
        row.state = book.states[0][0] if book.states else ""
        _put(row, slots, kept)
        check_told_apart(book, row, slots)
        row.save()
        _note(by, at, "record_row", row, change)
    return row


def edit_row(
    *, by: User, at: datetime, held: Held, row: LedgerRow, version: int, values: Mapping[str, Any]
) -> LedgerRow:
    """Change a row; it is then one of the version that holds now.

    Raises NotPermitted, StaleVersion, ValuesRefused, SituationForbids.
    """
    book = held.book
    check_enters(by, book, row.place)
    slots = slots_for(book.id, held.text)
    with recording(by=by, at=at, verb="edit_row") as change:
        locked = current(row, version, "这一行")
        before = {one.id: getattr(locked, slots[one.id]) for one in book.columns}
        _put(locked, slots, _checked(by, book, slots, locked.place, before, values, locked.pk))
        locked.definition = version_for(at=at, held=held)
        if any(before[id] != getattr(locked, slots[id]) for id in book.key or ()):
            check_told_apart(book, locked, slots)
        locked.save()
        _note(by, at, "edit_row", locked, change)
    return locked


def move_row(*, by: User, at: datetime, row: LedgerRow, version: int, state: str) -> LedgerRow:
    """Bring a row to the next state; raises NotPermitted, StaleVersion, SituationForbids."""
    book = book_of(row.definition)
    check_enters(by, book, row.place)
    with recording(by=by, at=at, verb="move_row") as change:
        locked = current(row, version, "这一行")
        check_state(book, locked.state, state)
        locked.state = state
        locked.save()
        _note(by, at, "move_row", locked, change)
    return locked


def remove_row(*, by: User, at: datetime, row: LedgerRow, version: int, reason: str) -> None:
    """Take a row that should not be there out; history keeps it. Raises as ``move_row``."""
    check_enters(by, book_of(row.definition), row.place)
    if len(reason.strip()) < 2:
        raise SituationForbids("请写为什么去掉。没有去掉。")
    with recording(by=by, at=at, verb="remove_row", reason=reason) as change:
        locked = current(row, version, "这一行")
        _note(by, at, "remove_row", locked, change)
        locked.delete()


def _about(whom: Whom) -> dict[str, Any]:
    return {
        "place": whom.place,
        "region": whom.region,
        "household": whom.household,
        "member": whom.member,
        "subject": whom.subject(),
        "who": whom.who[:100],
    }


def _checked(
    by: User,
    book: Book,
    slots: Mapping[str, str],
    place: str,
    before: Mapping[str, Any],
    values: Mapping[str, Any],
    beside: int | None,
) -> dict[str, Any]:
    """What is kept: what the person may write, over what was there."""
    own = {column.id: values.get(column.id) for column in written_columns(by, book)}
    kept = {**before, **own}
    check_values(book, kept)
    check_unrepeated(book, place, kept | {f"{id}:slot": slot for id, slot in slots.items()}, beside)
    return kept


def _put(row: LedgerRow, slots: Mapping[str, str], values: Mapping[str, Any]) -> None:
    for id, value in values.items():
        setattr(row, slots[id], None if value == "" else value)


def _note(by: User, at: datetime, verb: str, row: LedgerRow, change: Change) -> None:
    data = {"ledger": row.code, "row": str(row.uid)}
    audit.record(by=by, at=at, verb=verb, subject=row.subject, place=row.place, data=data, change=change)

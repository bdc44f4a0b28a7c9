"""Who sees and enters a ledger and its columns; whether a row fits."""

from __future__ import annotations

from collections.abc import Mapping

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.access.scope import has_permission
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models.region import county_of
from bangfu.county_ledgers.definition.model import Book, BookColumn, Roles
from bangfu.county_ledgers.models import LedgerRow

WHOM = ("region_id", "household_id", "member_id", "who")
"""The fields that say whom a row is about."""
VIEW, RECORD, DEFINE = Permission.LEDGER_VIEW, Permission.LEDGER_RECORD, Permission.LEDGER_DEFINE


def holds(user: User, roles: Roles) -> bool:
    """Whether the user has one of the roles, or none is asked for."""
    return not roles or bool(roles.intersection(user.assignments.values_list("role", flat=True)))


def may_see(user: User, book: Book) -> bool:
    """Whether the ledger is there for the user."""
    return has_permission(user, VIEW) and (holds(user, book.sees | book.enters) if book.sees else True)


def may_enter(user: User, book: Book) -> bool:
    """Whether the user enters rows somewhere."""
    return has_permission(user, RECORD) and may_see(user, book) and holds(user, book.enters)


def seen_columns(user: User, book: Book) -> tuple[BookColumn, ...]:
    """The columns that the user may see."""
    return tuple(column for column in book.columns if holds(user, column.sees))


def written_columns(user: User, book: Book) -> tuple[BookColumn, ...]:
    """The columns that the user may fill."""
    return tuple(column for column in seen_columns(user, book) if holds(user, column.writes))


def check_enters(user: User, book: Book, place: str) -> None:
    """Raise NotPermitted unless the user enters rows of the ledger in the place."""
    require(user, RECORD, place)
    if not may_enter(user, book):
        raise NotPermitted(f"“{book.title}”由别的岗位登记，没有存。")


def check_unrepeated(book: Book, place: str, filters: dict[str, object], beside: int | None) -> None:
    """Raise SituationForbids when another row of the county has the value of a column that is unique."""
    for column in (one for one in book.columns if one.unique):
        value = filters.get(column.id)
        if value in (None, ""):
            continue
        rows = LedgerRow.objects.filter(code=book.id, place__startswith=county_of(place))
        if rows.filter(**{str(filters[f"{column.id}:slot"]): value}).exclude(pk=beside).exists():
            raise SituationForbids(f"“{column.title}”是“{value}”的已经有一行，没有再存。请核对，或改那一行。")


def check_told_apart(book: Book, row: LedgerRow, slots: Mapping[str, str]) -> None:
    """Raise SituationForbids when another row about the same has the same key; a ledger may have none."""
    if book.key is None:
        return
    about = {name: getattr(row, name) for name in WHOM}
    key = {slots[id]: getattr(row, slots[id]) for id in book.key}
    if LedgerRow.objects.filter(code=book.id, **about, **key).exclude(pk=row.pk).exists():
        titles = "、".join(column.title for column in book.columns if column.id in book.key)
        said = f"{titles}一样的" if titles else "这样的"
        raise SituationForbids(f"“{row.who}”{said}已经有一行，没有再存。请核对，或改那一行。")


def check_state(book: Book, before: str, after: str) -> None:
    """Raise SituationForbids unless the state leads to the other one."""
    following = dict(book.states).get(before, ())
    if after not in following:
        raise SituationForbids(f"现在是“{before}”，不能转为“{after}”。")

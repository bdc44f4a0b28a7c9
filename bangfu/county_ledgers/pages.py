"""The page of a defined ledger: a ``Ledger`` made from its definition for one person."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.county_ledgers.definition.model import Book, BookColumn
from bangfu.county_ledgers.enums import ColumnKind
from bangfu.county_ledgers.importing.committer import LEDGERS as TABLES
from bangfu.county_ledgers.models import LedgerRow
from bangfu.county_ledgers.policies import DEFINE, RECORD, VIEW, may_enter, seen_columns
from bangfu.county_ledgers.queries import ledger_read, rows_of
from bangfu.county_ledgers.storage import columns_for, slots_for
from bangfu.county_ledgers.versions import Held
from bangfu.ledgers.definition import (
    Choices,
    Column,
    Filter,
    FilterKind,
    HeadAction,
    Ledger,
)
from bangfu.ledgers.definition import (
    ColumnKind as Shown,
)

PREFIX = "county_ledger:"
_SHOWN: dict[ColumnKind, Shown] = {
    ColumnKind.NUMBER: "number",
    ColumnKind.MONEY: "money",
    ColumnKind.DATE: "date",
    ColumnKind.MONTH: "month",
    ColumnKind.YES_NO: "bool",
    ColumnKind.CHOICE: "tag",
}
_FILTERS: dict[ColumnKind, FilterKind] = {
    ColumnKind.NUMBER: "range",
    ColumnKind.MONEY: "money",
    ColumnKind.DATE: "day",
    ColumnKind.MONTH: "month",
    ColumnKind.YES_NO: "bool",
    ColumnKind.CHOICE: "choice",
}


def county_ledger(held: Held, user: User) -> Ledger:
    """The page of a ledger as the user may read it."""
    book = held.book
    slots = slots_for(book.id, held.text)
    columns = seen_columns(user, book)
    enters = may_enter(user, book) and not held.retired
    sort = book.column(book.sort.removeprefix("-"))
    return Ledger(
        id=f"{PREFIX}{book.id}",
        address=reverse("county_ledger_page", args=[book.id]),
        title=book.title,
        lead=_lead(held),
        permission=VIEW,
        rows=lambda asker: rows_of(asker, book.id),
        columns=(
            *_own_columns(book),
            *(_column(one, slots) for one in columns),
            *_left_out(book, user, slots),
        ),
        filters=_filters(book, columns, slots),
        default_sort=book.sort if sort in columns else "-pk",
        row_url=lambda row: reverse("ledger_row", args=[row.uid]),
        search=_search(columns, slots),
        search_label=f"查{book.about.label}、文字",
        print_title=book.print_title,
        actions=_actions(held, enters),
        empty="还没有登记。点“登记一行”。" if enters else "还没有登记。",
    )


def found_ledger(id: str, user: User) -> Ledger | None:
    """The ledger of an id for saved views and exports; raises Http404 for one that is not the user's."""
    if not id.startswith(PREFIX):
        return None
    return county_ledger(ledger_read(user, id.removeprefix(PREFIX)), user)


def _lead(held: Held) -> str:
    book = held.book
    unproved = "" if book.grade == "官" else "（依据未核实）"
    retired = "这本台账已经停用，登记过的只能看、查、导出。" if held.retired else ""
    return f"{retired}{book.help} 依据：{book.basis}{unproved}".strip()


def _own_columns(book: Book) -> tuple[Column, ...]:
    who = Column("who", book.about.label, "who", sort="who")
    region = Column("region", "地方", "region.name", sort="place", default=not book.about.is_region)
    state = Column("state", "状态", "state", kind="tag", sort="state")
    return (who, region, state) if book.states else (who, region)


def _column(one: BookColumn, slots: Mapping[str, str], **more: Any) -> Column:
    slot = slots[one.id]
    kind = _SHOWN.get(one.kind, "text")
    title = one.title if kind == "money" else one.heading
    classified = one.classified if one.classified.name == "HEALTH" else None
    more = {"default": one.shown, "total": one.total} | more
    value = partial(_number, slot) if kind == "number" else slot
    return Column(one.id, title, value, kind=kind, sort=slot, classified=classified, help=one.help, **more)


def _number(slot: str, row: LedgerRow) -> Decimal | None:
    """A number without the zeros that its column pads it with."""
    number: Decimal | None = getattr(row, slot)
    return None if number is None else Decimal(f"{number.normalize():f}")


def _left_out(book: Book, user: User, slots: Mapping[str, str]) -> tuple[Column, ...]:
    """Columns of earlier versions: kept and hidden, for whoever picks them."""
    now = {column.id for column in book.columns}
    titles = {column.title for column in book.columns}
    old = [one for one in columns_for(book.id) if one.id not in now]
    return tuple(
        _column(one, slots, default=False, total=False)
        for one in seen_columns_of(old, user)
        if one.title not in titles
    )


def seen_columns_of(columns: list[BookColumn], user: User) -> list[BookColumn]:
    """Those of the columns that the user may see."""
    held = set(user.assignments.values_list("role", flat=True))
    return [one for one in columns if not one.sees or one.sees & held]


def _filters(book: Book, columns: tuple[BookColumn, ...], slots: Mapping[str, str]) -> tuple[Filter, ...]:
    found = [
        Filter(one.id, one.title, _FILTERS.get(one.kind, "text"), field=slots[one.id], choices=_choices(one))
        for one in columns
        if one.filter
    ]
    if book.states:
        found.insert(0, Filter("state", "状态", choices=[(name, name) for name, _ in book.states]))
    return tuple(found)


def _choices(column: BookColumn) -> Choices | None:
    return [(word, word) for word in column.options] if column.kind is ColumnKind.CHOICE else None


def _search(columns: tuple[BookColumn, ...], slots: Mapping[str, str]) -> Any:
    words = [slots[one.id] for one in columns if one.kind.family == "word"]

    def search(rows: QuerySet, text: str) -> QuerySet:
        asked = Q(who__icontains=text)
        for slot in words:
            asked |= Q(**{f"{slot}__icontains": text})
        return rows.filter(asked)

    return search


def _actions(held: Held, enters: bool) -> tuple[HeadAction, ...]:
    book = held.book
    found = [HeadAction("定义", "ledger_definition", DEFINE, "file-text", arguments=(book.id,))]
    if enters:
        table = HeadAction(
            "导入", "upload_into", Permission.IMPORT, "upload", arguments=(TABLES.id_of(book.id),)
        )
        entry = HeadAction("登记一行", "record_row", RECORD, "plus", primary=True, arguments=(book.id,))
        found = [entry, table, *found]
    return tuple(found)

"""What the files of households and villages show of this room: their rows in all ledgers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits, within
from bangfu.core.models import Region
from bangfu.county_ledgers.definition.model import Book
from bangfu.county_ledgers.enums import About
from bangfu.county_ledgers.models import LedgerRow
from bangfu.county_ledgers.policies import RECORD, VIEW, may_enter, may_see, seen_columns
from bangfu.county_ledgers.queries import home_of, values_of
from bangfu.county_ledgers.values import shown
from bangfu.county_ledgers.versions import all_held, book_of, retired_in
from bangfu.households.models import Household
from bangfu.households.queries.recorded import rows_recorded
from bangfu.households.showing.villages import VillagePart
from bangfu.households.tabs import FileTab

_SHOWN = 4
"""Columns of a row that the tab tells; the row's own page tells all."""


def load_ledgers(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """Each ledger's rows about the household, today or as recorded then, and what may be entered."""
    rows = rows_recorded(_rows(household, user)[0], recorded_at, gone={"household_id": household.pk})
    told = [(row, book) for row in rows if may_see(user, book := book_of(row.definition))]
    return {
        "told": [(row, book, _words(user, row, book)) for row, book in told],
        "count": len(told),
        "enterable": _enterable(household, user) if recorded_at is None else [],
    }


def _words(user: User, row: LedgerRow, book: Book) -> str:
    values = values_of(row, book)
    said = [(one.title, shown(one, values.get(one.id))) for one in seen_columns(user, book)]
    return "；".join(f"{title} {text}" for title, text in said[: 2 * _SHOWN] if text)


def _enterable(household: Household, user: User) -> list[Book]:
    if not permits(user, RECORD, household.place):
        return []
    books = (held.book for held in all_held(home_of(user)))
    return [one for one in books if one.about.is_in_register and may_enter(user, one)]


def _rows(household: Household, user: User) -> tuple[QuerySet[LedgerRow]]:
    rows: QuerySet[LedgerRow] = LedgerRow.objects.visible_to(user, Permission.LEDGER_VIEW)
    return (rows.filter(household=household).select_related("definition"),)


def load_village_ledgers(village: Region, user: User) -> dict[str, Any] | None:
    """Each ledger with its rows in the village, and those about villages in which the user may enter."""
    rows = LedgerRow.objects.visible_to(user, VIEW).filter(within("place", village.code)).order_by()
    counts = dict(rows.values_list("code").annotate(Count("pk")))
    home = home_of(user)
    seen = [one for one in [*all_held(home), *retired_in(home)] if may_see(user, one.book)]
    told = [(one.book, counts[one.book.id]) for one in seen if counts.get(one.book.id)]
    enters = permits(user, RECORD, village.code)
    entered = [one.book for one in seen if enters and not one.retired and may_enter(user, one.book)]
    enterable = [book for book in entered if book.about is About.VILLAGE]
    if not told and not enterable:
        return None
    return {"told": told, "rows": sum(count for _, count in told), "enterable": enterable}


VILLAGE_LEDGERS = VillagePart("county_ledgers/village_part.html", VIEW, load_village_ledgers)
LEDGERS = FileTab("ledgers", "台账", "county_ledgers/household_tab.html", VIEW, load_ledgers, counted=_rows)

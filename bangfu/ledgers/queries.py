"""Reading one page of a ledger in a pinned number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Model, QuerySet, Sum
from django.http import QueryDict

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import scope_q
from bangfu.core.counts import count_together
from bangfu.ledgers.definition import Column, Ledger
from bangfu.ledgers.forms import condition_form, narrowed
from bangfu.ledgers.models import SavedView

PAGE_SIZE = 50
LAST_PAGE = 200
"""Pages beyond this are not turned to: nobody reads row 10,001, and skipping rows costs time."""


class BoundedPaginator(Paginator):
    """Pages over a known number of rows, up to ``LAST_PAGE``."""

    def __init__(self, count: int) -> None:
        super().__init__((), PAGE_SIZE)
        self.count = count

    @property
    def num_pages(self) -> int:
        """The number of pages one can turn to, at least one."""
        return min(max(1, -(-self.count // PAGE_SIZE)), LAST_PAGE)


@dataclass(frozen=True)
class LedgerPage:
    """Fifty rows, how many there are in all, and the sums of the totalled columns (by column id)."""

    page: Page
    rows: list[Any]
    totals: dict[str, Any]

    @property
    def is_cut(self) -> bool:
        """Whether there are rows on no page."""
        return self.page.paginator.count > LAST_PAGE * PAGE_SIZE


def read_page(
    ledger: Ledger, user: User, rows: QuerySet, columns: Sequence[Column], sort: str, number: int
) -> LedgerPage:
    """Page ``number`` of ``rows`` sorted by ``sort`` (a key of the address): three queries, one if none."""
    totals, count = totals_of(rows, columns)
    paginator = BoundedPaginator(count)
    page = paginator.page(min(max(number, 1), paginator.num_pages))
    keys = _keys(rows, ordering(ledger, sort), page.number) if count else []
    # 带着条件取行：条件给行添上的值（如按月算的月数）才在
    return LedgerPage(page, _in_order(rows, keys), totals)


def totals_of(rows: QuerySet, columns: Sequence[Column]) -> tuple[dict[str, Any], int]:
    """The sums of the totalled columns by column id, and the number of rows; one query."""
    summed = rows.order_by().aggregate(bangfu_count=Count("pk"), **_sums(columns))
    count = summed["bangfu_count"]
    return {column.id: summed[_sum_name(column)] for column in columns if column.total}, count


def _sums(columns: Sequence[Column]) -> dict[str, Sum]:
    return {_sum_name(column): Sum(column.field) for column in columns if column.total}


def _sum_name(column: Column) -> str:
    return f"sum_{column.id}"


def _keys(rows: QuerySet, order: tuple[str, ...], number: int) -> list[Any]:
    """Sort keys alone: sorting whole rows of a county would carry every column through the sorter."""
    start = (number - 1) * PAGE_SIZE
    return list(rows.order_by(*order).values_list("pk", flat=True)[start : start + PAGE_SIZE])


def _in_order(rows: QuerySet, keys: list[Any]) -> list[Model]:
    if not keys:
        return []
    found = {row.pk: row for row in rows.filter(pk__in=keys).order_by()}
    return [found[key] for key in keys if key in found]


def ordering(ledger: Ledger, sort: str) -> tuple[str, ...]:
    """The fields to sort by; a key that is no sortable column gives the ledger's own order.

    A column may sort by a field turned round, as age by the day of birth.
    """
    key = sort if _sortable(ledger, sort) else ledger.default_sort
    column = ledger.column(key.removeprefix("-"))
    field = column.sort if column and column.sort else key.removeprefix("-")
    down = key.startswith("-") != field.startswith("-")
    field, sign = field.removeprefix("-"), "-" if down else ""
    return (f"{sign}pk",) if field == "pk" else (f"{sign}{field}", f"{sign}pk")


def _sortable(ledger: Ledger, sort: str) -> bool:
    column = ledger.column(sort.removeprefix("-"))
    return bool(column and column.sort)


def preset_counts(ledger: Ledger, user: User) -> dict[str, int]:
    """How many rows lie behind each preset view (and, under "", behind no condition); one query."""
    sets = {}
    for id, _, query in (("", "", ""), *ledger.views):
        form = condition_form(ledger, user, QueryDict(query), None)
        sets[id] = narrowed(ledger, ledger.rows(user), form)
    return count_together(sets)


def exportable(ledger: Ledger, user: User, rows: QuerySet) -> QuerySet:
    """Those of ``rows`` that lie where the user may export."""
    if not ledger.place_field:
        return rows
    return rows.filter(scope_q(rows.model, user, Permission.EXPORT, ledger.place_field))


def saved_views(user: User, ledger: Ledger) -> list[SavedView]:
    """The user's own views of a ledger, by name."""
    return list(SavedView.objects.filter(user=user, ledger=ledger.id))

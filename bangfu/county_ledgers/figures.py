"""The numbers that a defined ledger gives, each of which opens its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.county_ledgers.definition.counting import STATE
from bangfu.county_ledgers.definition.model import Book, BookMetric, Condition
from bangfu.county_ledgers.enums import ColumnKind
from bangfu.county_ledgers.models import LedgerRow
from bangfu.county_ledgers.policies import VIEW, may_see, seen_columns
from bangfu.county_ledgers.queries import home_of, rows_of
from bangfu.county_ledgers.storage import slots_of
from bangfu.county_ledgers.versions import all_held
from bangfu.ledgers.forms import NO, YES
from bangfu.metrics.registry import Metric, MetricShelf, list_of

_PREFIX = "ledger-"
_YES = "是"


def metrics_for(user: User) -> Iterator[Metric]:
    """The metrics of the ledgers that are there for the user, of columns that the user sees."""
    held = [one for one in all_held(home_of(user)) if one.book.metrics and may_see(user, one.book)]
    slots = slots_of({one.book.id: one.text for one in held})
    for book in (one.book for one in held):
        seen = {STATE, *(column.id for column in seen_columns(user, book))}
        for one in book.metrics:
            if _named(one) <= seen:
                yield _metric(book, slots[book.id], one)


METRICS = MetricShelf(_PREFIX, metrics_for)


def metric_id(code: str, metric: str) -> str:
    """The id under which the metric of a ledger is known."""
    return f"{_PREFIX}{code}-{metric}"


def _named(one: BookMetric) -> set[str]:
    """The columns that it looks at."""
    return {name for name, _ in (*one.where, *(one.of or ()))} | ({one.sum} if one.sum else set())


def _metric(book: Book, slots: Mapping[str, str], one: BookMetric) -> Metric:
    whole, of = one.where, None
    if one.of is not None:
        whole = tuple(dict([*one.of, *one.where]).items())
        unit = "元" if one.sum else "条"
        part_of = replace(one, id=f"{one.id}-of", title=f"{one.title}：分母", unit=unit)
        of = _counted(book, slots, part_of, one.of, None)
    return _counted(book, slots, one, whole, of)


def _counted(
    book: Book,
    slots: Mapping[str, str],
    one: BookMetric,
    conditions: Sequence[Condition],
    ratio_of: Metric | None,
) -> Metric:
    def rows(user: User, place: str, on: date | None) -> QuerySet[LedgerRow]:
        wanted = {slots.get(name, name): _kept(book, name, word) for name, word in conditions}
        return rows_of(user, book.id).filter(**wanted)

    asked = {f"f_{name}": _asked(book, name, word) for name, word in conditions}
    return Metric(
        id=metric_id(book.id, one.id),
        label=one.title,
        unit=one.unit,
        definition=f"台账“{book.title}”：{one.help}",
        permission=VIEW,
        rows=rows,
        list_url=list_of("county_ledger_page", asked, book.id),
        ratio_of=ratio_of,
        group_of="条",
        sum_of=slots[one.sum] if one.sum else "",
    )


def _kept(book: Book, name: str, word: str) -> str | bool:
    """The word as the table holds it."""
    return word == _YES if _is_yes_no(book, name) else word


def _asked(book: Book, name: str, word: str) -> str:
    """The word as the page's filter asks for it."""
    return (YES if word == _YES else NO) if _is_yes_no(book, name) else word


def _is_yes_no(book: Book, name: str) -> bool:
    column = book.column(name)
    return column is not None and column.kind is ColumnKind.YES_NO

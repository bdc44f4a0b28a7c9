"""Sums over the ledger by year of the notice, up to a day (C-032, C-086, C-145)."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import within
from bangfu.core.parameters import value
from bangfu.funds.enums.figures import FlowKind
from bangfu.funds.enums.funds import EntryKind
from bangfu.funds.models import Entry, FundSource
from bangfu.projects.enums.admission import SourceKind

_VIEW = Permission.FUND_VIEW
_ALLOCATED = Q(kind__in=(EntryKind.ALLOCATED, EntryKind.REPLANNED))
_RECEIVED = Q(kind=EntryKind.RECEIVED)
_CENTRAL = Q(source__kind=SourceKind.CENTRAL)
_FLOWS = {
    FlowKind.RECEIVED: _RECEIVED,
    FlowKind.ALLOCATED: _ALLOCATED,
    FlowKind.PAID: Q(kind__in=(EntryKind.PAID, EntryKind.PAID_HOUSEHOLD, EntryKind.REVERSED)),
    FlowKind.HOUSEHOLD: Q(kind=EntryKind.PAID_HOUSEHOLD)
    | Q(kind=EntryKind.REVERSED, reverses__kind=EntryKind.PAID_HOUSEHOLD),
    FlowKind.INDUSTRY: _ALLOCATED & Q(project__category__startswith="industry."),
    FlowKind.INDUSTRY_BASE: _ALLOCATED,
    FlowKind.MANAGEMENT: _ALLOCATED & Q(project__category__startswith="management."),
    FlowKind.MANAGEMENT_BASE: _RECEIVED,
    FlowKind.COUNTY: _RECEIVED & Q(source__kind=SourceKind.COUNTY),
}
_CENTRAL_BY = {
    FlowKind.INDUSTRY: "fund_industry_central",
    FlowKind.INDUSTRY_BASE: "fund_industry_central",
    FlowKind.MANAGEMENT: "fund_management_central",
    FlowKind.MANAGEMENT_BASE: "fund_management_central",
}
"""The parameter that says whether only central money counts."""


def ruled(year: int | None = None) -> list[tuple[str, int, date]]:
    """(place, year, day whose parameters hold) of all sources: each goes by its county and year."""
    rows = FundSource.objects.order_by().values_list("place", "year").distinct()
    found = rows if year is None else rows.filter(year=year)
    return [(place, of, date(of, 12, 31)) for place, of in sorted(found)]


def condition(kind: FlowKind, year: int | None = None) -> Q:
    """What an entry with a source (of a year) is, to be counted in a sum."""
    found = _FLOWS[kind]
    if kind in _CENTRAL_BY:
        counted = _CENTRAL
        for place, of, day in ruled(year):
            if not value(_CENTRAL_BY[kind], on=day, place=place):
                counted |= Q(source__place=place, source__year=of)
        found &= counted
    return found


def entries_of_year(user: User, place: str, on: date) -> QuerySet[Entry]:
    """The entries of money of the notices of the year of ``on``, up to that day, within reach and place.

    ``opens_source`` says whether this person may open the source: a county's is not its townships'.
    """
    rows: QuerySet[Entry] = Entry.objects.visible_to(user, _VIEW)
    rows = rows.filter(source__year=on.year, on__lte=on)
    return rows.filter(within("place", place)) if place else rows


def with_opens(rows: QuerySet[Entry], user: User) -> QuerySet[Entry]:
    """Entries that say whether this person may open their source."""
    opens = Exists(FundSource.objects.visible_to(user, _VIEW).filter(pk=OuterRef("source")))
    return rows.annotate(opens_source=opens).select_related("source", "project")


def flow_rows(kind: FlowKind, user: User, place: str, on: date) -> QuerySet[Entry]:
    """The entries that a sum is made of."""
    return entries_of_year(user, place, on).filter(condition(kind, on.year))


_BY_PROJECT = (FlowKind.INDUSTRY, FlowKind.INDUSTRY_BASE, FlowKind.MANAGEMENT)


def flow_sums(user: User, place: str, on: date) -> dict[FlowKind, int]:
    """Every sum in fen, in two statements: those that ask for the project's category read few entries."""
    rows = entries_of_year(user, place, on).order_by()
    plain = {kind: condition(kind, on.year) for kind in FlowKind if kind not in _BY_PROJECT}
    about_projects = {kind: condition(kind, on.year) for kind in _BY_PROJECT}
    return {**_summed(rows, plain), **_summed(rows.filter(_ALLOCATED), about_projects)}


def _summed(rows: QuerySet[Entry], conditions: dict[FlowKind, Q]) -> dict[FlowKind, int]:
    sums = {kind.value: Sum("fen", filter=asked, default=0) for kind, asked in conditions.items()}
    found = rows.aggregate(**sums)
    return {kind: found[kind.value] for kind in conditions}


def sums_by_source_kind(user: User, place: str, on: date) -> list[tuple[SourceKind, int, int, int]]:
    """(kind of money, received, allocated, paid) in fen, in the order of the kinds."""
    rows = entries_of_year(user, place, on).order_by().values("source__kind")
    asked = (FlowKind.RECEIVED, FlowKind.ALLOCATED, FlowKind.PAID)
    found = {
        row["source__kind"]: row
        for row in rows.annotate(**{one.value: Sum("fen", filter=_FLOWS[one], default=0) for one in asked})
    }
    return [
        (kind, *(found[kind.value][one.value] for one in asked)) for kind in SourceKind if kind.value in found
    ]


def paid_by_month(user: User, place: str, on: date) -> list[tuple[date, int]]:
    """(first of a month, fen paid by its end), from the first month in which something was paid."""
    rows = entries_of_year(user, place, on).filter(_FLOWS[FlowKind.PAID]).order_by()
    months = rows.annotate(month=TruncMonth("on")).values_list("month").annotate(Sum("fen")).order_by("month")
    whole, found = 0, []
    for month, fen in months:
        whole += fen
        found.append((month, whole))
    return found

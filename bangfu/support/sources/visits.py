"""Which visits satisfy duties: those that stand and met somebody, for the visitor and for their unit.

A county may let those count too that met nobody (a parameter, by the day of the visit).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core import parameters
from bangfu.core.models import Parameter, Region, RegionLevel
from bangfu.core.models.region import CODE_LENGTHS, county_of
from bangfu.duties.registry import Done, Proof
from bangfu.households.models import Household
from bangfu.support.enums.visits import ON_SITE
from bangfu.support.models import Party, Visit

_ABOVE = [CODE_LENGTHS[level] for level in (RegionLevel.CITY, RegionLevel.COUNTY, RegionLevel.TOWNSHIP)]
_PREFIX = "visit:"
_PIECE = 5000
UNMET = "visit_unmet_counts"
"""The parameter by which a county lets visits count that met nobody."""


def household_visits(start: date, end: date, holders: Collection[int] | None) -> Iterable[Done]:
    """Visits to households, also by telephone and in the evening; the target is the household."""
    whose = _Whose(holders)
    rows = whose.among(_standing(start, end).filter(household__isnull=False))
    for pk, on, visitor, unit, household in _counting(rows, "household__subject"):
        for holder in whose.behind(visitor, unit):
            yield Done(holder, household, on, f"{_PREFIX}{pk}")


def village_visits(start: date, end: date, holders: Collection[int] | None) -> Iterable[Done]:
    """Visits that brought somebody into the village, to a household there or not.

    Targets are the village, and the township, county and prefecture above it where they have a subject.
    """
    above, whose = _regions_above(), _Whose(holders)
    rows = whose.among(_standing(start, end).filter(way__in=ON_SITE))
    for pk, on, visitor, unit, village, code in _counting(rows, "village__subject", "village__code"):
        higher = [above[code[:length]] for length in _ABOVE if code[:length] in above]
        for holder in whose.behind(visitor, unit):
            for target in (village, *higher):
                yield Done(holder, target, on, f"{_PREFIX}{pk}")


class _Whose:
    """The subjects behind visitors and units: of some holders, or (None) of all."""

    def __init__(self, holders: Collection[int] | None) -> None:
        parties = Party.objects.all() if holders is None else Party.objects.filter(subject__in=holders)
        known = list(parties.order_by().values_list("user", "unit", "subject"))
        self._people = {user: subject for user, _, subject in known if user is not None}
        self._units = {unit: subject for _, unit, subject in known if unit is not None}
        self._all = holders is None

    def among(self, rows: QuerySet[Visit]) -> QuerySet[Visit]:
        """The visits of these people and units; their numbers are named, so that both indexes serve."""
        if self._all:
            return rows
        return rows.filter(Q(visitor__in=list(self._people)) | Q(unit__in=list(self._units)))

    def behind(self, visitor: int, unit: int | None) -> list[int]:
        """The subjects of the visitor and of the unit, as far as they are asked for."""
        found = (self._people.get(visitor), self._units.get(unit))
        return [subject for subject in found if subject is not None]


def _standing(start: date, end: date) -> QuerySet[Visit]:
    return Visit.objects.filter(on__gte=start, on__lte=end, withdrawn_at=None)


def _counting(rows: QuerySet[Visit], *targets: str) -> Iterator[Any]:
    """Those that met somebody; where the county lets them count on that day, those that met nobody too."""
    fields = ("pk", "on", "visitor", "unit", *targets)
    met = rows.filter(met_somebody=True).order_by().values_list(*fields)
    yield from met.iterator(chunk_size=_PIECE)
    if not Parameter.objects.filter(code=UNMET).exists():
        return  # 没有哪个县改过，随软件带来的是“不算”
    counts = cache(lambda county, on: parameters.value(UNMET, on=on, place=county))
    unmet = rows.filter(met_somebody=False).order_by().values_list("place", *fields)
    for place, *values in unmet.iterator(chunk_size=_PIECE):
        if counts(county_of(place), values[1]):
            yield values


def _regions_above() -> dict[str, int]:
    rows = Region.objects.filter(level__lte=RegionLevel.TOWNSHIP, subject__isnull=False)
    return dict(rows.values_list("code", "subject"))


def visit_url(user: User, target: int | None) -> str:
    """The note of the household that the subject stands for, if it is the person's; else what is theirs."""
    if not has_permission(user, Permission.VISIT_RECORD):
        return ""
    mine = Household.objects.visible_to(user, Permission.VISIT_RECORD)
    household = mine.filter(subject=target).first() if target is not None else None
    return reverse("record_visit", args=[household.uid]) if household else reverse("my_household_list")


def shown_visits(user: User, records: Collection[str]) -> dict[str, Proof]:
    """The visits behind records in words; their page for who may see them."""
    keys = [int(record.removeprefix(_PREFIX)) for record in records]
    rows = Visit.objects.filter(pk__in=keys).select_related("subject", "visitor")
    seen = set(
        Visit.objects.visible_to(user, Permission.VISIT_VIEW).filter(pk__in=keys).values_list("pk", flat=True)
    )
    return {
        f"{_PREFIX}{row.pk}": Proof(
            f"{row.on} {row.visitor.name} {row.get_way_display()}",
            reverse("visit_file", args=[row.uid]) if row.pk in seen else "",
        )
        for row in rows
    }

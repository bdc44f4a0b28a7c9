"""Reading one household, as it is today or as it was recorded at an instant."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from bangfu.core.history import row_at, rows_at, versions_of
from bangfu.core.models import Region
from bangfu.households.enums import MemberState
from bangfu.households.models import Grid, Household, Member, NaturalChange

Named = TypeVar("Named", Region, Grid)


def end_of_day(day: date) -> datetime:
    """The last instant of a day here: "as recorded on" a day means when it was over."""
    return datetime.combine(day, time.max, tzinfo=ZoneInfo(settings.TIME_ZONE))


def household_at(household: Household, recorded_at: datetime | None) -> Household | None:
    """The household as recorded then (not to be saved), itself for None; None when not on record yet."""
    if recorded_at is None:
        return household
    row = row_at(Household, household.pk, recorded_at)
    if row is None:
        return None
    past = Household(**row)
    past.village = _named_then(past.village, recorded_at)
    past.grid = _named_then(past.grid, recorded_at) if past.grid else None
    return past


def _named_then(row: Named, recorded_at: datetime) -> Named:
    """A village or grid as recorded then; as first recorded when that was later than what lies in it."""
    values = row_at(type(row), row.pk, recorded_at) or versions_of(type(row), row.pk)[0].data
    return type(row)(**values)


def members_of(household: Household, recorded_at: datetime | None = None) -> list[Member]:
    """All who are or were in the household, as recorded then: the present first, the head on top."""
    if recorded_at is None:
        found = list(household.members.select_related("identity"))
    else:
        found = _members_at(household, recorded_at)
    return sorted(
        found, key=lambda member: (member.state != MemberState.PRESENT, not member.is_head, member.pk)
    )


def head_of(household: Household, recorded_at: datetime | None = None) -> Member | None:
    """The head, as recorded then; None when nobody is head."""
    heads = [member for member in members_of(household, recorded_at) if member.is_head]
    return heads[0] if heads else None


def _members_at(household: Household, recorded_at: datetime) -> list[Member]:
    """Splits and mergers move people to other households, so the linked ones are looked through as well."""
    candidates = Member.objects.filter(household__in=_linked(household))
    rows = rows_at(candidates, recorded_at, also_gone={"household_id": household.pk})
    return [Member(**row) for row in rows if row["household_id"] == household.pk]


def _linked(household: Household) -> set[int]:
    """The household and every one that splits and mergers tie to it, however far."""
    known, fresh = {household.pk}, {household.pk}
    while fresh:
        ties = NaturalChange.objects.filter(
            Q(household__in=fresh) | Q(other_household__in=fresh), other_household__isnull=False
        ).values_list("household_id", "other_household_id")
        fresh = {pk for tie in ties for pk in tie} - known
        known |= fresh
    return known


def natural_changes_since(household: Household, start: datetime) -> list[NaturalChange]:
    """Natural changes of the household, or that made or swallowed it, entered since an instant."""
    booked = NaturalChange.objects.filter(Q(household=household) | Q(other_household=household))
    return list(booked.filter(change__at__gte=start).select_related("member"))


def regions_above(code: str) -> list[Region]:
    """The county, township, village (and group) that hold a code, from above, for the breadcrumb."""
    codes = [code[:length] for length in (6, 9, 12, 15) if length <= len(code)]
    return list(Region.objects.filter(code__in=codes).order_by("code"))

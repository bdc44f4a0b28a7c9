"""What forms offer: regions, teachers, points, households."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.queries import regions_where
from bangfu.access.scope import within
from bangfu.core.models import Region
from bangfu.core.models.region import county_of
from bangfu.households.enums import HouseholdState
from bangfu.households.models import Household
from bangfu.training.models import ObservationPoint, ServiceOrder, Teacher
from bangfu.training.terms import service_kinds


def regions_for(user: User, permission: Permission) -> QuerySet[Region]:
    """Regions in which the person has the permission, by code, with the one above."""
    return regions_where(user, permission).select_related("parent")


def regions_within(user: User, permission: Permission, place: str) -> QuerySet[Region]:
    """Those of them that lie within a place."""
    return regions_for(user, permission).filter(within("code", place))


def teachers_at(place: str, on: date) -> QuerySet[Teacher]:
    """Teachers of a place, of those below it and of those above it, that are there on the day."""
    return Teacher.objects.filter(_around(place), _in_term(on)).order_by("kind", "name", "pk")


def points_at(place: str, on: date) -> QuerySet[ObservationPoint]:
    """Sample villages and sites around a place that are there on the day."""
    county = county_of(place)
    return ObservationPoint.objects.filter(within("place", county), _in_term(on)).order_by("name", "pk")


def experts_for(order: ServiceOrder, on: date) -> QuerySet[Teacher]:
    """Who usually solves such problems and is there on the day."""
    return teachers_at(order.place, on).filter(kind__in=service_kinds()[order.kind].solved_by)


def households_for(user: User) -> QuerySet[Household]:
    """The present households for which the person may ask, by head: a helper's own."""
    rows = Household.objects.visible_to(user, Permission.SERVICE_ASK)
    return rows.filter(state=HouseholdState.PRESENT).select_related("village").order_by("head_name", "pk")


def _around(place: str) -> Q:
    above = [place[:length] for length in (2, 4, 6, 9, 12) if length < len(place)]
    return within("place", place) | Q(place__in=above)


def _in_term(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))

"""Households that a list names."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import within
from bangfu.households.models import Household


def households_named(user: User, place: str, names: Iterable[str]) -> list[Household]:
    """The households of the place, seen by the person, whose code or head is among ``names``."""
    wanted = list(names)
    rows = Household.objects.visible_to(user, Permission.HOUSEHOLD_VIEW).filter(within("place", place))
    return list(rows.filter(Q(code__in=wanted) | Q(head_name__in=wanted)))

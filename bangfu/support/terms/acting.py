"""For whom a person acts: the own unit only, or a place."""

from __future__ import annotations

from bangfu.access.models import UnitKind, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission, places_of
from bangfu.core.models.region import COUNTY_LENGTH

_OWN_ONLY = (UnitKind.DEPARTMENT, UnitKind.SENDING, UnitKind.OTHER)
"""Digits of a county's code."""


def acts_for_own_only(user: User) -> bool:
    """Whether the person answers in a whole county, but for the own department or helping unit only.

    Who issues orders, and who works in a township or a village, acts for the place.
    """
    if user.unit is None or user.unit.kind not in _OWN_ONLY:
        return False
    everywhere = any(len(place) <= COUNTY_LENGTH for place in places_of(user, Permission.ORDER_ANSWER))
    return everywhere and not has_permission(user, Permission.ORDER_ISSUE)

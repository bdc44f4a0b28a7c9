"""People who may do a step in a place, to choose among."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.queries import current_assignments
from bangfu.access.roles import Reach, role_bundles


def people_with(permission: Permission, place: str, on: date) -> QuerySet[User]:
    """Active people whose role holds the permission in a region around ``place`` on the day."""
    roles = [
        code
        for code, bundle in role_bundles().items()
        if permission in bundle.permissions and bundle.reach is Reach.REGION
    ]
    around = [place[:length] for length in range(len(place) + 1)]
    held = current_assignments(on).filter(role__in=roles, place__in=around)
    return (
        User.objects.filter(is_active=True, pk__in=held.values("user"))
        .select_related("unit")
        .order_by("name", "pk")
    )

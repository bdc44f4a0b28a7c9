"""Who may verify a clue."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.queries import current_assignments
from bangfu.access.roles import role_bundles
from bangfu.monitoring.models import Clue


def verifiers_of(clue: Clue, on: date) -> QuerySet[User]:
    """The active people whose role verifies in the clue's village, or above it, on a day."""
    roles = [role for role, bundle in role_bundles().items() if Permission.CLUE_VERIFY in bundle.permissions]
    above = Q(place=clue.place)
    for length in (12, 9, 6):
        above |= Q(place=clue.place[:length])
    held = current_assignments(on).filter(above, role__in=roles)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name")

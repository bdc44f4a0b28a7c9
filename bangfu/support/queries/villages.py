"""Which villages a person reaches: by place, by a tie that holds today, by a resident team."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import personal_places_of, places_of, within, within_any
from bangfu.core.models import Region, RegionLevel
from bangfu.households.terms import in_term
from bangfu.support.models import TeamMember, Tie


def villages_reached(user: User, permission: Permission) -> QuerySet[Region]:
    """The villages in which ``permission`` holds for ``user``; personal roles hold where they are tied."""
    reached = within_any("code", places_of(user, permission))
    for place in personal_places_of(user, permission):
        reached |= within("code", place) & _tied(user)
    return Region.objects.filter(reached, level=RegionLevel.VILLAGE, valid_to=None)


def _tied(user: User) -> Q:
    return within_any("code", tied_codes(user))


def tied_codes(user: User) -> Iterator[str]:
    """The codes of the regions that the person, or the person's unit, stands for today."""
    today = timezone.localdate()
    holder = Q(party__user=user)
    if user.unit_id is not None:
        holder |= Q(party__unit=user.unit_id)
    ties = Tie.objects.filter(holder, in_term(today), region__isnull=False)
    yield from ties.values_list("region__code", flat=True).distinct()
    members = TeamMember.objects.filter(in_term(today), user=user)
    yield from members.values_list("team__village__code", flat=True).distinct()

"""Reading ties, and who and where may be chosen for one."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, scope_q, within, within_any
from bangfu.core.models import Region, RegionLevel
from bangfu.households.models import Pairing
from bangfu.support.models import Brought, Party, Tie, UnitPost, YearPlan
from bangfu.support.terms.tie_kinds import TieKind

OFFERED = 50
"""How many people or units a page offers at once; more is a matter of typing another letter."""


def near(user: User, permission: Permission, field: str) -> Q:
    """Rows that lie where the person has the permission, or in a region around it."""
    found = Q(pk__in=())
    for place in places_of(user, permission):
        around = [place[:length] for length in range(2, len(place))]
        found |= within(field, place) | Q(**{f"{field}__in": around})
    return found


def holders_for(user: User, kind: TieKind, text: str) -> QuerySet[Any]:
    """The first people or units whose name holds ``text``, where ``user`` manages ties or around."""
    found: QuerySet[Any] = people_for(user, text) if kind.by_person else units_for(user, text)
    if kind.natures:
        found = found.filter(party__nature__in=kind.natures)
    return found.filter(pk__in=list(found.values_list("pk", flat=True)[:OFFERED]))


def people_for(user: User, text: str = "") -> QuerySet[User]:
    """People who are there, where ``user`` manages ties or around."""
    found = User.objects.filter(near(user, Permission.TIE_MANAGE, "unit__place"), is_active=True)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(unit__name__icontains=text))
    return found.select_related("unit").order_by("name", "pk")


def units_for(user: User, text: str = "") -> QuerySet[Unit]:
    """Units in use, where ``user`` manages ties or around."""
    found = Unit.objects.filter(near(user, Permission.TIE_MANAGE, "place"), is_active=True)
    return (found.filter(name__icontains=text) if text else found).order_by("name", "pk")


def targets_for(user: User, kind: TieKind) -> QuerySet[Any]:
    """Regions of the kind's levels (or units) where ``user`` manages ties, by code."""
    if kind.to_unit:
        units = Unit.objects.filter(scope_q(Unit, user, Permission.TIE_MANAGE), is_active=True)
        return units.filter(party__nature__in=kind.natures) if kind.natures else units
    return regions_for(user, *kind.levels)


def regions_for(user: User, *levels: RegionLevel) -> QuerySet[Region]:
    """Today's regions of these levels where ``user`` manages ties, by code."""
    reached = scope_q(Region, user, Permission.TIE_MANAGE, "code")
    rows = Region.objects.filter(reached, level__in=levels, valid_to=None)
    return rows.select_related("parent").order_by("code")


def ties_of(party: Party) -> list[Tie]:
    """What a unit or a person holds or held, open ones first, then the newest."""
    rows = party.ties.select_related("region__parent", "other")
    return sorted(rows, key=lambda tie: (tie.valid_to is not None, -tie.valid_from.toordinal(), tie.pk))


def unit_people_ties(party: Party) -> list[Tie]:
    """Open ties that people of the unit hold."""
    rows = Tie.objects.filter(party__user__unit=party.unit_id, valid_to=None)
    return list(rows.select_related("region__parent", "other", "party__user").order_by("place", "pk"))


def posts_of(party: Party) -> list[UnitPost]:
    """The posts of a unit, those held now first."""
    rows = UnitPost.objects.filter(unit=party.unit_id).select_related("user__party")
    return sorted(rows, key=lambda post: (post.valid_to is not None, -post.valid_from.toordinal(), post.pk))


def plans_of(party: Party) -> list[YearPlan]:
    """A unit's yearly plans, the newest first."""
    return list(party.plans.select_related("region__parent").order_by("-year", "place"))


def brought_by(party: Party) -> list[Brought]:
    """What a unit brought, the newest first; what was withdrawn is among it."""
    return list(party.brought.select_related("region__parent").order_by("-on", "-pk"))


def places_to_record(user: User, party: Party) -> QuerySet[Region]:
    """Where the person writes down what the unit plans and brings: all its places, or those in reach."""
    found = places_stood_for(party)
    own = Party.objects.visible_to(user, Permission.ASSISTANCE_RECORD).filter(pk=party.pk)
    if own.exists():
        return found
    return found.filter(scope_q(Region, user, Permission.ASSISTANCE_RECORD, "code"))


def places_stood_for(party: Party) -> QuerySet[Region]:
    """The regions that a unit stands or stood for, and the villages in them: there it plans and brings."""
    reached = within_any("code", party.ties.exclude(region=None).values_list("place", flat=True).distinct())
    rows = Region.objects.filter(reached, level__lte=RegionLevel.VILLAGE)
    return rows.select_related("parent").order_by("code")


def household_count(user: User, helper: User) -> int:
    """How many households somebody is paired with today, as far as ``user`` may see pairings."""
    rows = Pairing.objects.visible_to(user, Permission.PAIRING_VIEW)
    return int(rows.filter(helper=helper, valid_to=None).count())


def staff_of(party: Party) -> QuerySet[User]:
    """The people of a unit who are there."""
    rows = User.objects.filter(unit=party.unit_id, is_active=True)
    return rows.select_related("unit").order_by("name", "pk")


def units_managed_by(user: User) -> QuerySet[Unit]:
    """Units in use where ``user`` manages ties."""
    rows = Unit.objects.filter(scope_q(Unit, user, Permission.TIE_MANAGE), is_active=True)
    return rows.order_by("name", "pk")

"""Who stands where: county, township, village, each with its units, leaders, officers, advisers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, within
from bangfu.core.models import Region, RegionLevel
from bangfu.households.models import DutyOfficer, GridDuty, Pairing
from bangfu.support.models import TeamMember, Tie
from bangfu.support.terms.tie_kinds import kind_label, tie_kinds


@dataclass
class Place:
    """A region of the tree: who stands there by group, how many helpers help households, what lies below."""

    region: Region
    groups: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    helpers: int = 0
    below: list[Place] = field(default_factory=list)

    @property
    def named(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The groups with their words, in the order in which they were found."""
        return list(self.groups.items())


def townships_in(user: User) -> list[Region]:
    """Counties and townships in reach, with ``tie_count`` of what is tied in them; two statements."""
    reached = Q(pk__in=())
    for place in places_of(user, Permission.TIE_VIEW):
        reached |= within("code", place) | Q(code__in=[place[:9], place[:6]])
    levels = (RegionLevel.COUNTY, RegionLevel.TOWNSHIP)
    return list(Region.objects.filter(reached, level__in=levels, valid_to=None).order_by("code"))


def tree_of(user: User, top: Region) -> Place:
    """A county by itself, or a township with its villages; seven statements however large it is."""
    below = top.level == RegionLevel.TOWNSHIP
    rows = Region.objects.filter(pk=top.pk) | (
        Region.objects.filter(parent=top, level=RegionLevel.VILLAGE, valid_to=None)
        if below
        else Region.objects.none()
    )
    regions = [row for row in rows.order_by("code") if row.pk == top.pk or _sees(user, row)]
    places = {region.code: Place(region) for region in regions}
    _add_ties(places, user)
    _add_teams(places, user)
    _add_officers(places, user)
    _add_grid_workers(places, user)
    _add_helpers(places, user)
    first = places[top.code]
    first.below = [place for code, place in places.items() if code != top.code]
    return first


def _sees(user: User, region: Region) -> bool:
    return any(
        region.code.startswith(place) or place.startswith(region.code)
        for place in places_of(user, Permission.TIE_VIEW)
    )


def _add_ties(places: dict[str, Place], user: User) -> None:
    rows: QuerySet[Tie] = Tie.objects.visible_to(user, Permission.TIE_VIEW)
    rows = rows.filter(place__in=places, region__isnull=False, valid_to=None)
    order = {code: number for number, code in enumerate(tie_kinds())}
    ties = rows.select_related("party__unit", "party__user__unit")
    for tie in sorted(ties, key=lambda tie: (order.get(tie.kind, 99), tie.party.name)):
        unit = tie.party.user.unit if tie.party.user else None
        who = {"name": tie.party.name, "unit": unit.name if unit else "", "tie": tie.uid}
        places[tie.place].groups[kind_label(tie.kind)].append(who)


def _add_teams(places: dict[str, Place], user: User) -> None:
    rows: QuerySet[TeamMember] = TeamMember.objects.visible_to(user, Permission.TEAM_VIEW)
    rows = rows.filter(team__place__in=places, valid_to=None, team__valid_to=None)
    for member in rows.select_related("team__unit", "user").order_by("team", "role", "pk"):
        who = {"name": member.user.name, "unit": member.team.unit.name, "tie": None}
        places[member.team.place].groups[member.get_role_display()].append(who)


def _add_officers(places: dict[str, Place], user: User) -> None:
    rows = DutyOfficer.objects.visible_to(user, Permission.PAIRING_VIEW)
    for officer in rows.filter(place__in=places, valid_to=None).order_by("kind", "name"):
        who = {"name": officer.name, "unit": "", "tie": None}
        places[officer.place].groups[officer.get_kind_display()].append(who)


def _add_grid_workers(places: dict[str, Place], user: User) -> None:
    rows = GridDuty.objects.visible_to(user, Permission.PAIRING_VIEW)
    rows = rows.filter(grid__place__in=places, valid_to=None, grid__valid_to=None)
    for duty in rows.select_related("grid", "user").order_by("grid__name", "pk"):
        who = {"name": duty.user.name, "unit": duty.grid.name, "tie": None}
        places[duty.grid.place].groups["网格员"].append(who)


def _add_helpers(places: dict[str, Place], user: User) -> None:
    rows = Pairing.objects.visible_to(user, Permission.PAIRING_VIEW)
    rows = rows.filter(household__village__code__in=places, valid_to=None).order_by()
    grouped = rows.values_list("household__village__code").annotate(number=Count("helper", distinct=True))
    for code, number in grouped:
        places[code].helpers = number

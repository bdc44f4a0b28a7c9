"""How many stand in each region right below another: the map beside the tree (C-101, C-105)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import scope_q, within
from bangfu.core.models import Region, RegionLevel
from bangfu.core.models.region import CODE_LENGTHS
from bangfu.households.models import Pairing
from bangfu.support.models import TeamMember, Tie

_BELOW = {RegionLevel.COUNTY: RegionLevel.TOWNSHIP, RegionLevel.TOWNSHIP: RegionLevel.VILLAGE}


@dataclass(frozen=True)
class Standing:
    """What stands in a region and below it: ties, members of resident teams, helpers of households."""

    region: Region
    ties: int
    members: int
    helpers: int


def standing_below(user: User, top: Region) -> list[Standing]:
    """The regions right below a county or a township, by code; four statements."""
    level = _BELOW.get(RegionLevel(top.level))
    if level is None:
        return []
    digits = CODE_LENGTHS[level]
    ties = Tie.objects.visible_to(user, Permission.TIE_VIEW).filter(region__isnull=False, valid_to=None)
    members = TeamMember.objects.visible_to(user, Permission.TEAM_VIEW).filter(valid_to=None)
    reached = scope_q(Pairing, user, Permission.PAIRING_VIEW, "household__place")
    pairings = Pairing.objects.filter(reached, valid_to=None)
    counted = (
        _by_code(ties, "place", top, digits, Count("pk")),
        _by_code(members, "team__place", top, digits, Count("pk")),
        _by_code(pairings, "household__place", top, digits, Count("helper", distinct=True)),
    )
    regions = Region.objects.filter(within("code", top.code), level=level, valid_to=None).order_by("code")
    return [Standing(region, *(numbers[region.code] for numbers in counted)) for region in regions]


def _by_code(rows: QuerySet, field: str, top: Region, digits: int, what: Count) -> Counter[str]:
    cut = rows.filter(within(field, top.code)).order_by().annotate(below=Substr(field, 1, digits))
    return Counter(dict(cut.values_list("below").annotate(number=what)))

"""Projects counted by region and type, and the shapes to draw them on (C-015)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Substr

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.places import PlaceChoice
from bangfu.access.scope import places_of, within_any
from bangfu.core.models import Region
from bangfu.core.models.region import county_of
from bangfu.projects.enums.admission import ADMITTED
from bangfu.projects.models import Boundary, Project
from bangfu.projects.terms.boundaries import Ring

"""Digits of a county's code."""


@dataclass
class Spot:
    """A region with its projects by type, or only those of no place below it; ``planned`` in fen."""

    region: Region
    itself: bool = False
    kinds: dict[str, int] = field(default_factory=dict)
    planned: int = 0

    @property
    def count(self) -> int:
        """All projects of the region."""
        return sum(self.kinds.values())


def admitted_seen(user: User, kind: str, year: int | None) -> QuerySet[Project]:
    """The admitted projects in reach, of one type and of one year's library if asked."""
    rows: QuerySet[Project] = Project.objects.visible_to(user, Permission.PROJECT_VIEW)
    rows = rows.filter(state__in=ADMITTED)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(admission_year=year) if year else rows


def spots_of(rows: QuerySet[Project], regions: Sequence[Region]) -> list[Spot]:
    """Each region with the projects that lie in it, whatever level they are of below; one query a level."""
    spots = {region.code: Spot(region) for region in regions}
    for length in {len(code) for code in spots}:
        counted = rows.order_by().annotate(at=Substr("place", 1, length)).values_list("at", "kind")
        for code, kind, number, planned in counted.annotate(number=Count("pk"), sum=Sum("planned")):
            if code in spots:
                spots[code].kinds[kind] = number
                spots[code].planned += planned or 0
    return list(spots.values())


def spot_itself(rows: QuerySet[Project], places: PlaceChoice) -> Spot | None:
    """The projects of the place itself that lie in none of the places below; None when there are none."""
    here = places.current
    if here is None or not places.children:
        return None
    spot = Spot(here, itself=True)
    counted = rows.filter(place=here.code).order_by().values_list("kind")
    for kind, number, planned in counted.annotate(number=Count("pk"), sum=Sum("planned")):
        spot.kinds[kind] = number
        spot.planned += planned or 0
    return spot if spot.count else None


def shown_regions(places: PlaceChoice) -> list[Region]:
    """What the map divides into: the regions below, or the one itself where nothing is below."""
    below = list(places.children)
    return below or ([places.current] if places.current else [])


def shapes_of(user: User, regions: Sequence[Region], on: date) -> dict[str, list[Ring]]:
    """The shapes in force for these regions; a boundary is public, so a village reads its county's."""
    counties = {county_of(place) for place in places_of(user, Permission.PROJECT_VIEW)}
    held = Boundary.objects.filter(within_any("place", sorted(counties)), valid_from__lte=on)
    found: dict[str, list[Ring]] = {}
    for boundary in held.order_by("valid_from", "pk"):
        found |= {each.code: boundary.shapes[each.code] for each in regions if each.code in boundary.shapes}
    return found


def years_of(user: User) -> list[int]:
    """The years of admission of the projects in reach, the latest first."""
    rows = admitted_seen(user, "", None).order_by("-admission_year")
    return list(rows.values_list("admission_year", flat=True).distinct())


def counties_to_bound(user: User) -> QuerySet[Region]:
    """The counties whose boundary the person may upload."""
    reach = within_any("code", places_of(user, Permission.PROJECT_APPROVE))
    return Region.objects.filter(reach, level=3, valid_to=None).order_by("code")

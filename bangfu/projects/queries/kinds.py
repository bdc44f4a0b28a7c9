"""The kinds of projects that a person meets: the shipped ones, and those of the counties in reach."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, within_any
from bangfu.core.models import Region, RegionLevel
from bangfu.core.models.region import county_of
from bangfu.projects.enums.admission import ProjectKind
from bangfu.projects.models import OwnKind, Project

"""Digits of a county's code."""


@dataclass(frozen=True)
class Kind:
    """A kind as lists and drawings need it; ``shade`` names its colour in the style sheet."""

    value: str
    label: str
    shade: str


def own_kinds(user: User, permission: Permission = Permission.PROJECT_VIEW) -> QuerySet[OwnKind]:
    """The kinds of the counties in reach; a village reads its county's."""
    counties = {county_of(place) for place in places_of(user, permission)}
    return OwnKind.objects.filter(within_any("place", sorted(counties))).select_related("region")


def kinds_seen(user: User) -> list[Kind]:
    """The shipped kinds, then the counties' own, closed ones too: their projects go on."""
    shipped = [Kind(kind.value, kind.label, kind.value) for kind in ProjectKind]
    return shipped + [Kind(own.code, own.name, f"own-{own.shade}") for own in own_kinds(user)]


def kind_choices(user: User) -> list[tuple[str, str]]:
    """The kinds to filter by."""
    return [(kind.value, kind.label) for kind in kinds_seen(user)]


def kinds_to_apply(user: User) -> list[tuple[str, str]]:
    """The kinds that a new application may name."""
    own = own_kinds(user, Permission.PROJECT_APPLY).filter(closed_on=None)
    return [*ProjectKind.choices, *own.values_list("code", "name")]


def kinds_counted(user: User) -> QuerySet[OwnKind]:
    """The counties' own kinds with how many projects in reach have each."""
    seen = Project.objects.visible_to(user, Permission.PROJECT_VIEW).filter(own_kind=OuterRef("pk"))
    counted = seen.order_by().values("own_kind").annotate(number=Count("pk")).values("number")
    return own_kinds(user).annotate(project_count=Coalesce(Subquery(counted), 0))


def counties_to_make_kinds(user: User) -> QuerySet[Region]:
    """The counties that the person may give kinds to."""
    reach = within_any("code", places_of(user, Permission.FLOW_MANAGE))
    return Region.objects.filter(reach, level=RegionLevel.COUNTY, valid_to=None).order_by("code")

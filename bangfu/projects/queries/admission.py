"""The readers of the library."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.queries import units_around
from bangfu.access.scope import get_visible, places_of, within_any
from bangfu.core.models import Region, RegionLevel
from bangfu.households.enums import RelocationScope
from bangfu.households.models import Relocation
from bangfu.projects.enums.admission import ProjectKind, ProjectState
from bangfu.projects.models import Project
from bangfu.workflow.models import FlowRun

_VIEW = Permission.PROJECT_VIEW
"""Digits of a county's code."""
_BUILDING = (ProjectKind.INFRASTRUCTURE, ProjectKind.PUBLIC_SERVICE)


def projects_seen(user: User) -> QuerySet[Project]:
    """Every project in reach, with what ledgers show of it."""
    rows: QuerySet[Project] = Project.objects.visible_to(user, _VIEW)
    return rows.select_related("region__parent", "responsible_unit", "own_kind")


def project_seen(user: User, uid: UUID, permission: Permission = _VIEW) -> Project:
    """One project; raises Http404 outside the reach."""
    rows = Project.objects.select_related(
        "region__parent", "responsible_unit", "subject", "applied_by", "own_kind"
    )
    found: Project = get_visible(rows, user, permission, uid=uid)
    return found


def regions_to_apply(user: User) -> QuerySet[Region]:
    """Counties, townships and villages in which the person may apply."""
    reach = within_any("code", places_of(user, Permission.PROJECT_APPLY))
    levels = (RegionLevel.COUNTY, RegionLevel.TOWNSHIP, RegionLevel.VILLAGE)
    rows = Region.objects.filter(reach, level__in=levels, valid_to=None)
    return rows.select_related("parent").order_by("code")


def units_to_answer(user: User) -> QuerySet[Unit]:
    """The active units of the counties in which the person may apply."""
    return units_around(user, Permission.PROJECT_APPLY)


def twins_of(project: Project) -> QuerySet[Project]:
    """Other projects for the same purpose in the same village that were not refused (C-216)."""
    rows = Project.objects.filter(place=project.place, purpose=project.purpose).exclude(pk=project.pk)
    return rows.exclude(state__in=(ProjectState.REFUSED, ProjectState.DRAFT, ProjectState.REMOVED))


def moving_households(project: Project) -> int:
    """How many households of the place will move as a whole village or hamlet and have not yet."""
    rows = Relocation.objects.filter(household__place__startswith=project.place, settled_on=None)
    whole = (RelocationScope.WHOLE_VILLAGE, RelocationScope.WHOLE_HAMLET)
    return rows.filter(scope__in=whole).count()


def warnings_of(project: Project) -> list[str]:
    """What speaks against a project, in sentences; it is pointed out, a person decides (C-216)."""
    found = [
        f"同村同用途“{project.purpose}”还有“{twin.name}”（{twin.admission_year} 年度，"
        f"{twin.get_state_display()}），请核对是不是重复。"
        for twin in twins_of(project)[:3]
    ]
    return found + moving_warnings(project)


def moving_warnings(project: Project) -> list[str]:
    """The sentence that something is to be built where people will move away; none otherwise."""
    moving = moving_households(project) if project.life in _BUILDING else 0
    said = f"这里有 {moving} 户列入整村（整自然村）搬迁、还没有入住，请核对还要不要在这里建。"
    return [said] if moving else []


def runs_of(project: Project) -> list[FlowRun]:
    """The flows of a project, the latest first: its life, its way into the library."""
    rows = FlowRun.objects.filter(subject=project.subject_id).select_related("definition", "subject")
    return list(rows.order_by("-pk"))

"""What the kernel's pages show, within the reader's places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.queries import region_names
from bangfu.access.scope import has_permission, permits, places_of, scope_q, within, within_any
from bangfu.core.models import AuditBlock, AuditEvent, Job, Parameter, Region, RegionCode
from bangfu.core.upkeep import VERIFY


def visible_jobs(user: User) -> QuerySet[Job]:
    """One's own jobs; with JOB_VIEW_ALL also those of the people in one's places, and the system's."""
    own = Q(created_by_id=user.pk)
    if has_permission(user, Permission.JOB_VIEW_ALL):
        own |= Q(created_by_id=None) | Q(created_by_id__in=_people_of(user, Permission.JOB_VIEW_ALL))
    return Job.objects.filter(own).order_by("-created_at", "-id")


def job_authors(jobs: list[Job]) -> dict[int, str]:
    """Who put the jobs in, by user id."""
    people = User.objects.filter(pk__in=[job.created_by_id for job in jobs if job.created_by_id])
    return dict(people.values_list("pk", "name"))


def audit_events(
    user: User,
    *,
    person: str = "",
    verb: str = "",
    first: date | None = None,
    last: date | None = None,
    place: str = "",
) -> QuerySet[AuditEvent]:
    """Events in one's places, and those without a place by the people of one's places or the system.

    Newest first.
    """
    people = _people_of(user, Permission.AUDIT_VIEW)
    placeless = Q(place="") & (Q(actor_id=None) | Q(actor_id__in=people))
    reached = scope_q(AuditEvent, user, Permission.AUDIT_VIEW)
    if has_permission(user, Permission.AUDIT_VIEW):
        reached |= placeless
    found = AuditEvent.objects.filter(reached).select_related("subject")
    if person:
        found = found.filter(actor_label__contains=person)
    if verb:
        found = found.filter(verb=verb)
    if first:
        found = found.filter(at__gte=_midnight(first))
    if last:
        found = found.filter(at__lt=_midnight(last + timedelta(days=1)))
    return found.filter(within("place", place)).order_by("-at", "-id")


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of the regions that have, or once had, these codes."""
    wanted = set(codes)
    former = RegionCode.objects.filter(code__in=wanted).select_related("region")
    return {row.code: row.region.name for row in former} | region_names(wanted)


@dataclass(frozen=True)
class SealState:
    """How far the audit log is sealed, and what the last check said."""

    blocks: int
    unsealed: int
    last_block: AuditBlock | None
    last_check: Job | None


def seal_state() -> SealState:
    """How far the audit log is sealed."""
    return SealState(
        AuditBlock.objects.count(),
        AuditEvent.objects.filter(block=None).count(),
        AuditBlock.objects.order_by("-id").first(),
        Job.objects.filter(kind=VERIFY).order_by("-id").first(),
    )


def parameter_rows(user: User, code: str) -> QuerySet[Parameter]:
    """The values put in for one's places and for what lies above them, the last put in first."""
    reached = Q(pk__in=())
    for grant in places_of(user, Permission.PARAMETER_VIEW):
        above = [grant[:length] for length in range(len(grant) + 1)]
        reached |= within("place", grant) | Q(place__in=above)
    rows = Parameter.objects.filter(reached, code=code)
    return rows.select_related("change", "superseded_by").order_by("-id")


def region_seen_by(user: User, code: str) -> Region | None:
    """A region that the user may manage."""
    if not permits(user, Permission.REGION_MANAGE, code):
        return None
    return Region.objects.filter(code=code).select_related("parent", "successor").first()


def regions_below(region: Region | None, user: User) -> QuerySet[Region]:
    """The regions directly below, closed ones too, with how many open ones lie below each.

    Else one's own places.
    """
    if region is None:
        found = Region.objects.filter(code__in=places_of(user, Permission.REGION_MANAGE))
    else:
        found = Region.objects.filter(parent=region)
    open_below = Count("children", filter=Q(children__valid_to=None))
    return found.annotate(below=open_below).select_related("successor").order_by("code")


def merge_targets(region: Region, user: User) -> QuerySet[Region]:
    """The open regions of the same level that the user may manage."""
    reached = within_any("code", places_of(user, Permission.REGION_MANAGE))
    same = Region.objects.filter(reached, level=region.level, valid_to=None)
    return same.exclude(pk=region.pk).order_by("code")


def _people_of(user: User, permission: Permission) -> QuerySet[Any]:
    """The ids of the people whose unit lies in the places of a permission."""
    reached = within_any("unit__place", places_of(user, permission))
    return User.objects.filter(reached).values("pk")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

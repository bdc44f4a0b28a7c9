"""The readers of meetings and resolutions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.roles import role_bundles
from bangfu.access.scope import get_visible, has_permission, places_of, within_any
from bangfu.core.models import Region
from bangfu.duties.registry import Done
from bangfu.support.enums.meetings import UNDONE, MeetingState, Presence
from bangfu.support.models import Attendance, Meeting, Resolution, ResolutionAnswer
from bangfu.support.terms.acting import acts_for_own_only

_VIEW = Permission.MEETING_VIEW
CAME = Q(presence__in=(Presence.PRESENT, Presence.STAND_IN))
"""Somebody sat there for the unit."""


def meetings_seen_by(user: User) -> QuerySet[Meeting]:
    """Every meeting in reach, with the counts that the ledger shows."""
    came = Q(attendances__presence__in=(Presence.PRESENT, Presence.STAND_IN))
    rows = Meeting.objects.visible_to(user, _VIEW).select_related("convener", "region")
    counted: QuerySet[Meeting] = rows.annotate(
        asked=Count("attendances", distinct=True),
        came=Count("attendances", filter=came, distinct=True),
        undone=Count("resolutions", filter=Q(resolutions__state__in=UNDONE), distinct=True),
    )
    return counted


def meeting_seen_by(user: User, uid: UUID, permission: Permission = _VIEW) -> Meeting:
    """One meeting; raises Http404 outside the reach."""
    rows = Meeting.objects.select_related("region", "convener", "recorded_by", "subject")
    found: Meeting = get_visible(rows, user, permission, uid=uid)
    return found


def attendances_seen_by(user: User) -> QuerySet[Attendance]:
    """Who was asked to the meetings in reach that were held, and who came."""
    rows = Attendance.objects.visible_to(user, _VIEW).filter(meeting__state=MeetingState.HELD)
    found: QuerySet[Attendance] = rows.select_related("meeting", "unit")
    return found


def attendances_of(meeting: Meeting) -> list[Attendance]:
    """Who was asked, in the order of the list."""
    return list(meeting.attendances.select_related("unit", "user"))


def resolutions_of(meeting: Meeting) -> list[Resolution]:
    """What a meeting resolved, in its order."""
    return list(meeting.resolutions.select_related("unit").order_by("number"))


def resolutions_seen_by(user: User) -> QuerySet[Resolution]:
    """Every resolution in reach, with the last answer's day; departments see what is theirs to do."""
    answers = ResolutionAnswer.objects.filter(resolution=OuterRef("pk")).order_by("-id")
    rows = Resolution.objects.visible_to(user, _VIEW).filter(own_tasks_only(user))
    rows = rows.select_related("meeting", "unit")
    found: QuerySet[Resolution] = rows.annotate(answered_on=Subquery(answers.values("answered_on")[:1]))
    return found


def resolution_seen_by(user: User, uid: UUID, permission: Permission = _VIEW) -> Resolution:
    """One resolution; raises Http404 outside the reach."""
    rows = Resolution.objects.select_related("meeting__convener", "meeting__subject", "unit")
    found: Resolution = get_visible(rows.filter(own_tasks_only(user)), user, permission, uid=uid)
    return found


def resolution_to_check(user: User, uid: UUID) -> Resolution:
    """One resolution of a meeting that the person may record; raises Http404 for another."""
    row = resolution_seen_by(user, uid, Permission.MEETING_RECORD)
    if not Meeting.objects.visible_to(user, Permission.MEETING_RECORD).filter(pk=row.meeting_id).exists():
        raise Http404("这件议定事项由召集会议的单位核实。")
    return row


def own_tasks_only(user: User) -> Q:
    """People of departments and helping units see their own unit's tasks, others those of their place."""
    return Q(unit=user.unit_id) if acts_for_own_only(user) else Q()


def sees_meeting(user: User, meeting: Meeting) -> bool:
    """Whether the reader may open the meeting itself; a unit's resolution may come from one above it."""
    return bool(Meeting.objects.visible_to(user, _VIEW).filter(pk=meeting.pk).exists())


def units_of(user: User, permission: Permission) -> QuerySet[Unit]:
    """The units within the places that grant the permission, and the person's own."""
    if not has_permission(user, permission):
        return Unit.objects.none()
    reach = Q(pk=user.unit_id) | within_any("place", places_of(user, permission))
    return Unit.objects.filter(reach, is_active=True)


def meetings_done(kind: str, start: date, end: date, holders: Collection[int] | None) -> Iterator[Done]:
    """Held meetings of a kind as records that satisfy duties: the convening unit did it."""
    rows = Meeting.objects.filter(kind=kind, state=MeetingState.HELD, held_on__range=(start, end))
    rows = rows.filter(convener__party__isnull=False)
    if holders is not None:
        rows = rows.filter(convener__party__subject__in=holders)
    for subject, on, uid in rows.values_list("convener__party__subject", "held_on", "uid"):
        yield Done(subject, None, on, f"meeting:{uid}")


def units_to_convene(user: User) -> QuerySet[Unit]:
    """The units for which the person may record meetings: those in reach, or the own unit only."""
    units = units_of(user, Permission.MEETING_RECORD)
    return units.filter(users=user) if acts_for_own_only(user) else units


def place_of_meeting(user: User, convener: Unit) -> Region:
    """Where a unit's meeting lies: the unit's own place within what the person reaches, else all of that.

    Raises Http404 when the person has no place to record meetings in.
    """
    held = granting_places(user, Permission.MEETING_RECORD)
    code = next(
        (convener.place for place in held if convener.place.startswith(place)), held[0] if held else ""
    )
    region: Region | None = Region.objects.filter(code=code).first()
    if region is None:
        raise Http404("您没有登记会议的范围。")
    return region


def granting_places(user: User, permission: Permission) -> list[str]:
    """The codes of the places in which the permission was granted, own reach included."""
    bundles = role_bundles()
    held = user.assignments.values_list("role", "place")
    return sorted(
        {place for role, place in held if role in bundles and permission in bundles[role].permissions}
    )

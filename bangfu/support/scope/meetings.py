"""Meetings, orders and reports that concern a person's own unit, or were sent to the person."""

from __future__ import annotations

from django.db.models import Q

from bangfu.access.models import User
from bangfu.access.roles import Reach
from bangfu.access.scope import register_personal_scope
from bangfu.support.models import Attendance, Meeting, Report, ReportCopy, Resolution, SupervisionOrder


def own_meetings(user: User) -> Q:
    """What the person's unit convened or was asked to."""
    asked = Attendance.objects.filter(unit=user.unit_id).values("meeting")
    return Q(convener=user.unit_id) | Q(pk__in=asked)


def own_tasks(user: User) -> Q:
    """What the person's unit has to do."""
    return Q(unit=user.unit_id)


def own_reports(user: User) -> Q:
    """What was sent to the person or to the person's unit."""
    copies = ReportCopy.objects.filter(Q(user=user) | Q(unit=user.unit_id, unit__isnull=False))
    return Q(author=user) | Q(pk__in=copies.values("report"))


def register_meeting_scopes() -> None:
    """Helpers and helping units reach these."""
    for reach in (Reach.OWN, Reach.UNIT):
        register_personal_scope(Meeting, reach, own_meetings)
        register_personal_scope(Resolution, reach, own_tasks)
        register_personal_scope(SupervisionOrder, reach, own_tasks)
        register_personal_scope(Report, reach, own_reports)

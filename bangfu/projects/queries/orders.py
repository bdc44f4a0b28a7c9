"""The supervision orders about a project."""

from __future__ import annotations

from django.db.models import QuerySet

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission, within
from bangfu.core.models.region import county_of
from bangfu.projects.models import Project
from bangfu.support.models import Finding, SupervisionOrder
from bangfu.support.queries.supervision import orders_seen_by

"""Digits of a county's code."""


def orders_of(project: Project, user: User) -> QuerySet[SupervisionOrder]:
    """The orders about a project that the reader may open, the newest first."""
    if not has_permission(user, Permission.ORDER_VIEW):
        return SupervisionOrder.objects.none()
    named = Finding.objects.filter(about=project.subject_id).values("order")
    return orders_seen_by(user).filter(pk__in=named).prefetch_related("findings")


def units_to_order(project: Project) -> QuerySet[Unit]:
    """The active units of the county in which the project lies."""
    reach = within("place", county_of(project.place))
    return Unit.objects.filter(reach, is_active=True).order_by("kind", "name")

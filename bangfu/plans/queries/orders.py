"""The supervision orders about a task."""

from __future__ import annotations

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.plans.models import PlanTask
from bangfu.support.models import Finding, SupervisionOrder
from bangfu.support.queries.supervision import orders_seen_by


def orders_of(task: PlanTask, user: User) -> QuerySet[SupervisionOrder]:
    """The orders about a task that the reader may open, the newest first."""
    if not has_permission(user, Permission.ORDER_VIEW):
        return SupervisionOrder.objects.none()
    named = Finding.objects.filter(about=task.subject_id).values("order")
    return orders_seen_by(user).filter(pk__in=named)

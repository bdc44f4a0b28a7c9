"""What the household file shows of this room: services for the household, its members' trainings (C-006)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission, permits
from bangfu.households.enums import HouseholdState
from bangfu.households.models import Household
from bangfu.households.policies.reach import reaches
from bangfu.households.queries.recorded import rows_recorded
from bangfu.households.tabs import FileTab
from bangfu.training.ledgers.services import order_signal
from bangfu.training.models import Participation, ServiceOrder
from bangfu.training.queries.seen import orders_seen, participations_seen
from bangfu.training.terms import service_kinds


def load_services(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """Orders and trainings, the newest first; on a past day as they were recorded then, without steps."""
    seen_orders, seen_trainings = _rows(household, user)
    orders = rows_recorded(seen_orders, recorded_at)
    trainings = rows_recorded(seen_trainings, recorded_at)
    writable = recorded_at is None and household.state == HouseholdState.PRESENT
    return {
        "may_teach": writable and permits(user, Permission.TRAINING_MANAGE, household.village.code),
        "may_lead": writable and permits(user, Permission.TRAINING_RECORD, household.village.code),
        "orders": [
            {"order": one, "kind": service_kinds()[one.kind].label, "signal": order_signal(one)}
            for one in sorted(orders, key=lambda each: (each.asked_on, each.pk), reverse=True)
        ],
        "trainings": sorted(trainings, key=lambda each: each.session.starts_on, reverse=True),
        "count": len(orders) + len(trainings),
        "may_ask": recorded_at is None and reaches(user, Permission.SERVICE_ASK, household),
    }


def _rows(household: Household, user: User) -> tuple[QuerySet[ServiceOrder], QuerySet[Participation]]:
    orders = orders_seen(user).filter(household=household)
    if not has_permission(user, Permission.TRAINING_VIEW):
        return orders, Participation.objects.none()
    return orders, participations_seen(user).filter(member__household=household)


SERVICES = FileTab(
    "services",
    "培训与服务",
    "training/household_tab.html",
    Permission.SERVICE_VIEW,
    load_services,
    counted=_rows,
)

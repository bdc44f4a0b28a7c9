"""Two metrics over the sample ledger, for the tests of this room only."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.models import Household
from bangfu.metrics.registry import Metric


def _visible(user: User, place: str, on: date | None) -> QuerySet:
    return Household.objects.visible_to(user, Permission.METRIC_VIEW)


def _registered(user: User, place: str, on: date | None) -> QuerySet:
    return _visible(user, place, on).filter(household_type="registered")


ALL = Metric(
    id="all_households",
    label="全部户",
    unit="户",
    definition="台账里的每一户。",
    permission=Permission.METRIC_VIEW,
    rows=_visible,
    list_url=lambda place, on: f"/sample/?place={place}",
)
SHARE = Metric(
    id="registered_share",
    label="脱贫户占比",
    unit="%",
    definition="脱贫户占全部户的比例。",
    permission=Permission.METRIC_VIEW,
    rows=_registered,
    list_url=lambda place, on: f"/sample/?place={place}&f_type=registered",
    ratio_of=ALL,
)

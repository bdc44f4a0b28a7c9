"""Which household a page of the file looks at, and of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_date

from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.households.models import Household
from bangfu.households.queries.households import end_of_day, household_at


@dataclass(frozen=True)
class Look:
    """What is looked at: the household of today, the past day if one is asked for, the household then."""

    household: Household
    today: date
    day: date | None
    recorded_at: datetime | None
    past: Household | None


def look_at(request: SignedInRequest, uid: UUID) -> Look:
    """The household of the address on the day of ``?on=``; raises Http404 for one out of reach."""
    rows = Household.objects.select_related("village__parent", "subject", "grid")
    household = get_visible(rows, request.user, Permission.HOUSEHOLD_VIEW, uid=uid)
    today = timezone.localdate()
    day = _asked_day(request, today)
    recorded_at = end_of_day(day) if day else None
    return Look(household, today, day, recorded_at, household_at(household, recorded_at))


def _asked_day(request: SignedInRequest, today: date) -> date | None:
    """The day in the address when it is a past one; what is no day, today and the future are today's view."""
    try:
        asked = parse_date(request.GET.get("on", ""))
    except ValueError:
        return None
    return asked if asked and asked < today else None

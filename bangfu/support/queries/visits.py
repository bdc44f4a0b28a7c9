"""Reading visits: one's own households with their last visit, the visits of a household."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.models import Region
from bangfu.households.enums import HouseholdState
from bangfu.households.models import Household
from bangfu.households.scope import grid_households, own_households
from bangfu.monitoring.enums.clues import OPEN_STATES
from bangfu.monitoring.models import Clue
from bangfu.support.models import Visit
from bangfu.support.queries.villages import tied_codes, villages_reached


def standing(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    """Visits that were not withdrawn."""
    return rows.filter(withdrawn_at=None)


def visits_of(household: Household, user: User, recorded_at: datetime | None = None) -> list[Visit]:
    """The visits to a household that the person may see, newest first; as of an instant those kept then."""
    rows = Visit.objects.visible_to(user, Permission.VISIT_VIEW).filter(household=household)
    if recorded_at is not None:
        rows = rows.filter(recorded_at__lte=recorded_at)
    return list(rows.select_related("visitor", "unit"))


def last_visit(household: Household) -> date | None:
    """The day on which somebody of the household was last met."""
    rows = standing(Visit.objects.filter(household=household, met_somebody=True))
    return rows.order_by("-on").values_list("on", flat=True).first()


def my_households(user: User) -> QuerySet[Household]:
    """The present households that a person helps or looks after, whose visit is the longest ago first.

    Each has ``last_on`` (somebody was met) and ``has_clue`` (one not closed).
    """
    mine = Q(pk__in=own_households(user)) | Q(pk__in=grid_households(user))
    visits = standing(Visit.objects.filter(household=OuterRef("pk"), met_somebody=True)).order_by("-on")
    clues = Clue.objects.filter(household=OuterRef("pk"), state__in=OPEN_STATES)
    rows = Household.objects.visible_to(user, Permission.VISIT_RECORD)
    rows = rows.filter(mine, state=HouseholdState.PRESENT).select_related("village")
    rows = rows.annotate(last_on=Subquery(visits.values("on")[:1]), has_clue=Exists(clues))
    return rows.order_by(F("last_on").asc(nulls_first=True), "place", "pk")


def with_clue(rows: QuerySet[Household]) -> QuerySet[Household]:
    """Those of ``my_households`` that have a clue not closed."""
    return rows.filter(Q(has_clue=True))


def long_ago(rows: QuerySet[Household], today: date, days: int) -> QuerySet[Household]:
    """Those of ``my_households`` that nobody has visited for so many days, or ever."""
    return rows.filter(Q(last_on=None) | Q(last_on__lt=today - timedelta(days=days)))


def my_villages(user: User) -> list[Region]:
    """The villages that a person stands for or lives in as a team member, with ``last_on`` of own visits."""
    codes = [code for code in tied_codes(user) if code]
    if not codes:
        return []
    visits = standing(Visit.objects.filter(village=OuterRef("pk"), household=None, visitor=user))
    rows = villages_reached(user, Permission.VISIT_RECORD).filter(code__in=codes)
    rows = rows.select_related("subject", "parent")
    return list(rows.annotate(last_on=Subquery(visits.order_by("-on").values("on")[:1])))


def visit_village(user: User, uid: UUID) -> Region:
    """The village by its subject's uid, if the person may note visits to it; raises Http404."""
    rows = villages_reached(user, Permission.VISIT_RECORD).filter(subject__uid=uid)
    village = rows.select_related("subject", "parent").first()
    if village is None:
        raise Http404("这里没有您要的村，或者它不在您管的范围里。")
    return village


def colleagues(user: User) -> QuerySet[User]:
    """The active people of the person's unit, for whom they may write a visit down."""
    rows: Any = User.objects.filter(unit=user.unit_id, unit__isnull=False, is_active=True)
    found: QuerySet[User] = rows.exclude(pk=user.pk).order_by("name")
    return found

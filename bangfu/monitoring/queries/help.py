"""Reading plans and measures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import HouseholdState
from bangfu.households.models import Household, Pairing
from bangfu.households.queries.recorded import rows_recorded
from bangfu.monitoring.enums.help import MeasureKind, MeasureState, PlanState
from bangfu.monitoring.models import AssistancePlan, Measure

_ALIVE = (MeasureState.PLANNED, MeasureState.UNDER_WAY, MeasureState.DONE)
_DEVELOPING = [kind.value for kind in MeasureKind if kind.develops]


def plan_of(household: Household) -> AssistancePlan | None:
    """The draft that is being worked on, else the plan that holds."""
    rows = household.plans.filter(state__in=(PlanState.DRAFT, PlanState.ADOPTED)).select_related("helper")
    return rows.order_by("-number").first()


def measures_of(household: Household) -> list[Measure]:
    """All measures of a household, in the order of their planned start."""
    return list(household.measures.select_related("evidence").order_by("planned_from", "pk"))


def monitored(user: User) -> QuerySet[Household]:
    """The households in reach whose risk is monitored now."""
    rows = Household.objects.visible_to(user, Permission.CASE_VIEW)
    return rows.filter(state=HouseholdState.PRESENT).exclude(monitored_category="").exclude(risk_removed=True)


def with_help(households: QuerySet[Household]) -> QuerySet[Household]:
    """The households with what a list of plans shows, counted by the database: plan, measures, helpers.

    Each figure is a subquery: joined measures would count a household once for each of them.
    """
    plans = AssistancePlan.objects.filter(household=OuterRef("pk"))
    helpers = Pairing.objects.filter(household=OuterRef("pk"), valid_to__isnull=True)
    return households.annotate(
        has_plan=Exists(plans.filter(state=PlanState.ADOPTED)),
        has_draft=Exists(plans.filter(state=PlanState.DRAFT)),
        has_helper=Exists(helpers),
        measure_count=_standing(),
        begun_count=_standing(started_on__isnull=False),
        developing_count=_standing(kind__in=_DEVELOPING),
        cash_count=_standing(cash_or_goods=True),
    )


def not_begun(households: QuerySet[Household]) -> QuerySet[Household]:
    """Those with measures of which none has begun."""
    # 从措施数起：措施比监测户少，一遍就够
    standing = Measure.objects.filter(state__in=_ALIVE).order_by().values("household")
    return households.filter(
        pk__in=standing.annotate(begun=Count("started_on")).filter(begun=0).values("household")
    )


def _standing(**conditions: Any) -> Coalesce:
    """How many measures of the household stand under the conditions."""
    rows = Measure.objects.filter(household=OuterRef("pk"), state__in=_ALIVE, **conditions)
    counted = rows.order_by().values("household").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def measures_seen_by(user: User) -> QuerySet[Measure]:
    """The measures of the households in reach."""
    rows = Measure.objects.visible_to(user, Permission.CASE_VIEW)
    return rows.select_related("household__village")


def measures_recorded(household: Household, recorded_at: datetime | None) -> list[Measure]:
    """The household's measures as recorded at an instant; None: today."""
    if recorded_at is None:
        return measures_of(household)
    found = rows_recorded(household.measures.all(), recorded_at)
    return sorted(found, key=lambda one: (one.planned_from, one.pk))


def plan_recorded(household: Household, recorded_at: datetime | None) -> AssistancePlan | None:
    """The plan as recorded at an instant; None: today."""
    if recorded_at is None:
        return plan_of(household)
    live = (PlanState.DRAFT, PlanState.ADOPTED)
    found = [one for one in rows_recorded(household.plans.all(), recorded_at) if one.state in live]
    return max(found, key=lambda one: one.number, default=None)

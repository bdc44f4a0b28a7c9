"""Reading guarantees: the latest assessment of each kind, the visits, the C and D houses not repaired."""

from __future__ import annotations

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from bangfu.households.enums import GuaranteeKind, GuaranteeResult, HouseholdState, HousingLevel
from bangfu.households.models import GuaranteeAssessment, Household
from bangfu.households.queries.recorded import rows_recorded


def latest_guarantees(
    household: Household, recorded_at: datetime | None = None
) -> dict[GuaranteeKind, GuaranteeAssessment]:
    """The latest assessment of each kind, in the order of the kinds; kinds never assessed are left out."""
    latest: dict[str, GuaranteeAssessment] = {}
    for assessment in _recorded(household, recorded_at):
        held = latest.get(assessment.kind)
        if held is None or _later(assessment) > _later(held):
            latest[assessment.kind] = assessment
    return {kind: latest[kind] for kind in GuaranteeKind if kind in latest}


def assessments_of(household: Household, recorded_at: datetime | None = None) -> list[GuaranteeAssessment]:
    """All assessments of a household, the newest first."""
    return sorted(_recorded(household, recorded_at), key=_later, reverse=True)


def _recorded(household: Household, recorded_at: datetime | None) -> list[GuaranteeAssessment]:
    return rows_recorded(household.guarantees.all(), recorded_at, gone={"household_id": household.pk})


def dangerous_houses(assessments: QuerySet[GuaranteeAssessment]) -> QuerySet[GuaranteeAssessment]:
    """Of these, each household's latest housing assessment where the house is C or D and not put right."""
    newest = (
        GuaranteeAssessment.objects.filter(household=OuterRef("household"), kind=GuaranteeKind.HOUSING)
        .order_by("-assessed_on", "-pk")
        .values("pk")[:1]
    )
    return assessments.filter(
        kind=GuaranteeKind.HOUSING,
        pk=Subquery(newest),
        housing_level__in=(HousingLevel.C, HousingLevel.D),
        household__state=HouseholdState.PRESENT,
    ).exclude(result=GuaranteeResult.MET)


def _later(assessment: GuaranteeAssessment) -> tuple:
    return assessment.assessed_on, assessment.pk

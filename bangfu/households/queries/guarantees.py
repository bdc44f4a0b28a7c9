"""Reading guarantees: the latest assessment of each kind, the visits, the C and D houses not repaired."""

from __future__ import annotations

from datetime import datetime

from bangfu.households.enums import GuaranteeKind
from bangfu.households.models import GuaranteeAssessment, Household
from bangfu.households.queries.recorded import rows_recorded


def latest_guarantees(
    household: Household, recorded_at: datetime | None = None
) -> dict[GuaranteeKind, GuaranteeAssessment]:
    """The latest assessment of each kind, in the order of the kinds; kinds never assessed are left out."""
    latest: dict[str, GuaranteeAssessment] = {}
    for assessment in rows_recorded(household.guarantees.all(), recorded_at):
        held = latest.get(assessment.kind)
        if held is None or _later(assessment) > _later(held):
            latest[assessment.kind] = assessment
    return {kind: latest[kind] for kind in GuaranteeKind if kind in latest}


def _later(assessment: GuaranteeAssessment) -> tuple:
    return assessment.assessed_on, assessment.pk

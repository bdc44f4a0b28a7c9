"""Assessments as tabs and pages show them: a signal, the details, and for water the parameters behind."""

from __future__ import annotations

from typing import Any

from bangfu.households.enums import GuaranteeKind, GuaranteeResult
from bangfu.households.models import GuaranteeAssessment
from bangfu.households.reckoning.water import WaterMeasures, WaterVerdict, judge_water

SIGNALS = {
    GuaranteeResult.MET: "ok",
    GuaranteeResult.UNMET: "bad",
    GuaranteeResult.UNKNOWN: "off",
}


def shown(assessment: GuaranteeAssessment, place: str) -> dict[str, Any]:
    """One assessment: its signal, what was seen, and for water each measure against its limit."""
    return {
        "assessment": assessment,
        "signal": {
            "kind": SIGNALS[GuaranteeResult(assessment.result)],
            "word": assessment.get_result_display(),
        },
        "details": _details(assessment),
        "water": water_of(assessment, place) if assessment.kind == GuaranteeKind.WATER else None,
    }


def water_of(assessment: GuaranteeAssessment, place: str) -> WaterVerdict:
    """The verdict by the parameters in force on the day of the assessment."""
    measures = WaterMeasures(
        assessment.litres_per_person_day,
        assessment.water_quality_ok,
        assessment.fetch_minutes,
        assessment.reliability,
    )
    return judge_water(measures, on=assessment.assessed_on, place=place)


def _details(assessment: GuaranteeAssessment) -> str:
    level = f"{assessment.get_housing_level_display()}" if assessment.housing_level else ""
    reason = f"未改造：{assessment.get_unrepaired_reason_display()}" if assessment.unrepaired_reason else ""
    way_out = f"办法：{assessment.way_out}" if assessment.way_out else ""
    return "；".join(part for part in (level, reason, way_out, assessment.note) if part)

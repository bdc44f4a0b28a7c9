"""Noting a visit's findings on the basic guarantees and water, each a dated assessment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.households.enums import GuaranteeKind, GuaranteeResult, HousingLevel, UnrepairedReason
from bangfu.households.models import GuaranteeAssessment, Household
from bangfu.households.policies.households import check_household_present
from bangfu.households.policies.reach import check_reaches
from bangfu.households.reckoning.days import local_day
from bangfu.households.reckoning.water import WaterMeasures, judge_water

DANGEROUS = (HousingLevel.C, HousingLevel.D)


@dataclass(frozen=True)
class Finding:
    """What was seen of one guarantee. For water ``result`` is left out: the four measures decide."""

    kind: GuaranteeKind
    result: GuaranteeResult | None = None
    housing_level: str = ""
    unrepaired_reason: str = ""
    way_out: str = ""
    litres_per_person_day: Decimal | None = None
    water_quality_ok: bool | None = None
    fetch_minutes: Decimal | None = None
    reliability: Decimal | None = None
    note: str = ""

    @property
    def water(self) -> WaterMeasures:
        """The four measures."""
        return WaterMeasures(
            self.litres_per_person_day, self.water_quality_ok, self.fetch_minutes, self.reliability
        )


def record_guarantees(
    *,
    by: User,
    at: datetime,
    household: Household,
    assessed_on: date,
    assessed_by: str,
    findings: Sequence[Finding],
) -> list[GuaranteeAssessment]:
    """One assessment for each finding of a visit on ``assessed_on``.

    Raises NotPermitted outside the reach of ``by``; SituationForbids for a day to come, for a C or D house
    called met, or not repaired without a reason and a way out.
    """
    check_reaches(by, Permission.GUARANTEE_RECORD, household)
    check_household_present(household)
    _check_visit(findings, assessed_on, local_day(at))
    for finding in findings:
        check_finding(finding)
    with recording(by=by, at=at, verb="record_guarantees", effective_on=assessed_on) as change:
        rows = [_row(household, finding, assessed_on, assessed_by) for finding in findings]
        for row in rows:
            row.save()
        audit.record(
            by=by,
            at=at,
            verb="record_guarantees",
            subject=household.subject,
            summary=f"核查 {len(rows)} 项",
            data={"kinds": [row.kind for row in rows]},
            change=change,
        )
    return rows


def check_finding(finding: Finding) -> None:
    """Raise SituationForbids for a house whose level, result, reason and way out contradict one another."""
    if finding.kind != GuaranteeKind.HOUSING or finding.housing_level not in DANGEROUS:
        return
    if finding.result == GuaranteeResult.MET:
        raise SituationForbids(
            f"{finding.housing_level} 级房没有修缮或重建，不能填“达标”。已经改好的，请填新的鉴定等级。"
        )
    if finding.unrepaired_reason not in UnrepairedReason.values:
        raise SituationForbids("C、D 级房还没有改造，请选原因。")
    if not finding.way_out.strip():
        raise SituationForbids("请写怎么解决，例如：先由村集体垫付；动员亲属接住；安排周转房。")


def _check_visit(findings: Sequence[Finding], assessed_on: date, today: date) -> None:
    if not findings:
        raise SituationForbids("六项一项也没有填。请至少填一项再保存。")
    if assessed_on > today:
        raise SituationForbids(f"核查日期最晚到今天（{today}）。")


def _row(household: Household, finding: Finding, assessed_on: date, assessed_by: str) -> GuaranteeAssessment:
    return GuaranteeAssessment(
        household=household,
        kind=finding.kind,
        assessed_on=assessed_on,
        assessed_by=assessed_by,
        result=_result(finding, assessed_on, household.place),
        housing_level=finding.housing_level,
        unrepaired_reason=finding.unrepaired_reason if finding.housing_level in DANGEROUS else "",
        way_out=finding.way_out,
        litres_per_person_day=finding.litres_per_person_day,
        water_quality_ok=finding.water_quality_ok,
        fetch_minutes=finding.fetch_minutes,
        reliability=finding.reliability,
        note=finding.note,
    )


def _result(finding: Finding, on: date, place: str) -> GuaranteeResult:
    if finding.kind == GuaranteeKind.WATER:
        return judge_water(finding.water, on=on, place=place).result
    if finding.result is None:
        raise ValueError(f"{finding.kind} needs a result")
    return finding.result

"""The county decides by batch, and the register says so: enrolled, or risk removed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery, Value

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import Actor, recording
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.duties.registry import note_ties
from bangfu.households.models import Household
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.enums.cases import CaseKind
from bangfu.monitoring.models import ApprovalBatch, Case
from bangfu.monitoring.policies.cases import check_day
from bangfu.workflow.actions.running import take_many
from bangfu.workflow.among import among
from bangfu.workflow.models import FlowRun

COUNTY = 6
"""Digits of a county's code."""


def approve_cases(
    *, by: User, at: datetime, cases: Sequence[Case], number: str, approved_on: date
) -> ApprovalBatch:
    """Decide the cases under one paper, all or none, in a number of statements that does not grow.

    ``cases`` come with their runs, as the person saw them. Raises NotPermitted when one lies outside the
    reach of ``by``; SituationForbids for none, for mixed kinds, for a number that is taken, and with the
    first case that is not ready; StaleVersion when somebody acted on one in between.
    """
    _check_batch(by, cases, number)
    place = cases[0].place[:COUNTY]
    with recording(by=by, at=at, verb="approve_cases", effective_on=approved_on) as change:
        _check_free(place, number)
        entered = max(case.run.entered_on for case in cases)
        check_day("批复日期", approved_on, entered, local_day(at))
        batch = ApprovalBatch.objects.create(
            place=place,
            kind=cases[0].kind,
            number=number.strip(),
            approved_on=approved_on,
            cases_count=len(cases),
            approved_by=by,
        )
        _rows(cases).update(approval=batch)
        take_many(
            by=by,
            at=at,
            runs=[case.run for case in cases],
            transition="approve_case",
            on=approved_on,
            data={"number": batch.number},
        )
        data = {"batch": str(batch.uid), "count": len(cases), "kind": batch.kind}
        audit.record(by=by, at=at, verb="approve_cases", place=place, data=data, change=change)
    return batch


def _rows(cases: Sequence[Case]) -> Any:
    return Case.objects.filter(pk__in=among(case.pk for case in cases))


def _check_batch(by: User, cases: Sequence[Case], number: str) -> None:
    if not cases:
        raise SituationForbids("没有选中要审定的个案。请先勾选。")
    if not number.strip():
        raise SituationForbids("请填批复文号。")
    if len({case.kind for case in cases}) > 1:
        raise SituationForbids("识别认定和风险消除请分开审定，各用各的批复。")
    if len({case.place[:COUNTY] for case in cases}) > 1:
        raise SituationForbids("选中的个案不在同一个县。请分开审定。")
    reached = Case.objects.visible_to(by, Permission.CASE_APPROVE)
    if reached.filter(pk__in=among(case.pk for case in cases)).count() < len(cases):
        raise NotPermitted("其中有个案不在您审定的范围里，一件也没有办。")


def _check_free(place: str, number: str) -> None:
    held = ApprovalBatch.objects.filter(place=place, number=number.strip()).first()
    if held is not None:
        raise SituationForbids(
            f"文号“{held.number}”已用于 {held.approved_on} 的一批 {held.cases_count} 户。请核对文号。"
        )


def enrol_households(runs: Sequence[FlowRun], by: Actor, at: datetime, data: dict[str, Any]) -> None:
    """The flow's action at the county's approval: the register takes category, month and risks."""
    month = data["on"].replace(day=1)
    _write(
        runs,
        monitored_category=_of_case(runs, "category"),
        risks=_of_case(runs, "risks"),
        identified_month=Value(month),
        risk_removed=Value(False),
        removed_month=None,
    )
    note_ties(at=at)  # 帮扶人从今天起按监测户走访


def release_households(runs: Sequence[FlowRun], by: Actor, at: datetime, data: dict[str, Any]) -> None:
    """The flow's action when the county approves a removal: the register says that the risk is gone."""
    _write(runs, risk_removed=Value(True), removed_month=Value(data["on"].replace(day=1)))
    note_ties(at=at)


def _write(runs: Sequence[FlowRun], **values: Any) -> None:
    cases = Case.objects.filter(run__in=among(run.pk for run in runs))
    Household.objects.filter(pk__in=cases.values("household")).update(**values)


def _of_case(runs: Sequence[FlowRun], field: str) -> Subquery:
    cases = Case.objects.filter(run__in=among(run.pk for run in runs), household=OuterRef("pk"))
    return Subquery(cases.filter(kind=CaseKind.IDENTIFICATION).values(field)[:1])

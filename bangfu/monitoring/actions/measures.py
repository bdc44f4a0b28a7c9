"""Measures: planned, carried out with dates, amount and evidence, or stopped with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids, StaleVersion
from bangfu.evidence.models import EvidenceFile
from bangfu.households.actions.locking import locked
from bangfu.households.models import Household
from bangfu.households.policies.reach import check_reaches
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.enums.help import MeasureKind, MeasureState, PlanState
from bangfu.monitoring.models import Measure
from bangfu.monitoring.policies.cases import check_day
from bangfu.monitoring.policies.help import check_help_may_begin
from bangfu.monitoring.queries.cases import open_case_of
from bangfu.monitoring.terms import hands_out

OVER = (MeasureState.DONE, MeasureState.STOPPED)


@dataclass(frozen=True)
class Planned:
    """What is to be done, against which risk; ``cash_or_goods`` None: as this kind usually is."""

    kind: MeasureKind
    content: str
    planned_from: date
    planned_to: date | None = None
    sub_kind: str = ""
    risk: str = ""
    in_charge: str = ""
    amount_fen: int | None = None
    cash_or_goods: bool | None = None


@dataclass(frozen=True)
class Progress:
    """How far a measure has come; ``ended_on`` says that it is done."""

    started_on: date
    ended_on: date | None = None
    amount_fen: int | None = None
    result: str = ""
    evidence: EvidenceFile | None = None


def add_measure(*, by: User, at: datetime, household: Household, planned: Planned) -> Measure:
    """Put a measure down for a household, under its draft or adopted plan if there is one.

    Raises NotPermitted; SituationForbids before approval outside the green channel, and for days that cannot
    be.
    """
    check_reaches(by, Permission.PLAN_MANAGE, household)
    if planned.planned_to is not None and planned.planned_to < planned.planned_from:
        raise SituationForbids("计划完成早于计划开始。请改日期。")
    with recording(by=by, at=at, verb="add_measure") as change:
        held = locked(household)
        case = open_case_of(held)
        check_help_may_begin(held, case)
        plan = held.plans.filter(state__in=(PlanState.DRAFT, PlanState.ADOPTED)).order_by("-number").first()
        cash = planned.cash_or_goods
        measure = Measure.objects.create(
            household=held,
            case=case,
            plan=plan,
            kind=planned.kind,
            sub_kind=planned.sub_kind,
            risk=planned.risk,
            content=planned.content,
            in_charge=planned.in_charge,
            planned_from=planned.planned_from,
            planned_to=planned.planned_to,
            amount_fen=planned.amount_fen,
            cash_or_goods=hands_out(planned.kind, planned.sub_kind) if cash is None else cash,
        )
        data = {"measure": str(measure.uid), "kind": planned.kind}
        audit.record(by=by, at=at, verb="add_measure", subject=held.subject, data=data, change=change)
    return measure


def carry_out_measure(
    *, by: User, at: datetime, measure: Measure, version: int, progress: Progress
) -> Measure:
    """Note the real start, and, when it is done, the end with its result.

    Raises NotPermitted, StaleVersion; SituationForbids for a measure that is over and for impossible days.
    """
    with _on_measure(by, at, measure, version, "carry_out_measure", progress.started_on) as held:
        today = local_day(at)
        check_day("实际开始", progress.started_on, date.min, today)
        if progress.ended_on is not None:
            check_day("实际完成", progress.ended_on, progress.started_on, today)
            if not progress.result.strip():
                raise SituationForbids("已完成的，请写成效：户里有什么变化。")
        held.started_on, held.ended_on = progress.started_on, progress.ended_on
        held.state = MeasureState.DONE if progress.ended_on else MeasureState.UNDER_WAY
        held.result = progress.result
        held.amount_fen = held.amount_fen if progress.amount_fen is None else progress.amount_fen
        held.evidence = progress.evidence or held.evidence
    return held


def stop_measure(
    *, by: User, at: datetime, measure: Measure, version: int, stopped_on: date, reason: str
) -> Measure:
    """End a measure that was not carried through, with the reason."""
    if not reason.strip():
        raise SituationForbids("请写为什么停下，例如：户里不愿意，改为公益性岗位。")
    with _on_measure(by, at, measure, version, "stop_measure", stopped_on) as held:
        check_day("停止日期", stopped_on, held.started_on or date.min, local_day(at))
        held.state, held.ended_on, held.result = MeasureState.STOPPED, stopped_on, reason
    return held


@contextmanager
def _on_measure(
    by: User, at: datetime, measure: Measure, version: int, verb: str, on: date
) -> Iterator[Measure]:
    check_reaches(by, Permission.MEASURE_RECORD, measure.household)
    with recording(by=by, at=at, verb=verb, effective_on=on) as change:
        held = locked(measure)
        if held.version != version:
            raise StaleVersion("这项措施刚被别人改过。您填的还在，请和现在的内容核对后再提交。")
        if held.state in OVER:
            raise SituationForbids(f"这项措施“{held.get_state_display()}”，不能再登记。")
        yield held
        held.save()
        data = {"measure": str(held.uid), "state": held.state}
        subject = held.household.subject
        audit.record(by=by, at=at, verb=verb, subject=subject, data=data, change=change)

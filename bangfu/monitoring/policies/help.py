"""What plans and measures need (facts.md 1.9): what blocks raises, what is only pointed out is a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bangfu.access.models import User
from bangfu.core.errors import SituationForbids
from bangfu.core.parameters import value
from bangfu.households.models import Household, Pairing
from bangfu.monitoring.enums.help import MeasureKind, MeasureState, PlanState
from bangfu.monitoring.models import AssistancePlan, Case, Measure
from bangfu.monitoring.policies.requirements import MET
from bangfu.monitoring.policies.standing import has_labour
from bangfu.monitoring.queries.cases import case_of, enrolment_of, open_case_of
from bangfu.monitoring.terms import proposed_for
from bangfu.workflow.models import FlowRun
from bangfu.workflow.registry import Check

ALIVE = (MeasureState.PLANNED, MeasureState.UNDER_WAY, MeasureState.DONE)


def helpers_now(household: Household) -> list[User]:
    """Who is paired with the household without an end."""
    pairings = Pairing.objects.filter(household=household, valid_to__isnull=True).select_related("helper")
    return [pairing.helper for pairing in pairings]


def has_one_helper(run: FlowRun) -> Check:
    """Exactly one cadre of an office is paired with a monitored household (C-187)."""
    helpers = helpers_now(case_of(run).household)
    if not helpers:
        return Check(False, "还没有帮扶责任人。请先结对：每户恰有一名机关干部。")
    if len(helpers) > 1:
        names = "、".join(helper.name for helper in helpers)
        return Check(False, f"有 {len(helpers)} 名帮扶责任人（{names}）。每户恰有一名，请结束多余的结对。")
    return MET


def plan_adopted(run: FlowRun) -> Check:
    """A version of the plan has been adopted (C-186)."""
    household = case_of(run).household
    if AssistancePlan.objects.filter(household=household, state=PlanState.ADOPTED).exists():
        return MET
    return Check(False, "一户一方案还没有定下。")


def measure_begun(run: FlowRun) -> Check:
    """A measure has really begun."""
    begun = Measure.objects.filter(household=case_of(run).household, started_on__isnull=False)
    return MET if begun.exists() else Check(False, "还没有登记任何一项措施的实际开始日期。")


def check_development(household: Household, measures: Iterable[Measure], on: date) -> None:
    """A household with labour has a development measure, not support alone [码 5_11_032]."""
    if has_labour(household, on) and not any(_develops(one) for one in measures):
        raise SituationForbids("这一户有劳动力，方案里至少要有一项开发式措施：产业、就业、公益性岗位或金融。")


def _develops(measure: Measure) -> bool:
    return measure.state in ALIVE and MeasureKind(measure.kind).develops


def check_help_may_begin(household: Household, case: Case | None) -> None:
    """Help begins after approval; before it only on the green channel."""
    if household.monitored_category:
        return
    if case is None or not (case.green_channel or case.approval_id):
        raise SituationForbids("这一户还没有纳入监测。先帮扶后补手续只用于突发严重困难户的绿色通道。")


def may_help(household: Household) -> bool:
    """Whether :func:`check_help_may_begin` lets help begin for the household now."""
    try:
        check_help_may_begin(household, open_case_of(household))
    except SituationForbids:
        return False
    return True


def unanswered(risks: Iterable[str], measures: Iterable[Measure]) -> list[str]:
    """Risks against which no measure stands: what is lacking has not been made up for."""
    held = [one for one in measures if one.state in ALIVE]
    kinds, named = {one.kind for one in held}, {one.risk for one in held}
    return [
        risk
        for risk in risks
        if risk not in named and not kinds.intersection(kind.value for kind in proposed_for(risk))
    ]


def cash_share(measures: Iterable[Measure]) -> tuple[int, int]:
    """(measures that only hand out money or goods, all measures) that stand (C-038)."""
    held = [one for one in measures if one.state in ALIVE]
    return sum(1 for one in held if one.cash_or_goods), len(held)


def warnings_of(household: Household, measures: list[Measure], on: date) -> list[str]:
    """What is pointed out, and blocks nothing."""
    found = [f"没有针对“{risk}”的措施。" for risk in unanswered(household.risks, measures)]
    plain, all_ = cash_share(measures)
    limit = int(value("plain_cash_share", on=on, place=household.place))
    if all_ and plain * 100 >= limit * all_:
        found.append(
            f"{all_} 项措施里 {plain} 项只发钱发物，占到提示比例 {limit}%。请想想能不能换成长远的办法。"
        )
    return [*found, *_late(household, measures, on)]


def _late(household: Household, measures: list[Measure], on: date) -> list[str]:
    enrolment = enrolment_of(household)
    if enrolment is None or any(one.started_on for one in measures):
        return []
    assert enrolment.approval is not None
    days = int(value("no_measure_days", on=on, place=household.place))
    passed = (on - enrolment.approval.approved_on).days
    return [f"纳入已 {passed} 天，还没有落实任何措施（满 {days} 天列为疑点）。"] if passed >= days else []

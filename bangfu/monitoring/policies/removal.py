"""Whether a household's risk is really gone (facts.md 1.8): six questions, each with its reason."""

from __future__ import annotations

from datetime import date

from bangfu.core.parameters import value
from bangfu.households.enums import GuaranteeKind, GuaranteeResult
from bangfu.households.queries.guarantees import latest_guarantees
from bangfu.monitoring.enums.help import MeasureState
from bangfu.monitoring.models import Case, HomeVerification, Measure
from bangfu.monitoring.policies.requirements import MET
from bangfu.monitoring.policies.standing import (
    has_labour,
    income_after_own_costs,
    line_of,
    signed_worksheet,
)
from bangfu.monitoring.queries.cases import case_of, latest
from bangfu.workflow.models import FlowRun
from bangfu.workflow.registry import Check


def income_above_line(run: FlowRun) -> Check:
    """Above the monitoring line of the year, and steady for the months that the parameter asks."""
    case = case_of(run)
    sheet = signed_worksheet(case.household)
    if sheet is None:
        return Check(False, "收入测算表还没有，或最新一版户主没签字。")
    line = line_of(case.place, case.discovered_on)
    if income_after_own_costs(sheet) <= line.fen:
        return Check(False, f"扣除合规自付后的人均纯收入没有超过监测线 {line.words}。")
    visit = latest(case, HomeVerification)
    if visit is None or visit.income_steady is not True:
        months = value("removal_months", on=case.discovered_on, place=case.place)
        return Check(False, f"入户核查还没有确认收入稳定超过监测线 {months} 个月以上。")
    return MET


def risks_gone(run: FlowRun) -> Check:
    """Each risk of the identification verified as gone, and no new one."""
    case = case_of(run)
    visit = latest(case, HomeVerification)
    if visit is None:
        return Check(False, "还没有入户核查记录。")
    if visit.new_risk:
        return Check(False, "核查发现了新的风险，不能消除。")
    left = [risk for risk in case.household.risks if risk not in visit.risks_gone]
    return Check(False, f"还没有消除：{'、'.join(left)}。") if left else MET


def guarantees_met(run: FlowRun) -> Check:
    """The three guarantees and water in order, by the latest assessment of each."""
    latest_of = latest_guarantees(case_of(run).household)
    wrong = [
        str(kind.label)
        for kind in GuaranteeKind
        if kind not in latest_of or latest_of[kind].result != GuaranteeResult.MET
    ]
    return Check(False, f"没有达标，或还没核查：{'、'.join(wrong)}。") if wrong else MET


def measures_carried_out(run: FlowRun) -> Check:
    """At least one measure done, none left hanging."""
    measures = list(Measure.objects.filter(household=case_of(run).household))
    if not any(one.state in (MeasureState.UNDER_WAY, MeasureState.DONE) for one in measures):
        return Check(False, "还没有落实任何针对性措施。")
    hanging = [one for one in measures if one.state == MeasureState.PLANNED]
    return Check(False, f"还有 {len(hanging)} 项措施没有落实。") if hanging else MET


def not_held(run: FlowRun) -> Check:
    """Not a household wholly without labour, where the parameter holds those back."""
    case = case_of(run)
    if not is_held(case, case.discovered_on):
        return MET
    return Check(False, "整户没有劳动力，按本县参数暂不标注风险消除，落实保障后持续监测。")


def is_held(case: Case, on: date) -> bool:
    """Whether the case must not be marked for now."""
    holds = value("removal_holds_no_labour", on=on, place=case.place)
    return bool(holds) and not has_labour(case.household, on)

"""What the flow asks of refusals and objections; each rule raises SituationForbids with its reason."""

from __future__ import annotations

from datetime import date

from bangfu.core.changing import Actor
from bangfu.core.errors import SituationForbids
from bangfu.monitoring.enums.cases import ObjectionState
from bangfu.monitoring.models import Case, HomeVerification, Refusal
from bangfu.monitoring.policies.requirements import meeting_has_agreed, review_has_passed
from bangfu.monitoring.queries.cases import case_of, latest
from bangfu.workflow.models import FlowRun


def risk_confirmed(run: FlowRun, by: Actor, on: date) -> None:
    """The verification confirmed at least one risk."""
    visit = latest(case_of(run), HomeVerification)
    if visit is not None and not visit.risks:
        raise SituationForbids("入户核查没有核实任何风险，不能提交评议。不符合条件的，请办“不予纳入”。")


def meeting_agreed(run: FlowRun, by: Actor, on: date) -> None:
    """The meeting agreed."""
    if not meeting_has_agreed(case_of(run)):
        raise SituationForbids("最近一次评议没有同意，不能往下走。")


def review_passed(run: FlowRun, by: Actor, on: date) -> None:
    """The township passed the case."""
    if not review_has_passed(case_of(run)):
        raise SituationForbids("最近一次乡镇审核没有通过，不能报县。")


def refusal_written(run: FlowRun, by: Actor, on: date) -> None:
    """No refusal without a letter of this step."""
    if not _standing(case_of(run), run.state):
        raise SituationForbids("先写原因和给农户的告知书（“不予纳入”），写好就办了这一步。")


def _standing(case: Case, step: str) -> bool:
    refusal = latest(case, Refusal)
    if refusal is None or refusal.step != step:
        return False
    return not refusal.objections.filter(state=ObjectionState.UPHELD).exists()


def objection_upheld(run: FlowRun, by: Actor, on: date) -> None:
    """A refusal is reopened by an upheld objection only."""
    refusal = latest(case_of(run), Refusal)
    if refusal is None or not refusal.objections.filter(state=ObjectionState.UPHELD).exists():
        raise SituationForbids("没有成立的异议。先登记异议，由另一个人处理。")


def no_objection_waiting(run: FlowRun, by: Actor, on: date) -> None:
    """Closed when the letter is delivered and no objection waits."""
    refusal = latest(case_of(run), Refusal)
    if refusal is None or refusal.delivered_on is None:
        raise SituationForbids("告知书还没有登记送达。")
    if refusal.objections.filter(state=ObjectionState.WAITING).exists():
        raise SituationForbids("还有一件异议没有处理。")

"""What the situation allows of estimates; ``check_x`` raises SituationForbids with the numbers."""

from __future__ import annotations

from datetime import date

from bangfu.core.errors import SituationForbids, StaleVersion
from bangfu.core.money import yuan_text
from bangfu.projects.enums.admission import ProjectState
from bangfu.projects.models import Contract, Estimate, Project
from bangfu.projects.policies.admission import check_past
from bangfu.projects.terms.estimating import EstimateFacts

_CLOSED = (ProjectState.REFUSED, ProjectState.REMOVED, ProjectState.DONE, ProjectState.MAINTAINED)


def estimate_in_force(project: Project, contract: Contract | None = None) -> Estimate | None:
    """The items that hold for the project, or for one of its contracts."""
    return project.estimates.filter(contract=contract, superseded_on=None).first()


def needs_approval(project: Project, contract: Contract | None, held: Estimate | None) -> bool:
    """Whether a change is by approval: of a contract's items, and of a project's once it is decided upon."""
    return held is not None and (contract is not None or project.state != ProjectState.APPLIED)


def check_estimate(
    project: Project, contract: Contract | None, facts: EstimateFacts, seen: int, today: date
) -> Estimate | None:
    """The estimate that the new one takes the place of; ``seen`` is the number that the person saw.

    Raises StaleVersion; SituationForbids above the planned or contracted amount, of a project that is over,
    or for a change without its approval.
    """
    held = estimate_in_force(project, contract)
    if seen != (held.number if held else 0):
        raise StaleVersion("概算分项刚被别人改过，没有保存。您填的还在，请核对后再提交。")
    _check_open(project, contract)
    check_past(facts.drawn_on, today, "编制日期")
    _check_total(project, contract, facts)
    if held is not None and needs_approval(project, contract, held):
        _check_approval(held, facts, today)
    return held


def _check_open(project: Project, contract: Contract | None) -> None:
    if project.state in _CLOSED:
        raise SituationForbids(f"这个项目现在“{project.get_state_display()}”，概算分项不能再改。没有保存。")
    if contract is not None and contract.void_reason:
        raise SituationForbids("这份合同已经作废，不用再填分项。没有保存。")


def _check_total(project: Project, contract: Contract | None, facts: EstimateFacts) -> None:
    if not facts.items:
        raise SituationForbids("一项也没有填，没有保存。请填分项、单位、数量、单价。")
    most = contract.amount if contract else project.planned
    what, way = ("合同金额", "先办合同变更") if contract else ("资金总额", "先办调整（入库以前改申报）")
    if facts.total > most:
        raise SituationForbids(
            f"分项合计 {yuan_text(facts.total)} 元，超过{what} {yuan_text(most)} 元，"
            f"多 {yuan_text(facts.total - most)} 元。没有保存；要加钱，{way}。"
        )


def _check_approval(held: Estimate, facts: EstimateFacts, today: date) -> None:
    if not (facts.approval_number.strip() and facts.approved_on and facts.reason.strip()):
        raise SituationForbids(
            f"第 {held.number} 次分项已经定了（{yuan_text(held.total)} 元），再改要先批准："
            "写为什么改、批准文号、批准日期。没有保存。"
        )
    check_past(facts.approved_on, today, "批准日期")
    if facts.approved_on < held.drawn_on:
        raise SituationForbids(
            f"批准日期 {facts.approved_on} 早于原来分项的编制日期 {held.drawn_on}，没有保存。请核对。"
        )


def check_room(project: Project, amount: int, contract: Contract | None = None) -> None:
    """A total that is lowered stays enough for its items."""
    held = estimate_in_force(project, contract)
    if held is not None and held.total > amount:
        raise SituationForbids(
            f"改成 {yuan_text(amount)} 元，少于已定的分项合计 {yuan_text(held.total)} 元。"
            "没有保存；请先改概算分项。"
        )

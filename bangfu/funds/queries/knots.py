"""Rows of several rooms as steps of a trace."""

from __future__ import annotations

from bangfu.core.money import yuan_text
from bangfu.funds.enums.funds import CardResult, ClaimState
from bangfu.funds.models import Allocation, Claim, FundSource, Payment, SubsidyLine
from bangfu.funds.terms.steps import Knot, Step
from bangfu.households.models import Household
from bangfu.projects.models import Asset, Contract, Linkage, PlannedSource, Project

_WAN, _HUNDRED_YUAN = 1_000_000, 10_000
"""Fen of 10,000 and of 100 yuan."""


def source_knot(source: FundSource) -> Knot:
    """A notice or a donation."""
    return Knot(f"s{source.pk}", source.notice_number, "fund_source_file", str(source.uid), source.place)


def project_knot(project: Project) -> Knot:
    """A project."""
    return Knot(f"p{project.pk}", project.name, "fund_project_trace", str(project.uid), project.place)


def contract_knot(contract: Contract) -> Knot:
    """A contract with its other side."""
    return Knot(f"c{contract.pk}", f"合同 {contract.number}（{contract.contractor}）")


def household_knot(household: Household) -> Knot:
    """A household by its head."""
    name = f"{household.head_name}户"
    return Knot(f"h{household.pk}", name, "fund_household_trace", str(household.uid), household.place)


def plain_knot(name: str) -> Knot:
    """Something that has no row of its own."""
    return Knot(f"n{name}", name)


def planned_step(row: PlannedSource) -> Step:
    """A planned source of a project; needs its project."""
    return Step(plain_knot(row.get_kind_display()), project_knot(row.project), None, "", row.amount)


def allocation_step(row: Allocation) -> Step:
    """Money given to a project; needs account, source and project."""
    words = "" if row.account.amount else "已全部收回"
    giver, taker = source_knot(row.source), project_knot(row.project)
    return Step(giver, taker, row.on, row.paper_number, row.account.amount, words)


def contract_step(row: Contract) -> Step:
    """An agreement; needs its project. A void one is said to be so."""
    words = f"作废：{row.void_reason}" if row.void_reason else row.matter
    return Step(project_knot(row.project), contract_knot(row), row.signed_on, row.number, row.amount, words)


def claim_step(row: Claim) -> Step:
    """A claim with its invoice; needs account, contract and invoice. A returned one holds nothing."""
    state = row.get_state_display()
    words = f"{state}：{row.review_words}" if row.state == ClaimState.RETURNED else f"{state}，{row.words}"
    giver = contract_knot(row.contract)
    return Step(
        giver, plain_knot(str(row.invoice)), row.claimed_on, str(row.invoice), row.account.amount, words
    )


def payment_step(row: Payment) -> Step:
    """A voucher; needs allocation with source and project, claim with contract, batch."""
    taker = contract_knot(row.claim.contract) if row.claim else plain_knot(f"到户：{row.batch.title}")  # type: ignore[union-attr]
    words = f"{row.allocation.source}"
    if row.reversed_on is not None:
        words = f"{row.reversed_on} 冲回：{row.reverse_reason}"
    return Step(project_knot(row.allocation.project), taker, row.paid_on, row.voucher, row.fen, words)


def line_step(row: SubsidyLine) -> Step:
    """What one household got; needs household and batch with project and payment."""
    words = row.get_result_display()
    if row.result == CardResult.FAILED:
        words = f"{words}：{row.reason}"
    giver = project_knot(row.batch.project)
    return Step(
        giver, household_knot(row.household), row.batch.sent_on, row.batch.payment.voucher, row.fen, words
    )


def asset_step(row: Asset) -> Step:
    """What a project left; needs its project. The amount is its original value."""
    taker = plain_knot(row.name)
    words = f"{row.get_kind_display()}，{row.get_state_display()}，归{row.owner}"
    return Step(project_knot(row.project), taker, row.registered_on, "", row.original, words)


def linkage_step(row: Linkage) -> Step:
    """What a household earned from a project in a year; needs both."""
    words = f"{row.year} 年{row.get_mode_display()}"
    return Step(project_knot(row.project), household_knot(row.household), None, "", row.amount, words)


def uncovered_sentence(planned: int, itemised: int) -> str:
    """Plan, itemised, not itemised; in 万元 where all three are whole hundreds of yuan (C-125)."""
    amounts = (planned, itemised, planned - itemised)
    if all(each >= 0 and each % _HUNDRED_YUAN == 0 for each in amounts):
        texts, unit = [f"{each // _WAN}.{each // _HUNDRED_YUAN % 100:02d}" for each in amounts], "万元"
    else:
        texts, unit = [yuan_text(each) for each in amounts], "元"
    return f"计划 {texts[0]}，已列明 {texts[1]}，未列明 {texts[2]}（{unit}）"

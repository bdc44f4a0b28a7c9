"""What the situation has to allow before money moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bangfu.access.models import User
from bangfu.core.errors import SituationForbids
from bangfu.core.money import yuan_text
from bangfu.core.parameters import value
from bangfu.funds.enums.funds import CORRECTABLE, CardResult, ClaimState
from bangfu.funds.models import Allocation, Claim, FundSource, Payment, SubsidyBatch
from bangfu.funds.policies.amounts import NOTHING
from bangfu.households.models import Household
from bangfu.projects.enums.deciding import PostingStage
from bangfu.projects.models import Contract, Posting, Project


def check_source(place: str, notice_number: str, purpose: str, noticed_on: date, received_on: date) -> None:
    """A notice comes once for one purpose, and not before it was written: raises SituationForbids."""
    if received_on < noticed_on:
        raise SituationForbids(f"到县日期 {received_on} 早于文件日期 {noticed_on}。{NOTHING}请改日期。")
    known = FundSource.objects.filter(place=place, notice_number=notice_number, purpose=purpose)
    if known.filter(account__amount__gt=0).exists():
        raise SituationForbids(
            f"文号“{notice_number}”用途“{purpose}”已经登记过，同一份指标不登记两次。{NOTHING}"
        )


def check_withdrawal(source: FundSource, on: date) -> None:
    """Only what is there, and of which nothing was allocated, is taken out again: raises SituationForbids."""
    if source.account.amount == 0:
        raise SituationForbids(f"指标“{source}”已经撤回了。{NOTHING}")
    if source.account.used:
        raise SituationForbids(
            f"指标“{source}”共 {yuan_text(source.account.amount)} 元，已经下达 "
            f"{yuan_text(source.account.used)} 元，不能撤回。{NOTHING}先把下达的资金收回。"
        )
    if on < source.received_on:
        raise SituationForbids(f"撤回日期 {on} 早于到县日期 {source.received_on}。{NOTHING}请改日期。")


def check_allocation(source: FundSource, project: Project, on: date, *, brought: bool = False) -> None:
    """Only what a year's plan chose from the library gets money, after its notice (C-025): raises.

    ``brought``: the money was given before this system; a project without any notice here was noticed on
    paper.
    """
    if not project.is_admitted:
        raise SituationForbids(
            f"“{project.name}”不在项目库（{project.get_state_display()}），不能下达资金。{NOTHING}"
        )
    if not project.is_fundable:
        raise SituationForbids(f"“{project.name}”在库里，还没有列入年度计划，不能下达资金。{NOTHING}")
    if on < source.received_on:
        raise SituationForbids(f"下达日期 {on} 早于指标到县日期 {source.received_on}。{NOTHING}请改日期。")
    if not project.place.startswith(source.place):
        raise SituationForbids(f"这份指标给{source.region.name}，“{project.name}”不在那里。{NOTHING}")
    if not (brought and not project.postings.filter(withdrawn_on=None).exists()):
        _check_notice(project, on)


def _check_notice(project: Project, on: date) -> None:
    least = int(value("fund_notice_days", on=on, place=project.place))
    stages = (PostingStage.APPLY, PostingStage.ADMIT)
    hung = Posting.objects.filter(project=project, stage__in=stages, ends_on__lte=on, withdrawn_on=None)
    ended = [row.days for row in hung]
    longest = max(ended, default=0)
    if longest < least:
        raise SituationForbids(
            f"“{project.name}”到 {on} 公示满了 {longest} 天，规定至少 {least} 天，不能下达资金。{NOTHING}"
        )


def check_claim(
    contract: Contract, project: Project, fen: int, claimed: int, on: date, *, retention: bool
) -> None:
    """A standing contract, signed after the approval, within what is not kept back: raises SituationForbids.

    ``claimed`` is what earlier claims on the contract hold, in fen.
    """
    if contract.void_reason:
        raise SituationForbids(f"合同 {contract.number} 已作废，不能报账。{NOTHING}")
    if project.approved_on is None or contract.signed_on < project.approved_on:
        approved = project.approved_on or "还没有"
        raise SituationForbids(
            f"合同 {contract.number} 在 {contract.signed_on} 签订，立项批复日期是 {approved}："
            f"先批复、后签合同。{NOTHING}"
        )
    if on < contract.signed_on:
        raise SituationForbids(f"报账日期 {on} 早于合同签订日期 {contract.signed_on}。{NOTHING}请改日期。")
    if retention:
        _check_warranty(contract, on)
    elif claimed + fen > contract.amount - contract.retention_fen:
        rest = contract.amount - contract.retention_fen - claimed
        raise SituationForbids(
            f"合同 {contract.number} 共 {yuan_text(contract.amount)} 元，"
            f"质保金 {yuan_text(contract.retention_fen)} 元到期再付，已报 {yuan_text(claimed)} 元，"
            f"现在最多再报 {yuan_text(max(rest, 0))} 元；这次 {yuan_text(fen)} 元。{NOTHING}"
        )


def _check_warranty(contract: Contract, on: date) -> None:
    if contract.warranty_until is None or on <= contract.warranty_until:
        until = contract.warranty_until or "没有登记"
        raise SituationForbids(f"合同 {contract.number} 的质保期到 {until}，还不能付质保金。{NOTHING}")


def check_review(claim: Claim, *, approve: bool) -> None:
    """Only a claim that waits is reviewed; one passed on may be returned before money left: raises."""
    if claim.state == ClaimState.REVIEWED and not approve:
        if claim.account.used:
            raise SituationForbids(
                f"这笔报账已经付了 {yuan_text(claim.account.used)} 元，不能退回。{NOTHING}先冲回支付。"
            )
    elif claim.state != ClaimState.SUBMITTED:
        raise SituationForbids(f"这笔报账{claim.get_state_display()}，不用再审。{NOTHING}")


def check_correction(claim: Claim) -> None:
    """What was passed on to payment is not claimed otherwise: raises SituationForbids."""
    if claim.state not in CORRECTABLE:
        raise SituationForbids(
            f"这笔报账{claim.get_state_display()}，不能更正。{NOTHING}审核通过、还没有付的，请主管部门先退回。"
        )


def check_payment(by: User, claim: Claim, allocation: Allocation, on: date) -> None:
    """A reviewed claim is paid from its own project's money, by another than who reviewed: raises."""
    if claim.state != ClaimState.REVIEWED:
        raise SituationForbids(f"这笔报账{claim.get_state_display()}，不能支付。{NOTHING}先由主管部门审核。")
    if claim.reviewed_by_id == by.pk:
        raise SituationForbids(f"这笔报账是您审核的，要别人支付。{NOTHING}")
    if allocation.project_id != claim.project_id:
        raise SituationForbids(f"这笔钱是下达给“{allocation.project.name}”的，不能付别的项目。{NOTHING}")
    if on < claim.claimed_on or on < allocation.on:
        raise SituationForbids(
            f"支付日期 {on} 早于报账日期 {claim.claimed_on} 或下达日期 {allocation.on}。{NOTHING}"
        )


def check_repeat(batch: SubsidyBatch, amounts: Mapping[Household, int]) -> None:
    """Once, to households that the bank refused, at most what came back: raises SituationForbids."""
    again = batch.repeated_by.first()
    if again is not None:
        raise SituationForbids(f"“{batch}”没有到账的已经补发（{again}，{again.sent_on}）。{NOTHING}")
    refused = {line.household_id: line.fen for line in batch.lines.filter(result=CardResult.FAILED)}
    for household, fen in amounts.items():
        came_back = refused.get(household.pk, 0)
        if fen > came_back:
            raise SituationForbids(
                f"补发只发没有到账的：{household.code} {household.head_name} 退回来 "
                f"{yuan_text(came_back)} 元，这次 {yuan_text(fen)} 元。{NOTHING}另外要发的，另做一批。"
            )


def check_voucher(book: str, year: int, voucher: str) -> None:
    """A voucher of a book and year is used once: raises SituationForbids with where it was."""
    used = Payment.objects.filter(book=book, year=year, voucher=voucher).first()
    if used is not None:
        raise SituationForbids(
            f"凭证 {voucher}（{book}，{year} 年）已经在 {used.paid_on} 付了 {yuan_text(used.fen)} 元，"
            f"不能用第二次。{NOTHING}请核对凭证号。"
        )

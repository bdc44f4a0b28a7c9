"""Money of the demo in every state: claims that wait, one sent back, one reversed, money to households."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.funds.actions.claims import Bill, review_claim, submit_claim
from bangfu.funds.actions.payments import (
    Voucher,
    pay_claim,
    pay_households,
    record_card_results,
    reverse_payment,
)
from bangfu.funds.actions.schedule import set_schedule
from bangfu.funds.models import Allocation, Claim
from bangfu.funds.policies.schedule import Due
from bangfu.households.models import Household
from bangfu.households.reckoning.days import local_day
from bangfu.projects.enums.admission import ProjectState
from bangfu.projects.models import Contract

_YUAN = 100
_EACH = 800 * _YUAN
_CODE = "5300261131"
People = Mapping[str, User]


def make_fund_states(people: People, village: Region, *, at: datetime) -> None:
    """After the first payments of ``make_funds``; nothing where there is no contract."""
    contract = (
        Contract.objects.filter(project__state=ProjectState.UNDERWAY)
        .select_related("project__subject")
        .first()
    )
    if contract is None:
        return
    _schedule(people, contract, at)
    _claims(people, contract, at)
    _households(people, contract, village, at)


def _schedule(people: People, contract: Contract, at: datetime) -> None:
    """Three parts and what is kept back; the second is due and not wholly paid."""
    first, second, kept = contract.amount * 3 // 10, contract.amount * 4 // 10, contract.retention_fen
    today = local_day(at)
    ends = max(contract.ends_on, today + timedelta(days=30))
    dues = [
        Due(contract.signed_on, 0, first, "预付款"),
        Due(max(contract.signed_on, today - timedelta(days=10)), 30, second, "进度款"),
        Due(ends, 100, contract.amount - first - second - kept, "完工款"),
    ]
    if kept:
        dues.append(Due(ends + timedelta(days=365), 100, kept, "质保金"))
    set_schedule(by=people["zhen"], at=at, contract=contract, dues=dues)


def _claims(people: People, contract: Contract, at: datetime) -> None:
    """One waits for its review, one was sent back, one waits for payment after a reversal."""
    _claim(people, contract, "1", "第二笔进度款", at)
    returned = _claim(people, contract, "2", "材料款", at)
    _review(people, returned, at, approve=False, words="发票抬头写错了，换票再报。")
    waiting = _review(
        people, _claim(people, contract, "3", "第三笔进度款", at), at, approve=True, words="属实"
    )
    allocation = _richest(contract)
    voucher = Voucher("记-0090", local_day(at))
    payment = pay_claim(
        by=people["caizheng"],
        at=at,
        claim=waiting,
        allocation=allocation,
        fen=waiting.account.amount,
        voucher=voucher,
    )
    reverse_payment(
        by=people["caizheng"], at=at, payment=payment, reason="收款账号错，银行退票", on=local_day(at)
    )


def _claim(people: People, contract: Contract, number: str, words: str, at: datetime) -> Claim:
    fen = contract.amount // 20
    bill = Bill(fen, _CODE, number.zfill(8), fen, words, local_day(at))
    return submit_claim(by=people["zhen"], at=at, contract=contract, bill=bill)


def _review(people: People, claim: Claim, at: datetime, *, approve: bool, words: str) -> Claim:
    return review_claim(by=people["xian"], at=at, claim=claim, approve=approve, words=words, on=local_day(at))


def _richest(contract: Contract) -> Allocation:
    rows = Allocation.objects.filter(project=contract.project).select_related("account", "source", "project")
    return max(rows, key=lambda row: row.account.rest)


def _households(people: People, contract: Contract, village: Region, at: datetime) -> None:
    """Labour rewards: a batch with the bank's answer, one household not paid; and a batch that waits."""
    allocation, today = _richest(contract), local_day(at)
    households = list(Household.objects.filter(village=village).order_by("pk")[:8])
    for number, group in enumerate((households[:5], households[5:]), start=1):
        if not group:
            return
        batch = pay_households(
            by=people["caizheng"],
            at=at,
            allocation=allocation,
            title=f"产业路务工奖补第 {number} 批",
            amounts=dict.fromkeys(group, _EACH),
            voucher=Voucher(f"记-009{number}", today),
        )
        if number == 1:
            failed = [(batch.lines.order_by("pk")[0], "户名不符")]
            record_card_results(by=people["caizheng"], at=at, batch=batch, failed=failed, on=today)

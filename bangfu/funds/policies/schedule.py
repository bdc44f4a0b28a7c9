"""What a payment schedule has to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bangfu.core.errors import SituationForbids
from bangfu.core.money import yuan_text
from bangfu.funds.policies.amounts import NOTHING, check_positive
from bangfu.projects.models import Contract


@dataclass(frozen=True)
class Due:
    """``fen`` due on a day, once ``percent`` of the works are built."""

    due_on: date
    percent: int
    fen: int
    words: str


def check_schedule(contract: Contract, dues: Sequence[Due]) -> None:
    """In the order of the days, never asking for less built than before, in all the contract: raises."""
    if contract.void_reason:
        raise SituationForbids(f"合同 {contract.number} 已作废，不编付款计划。{NOTHING}")
    for number, due in enumerate(dues, 1):
        check_positive(due.fen)
        if not 0 <= due.percent <= 100:
            raise SituationForbids(f"第 {number} 笔的进度是 {due.percent}%，要在 0 到 100 之间。{NOTHING}")
        if due.due_on < contract.signed_on:
            raise SituationForbids(
                f"第 {number} 笔应付日期 {due.due_on} 早于合同签订日期 {contract.signed_on}。{NOTHING}"
            )
    for number, (before, due) in enumerate(pairwise(dues), 2):
        if due.due_on < before.due_on or due.percent < before.percent:
            raise SituationForbids(
                f"第 {number} 笔（{due.due_on}，{due.percent}%）排在第 {number - 1} 笔"
                f"（{before.due_on}，{before.percent}%）前面了：日期和进度要一笔比一笔靠后。{NOTHING}"
            )
    total = sum(due.fen for due in dues)
    if total != contract.amount:
        word = "多" if total > contract.amount else "少"
        raise SituationForbids(
            f"各笔合计 {yuan_text(total)} 元，合同 {yuan_text(contract.amount)} 元，"
            f"{word} {yuan_text(abs(total - contract.amount))} 元。{NOTHING}质保金也要列一笔。"
        )

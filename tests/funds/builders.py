"""Money of the cast, through the real actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.funds.actions.claims import Bill, review_claim, submit_claim
from bangfu.funds.actions.payments import Voucher, pay_claim
from bangfu.funds.actions.sources import Notice, allocate_fund, register_source
from bangfu.funds.models import Allocation, Claim, FundSource, Payment
from bangfu.projects.models import Contract, Project
from tests.cast import COUNTY, NOW, TODAY

WAN = 1_000_000
"""10,000 yuan in fen."""


def make_source(by: User, regions: dict[str, Region], **given: Any) -> FundSource:
    said = {
        "kind": "central",
        "notice_number": "云财农〔2026〕1号",
        "noticed_on": TODAY - timedelta(days=60),
        "received_on": TODAY - timedelta(days=50),
        "fen": 200 * WAN,
        "purpose": "产业路",
        "book": "衔接资金专户",
    }
    return register_source(by=by, at=NOW, region=regions[COUNTY], notice=Notice(**{**said, **given}))


def give(by: User, source: FundSource, project: Project, fen: int = 80 * WAN) -> Allocation:
    return allocate_fund(
        by=by, at=NOW, source=source, project=project, fen=fen, paper_number="云财农〔2026〕9号", on=TODAY
    )


def bill(**given: Any) -> Bill:
    said = {
        "fen": 30 * WAN,
        "invoice_code": "5300",
        "invoice_number": "0001",
        "invoice_fen": 30 * WAN,
        "words": "进度款",
        "claimed_on": TODAY,
    }
    return Bill(**{**said, **given})


def claimed(by: User, contract: Contract, **given: Any) -> Claim:
    return submit_claim(by=by, at=NOW, contract=contract, bill=bill(**given))


def reviewed(by: User, claim: Claim, *, approve: bool = True, words: str = "") -> Claim:
    return review_claim(by=by, at=NOW, claim=claim, approve=approve, words=words, on=TODAY)


def paid(by: User, claim: Claim, allocation: Allocation, fen: int, voucher: str = "记-1") -> Payment:
    return pay_claim(
        by=by, at=NOW, claim=claim, allocation=allocation, fen=fen, voucher=Voucher(voucher, TODAY)
    )

"""Money for the demo's projects: two notices and a donation, allocations, claims, vouchers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.funds.actions.claims import Bill, review_claim, submit_claim
from bangfu.funds.actions.payments import Voucher, pay_claim
from bangfu.funds.actions.sources import Notice, allocate_fund, register_source
from bangfu.funds.models import Allocation, FundSource
from bangfu.households.reckoning.days import local_day
from bangfu.projects.enums.admission import FUNDABLE
from bangfu.projects.models import Contract, PlannedSource

_WAN = 1_000_000
"""10,000 yuan in fen."""
_NOTICES = (
    ("central", "云财农〔2026〕演示1号", 900, "巩固拓展脱贫攻坚成果", False, ""),
    ("county", "云岭财农〔2026〕演示2号", 300, "县级配套", True, ""),
    ("donated", "捐赠协议演示1号", 50, "村内公益", False, "演示爱心企业"),
)


def make_funds(people: dict[str, User], places: dict[str, Region], *, at: datetime) -> None:
    """Sources of the county; what the plan says is allocated, and a part of each contract is paid."""
    today = local_day(at)
    sources = {notice[0]: _source(people, places["county"], notice, at, today) for notice in _NOTICES}
    planned = PlannedSource.objects.filter(kind__in=sources, project__state__in=FUNDABLE)
    for row in planned.select_related("project__subject").order_by("pk"):
        allocate_fund(
            by=people["xian"],
            at=at,
            source=sources[row.kind],
            project=row.project,
            fen=row.amount,
            paper_number="云岭财农〔2026〕演示9号",
            on=today,
        )
    contracts = Contract.objects.filter(void_reason="").select_related("project__subject")
    for number, contract in enumerate(contracts.order_by("pk"), start=1):
        _pay(people, contract, number, at, today)


def _source(
    people: dict[str, User],
    county: Region,
    notice: tuple[str, str, int, str, bool, str],
    at: datetime,
    today: date,
) -> FundSource:
    kind, number, wan, purpose, pooled, donor = notice
    said = Notice(
        kind,
        number,
        today - timedelta(days=130),
        today - timedelta(days=120),
        wan * _WAN,
        purpose,
        "捐赠专户" if donor else "衔接资金专户",
        pooled,
        donor,
    )
    return register_source(by=people["caizheng"], at=at, region=county, notice=said)


def _pay(people: dict[str, User], contract: Contract, number: int, at: datetime, today: date) -> None:
    """Three tenths of a contract claimed, reviewed and paid, where its project has so much money."""
    fen = contract.amount * 3 // 10
    rows = Allocation.objects.filter(project=contract.project).select_related("account", "source")
    allocation = rows.order_by("-account__amount").first()
    if allocation is None or allocation.account.rest < fen:
        return
    bill = Bill(fen, "5300261130", f"{number:08d}", fen, "第一笔进度款", today)
    claim = submit_claim(by=people["zhen"], at=at, contract=contract, bill=bill)
    review_claim(by=people["xian"], at=at, claim=claim, approve=True, words="资料齐全", on=today)
    voucher = Voucher(f"记-{number:04d}", today)
    pay_claim(by=people["caizheng"], at=at, claim=claim, allocation=allocation, fen=fen, voucher=voucher)

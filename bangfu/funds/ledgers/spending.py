"""Ledgers of allocations, claims, payments and money to households; what waits in them."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.permissions import Permission
from bangfu.funds.enums.funds import ClaimState, RestKind
from bangfu.funds.models import Allocation, Payment
from bangfu.funds.queries.rests import BALANCE, rest_kind
from bangfu.funds.queries.spending import allocations_seen, batches_seen, claims_seen, payments_seen
from bangfu.funds.showing.claims import claim_signal
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.ledgers.workbench import Work
from bangfu.projects.enums.admission import SourceKind

_VIEW = Permission.FUND_VIEW
_YES_NO = (("yes", "是"), ("no", "否"))


def _rest(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    left = rows.filter(account__amount__gt=F("account__used"))
    return left.filter(BALANCE) if kind == RestKind.BALANCE else left.exclude(BALANCE)


def _rewarded(rows: QuerySet[Any], said: str) -> QuerySet[Any]:
    return rows.exclude(reward_basis="") if said == "yes" else rows.filter(reward_basis="")


def _waiting(rows: QuerySet[Any], said: str) -> QuerySet[Any]:
    return rows.filter(waiting__gt=0) if said == "yes" else rows.filter(waiting=0)


def _reversed(rows: QuerySet[Any], said: str) -> QuerySet[Any]:
    return rows.exclude(reversed_on=None) if said == "yes" else rows.filter(reversed_on=None)


def _rest_word(row: Allocation) -> str:
    return rest_kind(row.project).label if row.account.rest else ""


def _allocation_url(row: Allocation) -> str:
    return reverse("project_file", args=[row.project.uid]) + "?tab=funds"


def _paid_to(row: Payment) -> str:
    return row.claim.contract.contractor if row.claim else f"到户：{row.batch}"


def _payment_url(row: Payment) -> str:
    if row.claim:
        return reverse("claim_file", args=[row.claim.uid])
    assert row.batch is not None
    return reverse("household_batch_file", args=[row.batch.uid])


def _searched(*fields: str) -> Any:
    def search(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        first, *more = (rows.filter(**{f"{field}__icontains": text}) for field in fields)
        for each in more:
            first |= each
        return first

    return search


ALLOCATIONS = Ledger(
    id="fund_allocation_list",
    title="下达和结余",
    lead="每个项目从哪份指标得了多少、用了多少。没完工剩下的是结转，接着用；完工剩下的是结余，批准以后收回再安排。",
    permission=_VIEW,
    rows=allocations_seen,
    columns=(
        Column("project", "项目", "project.name", sort="project__name"),
        Column("region", "地点", "project.region.name", sort="place"),
        Column("source", "指标文号", "source.notice_number", sort="source__notice_number"),
        Column("kind", "来源", "source.get_kind_display", kind="tag", sort="source__kind"),
        Column("on", "下达", kind="date", sort="on"),
        Column("paper_number", "下达文号", default=False),
        Column("amount", "下达金额", "account.amount", kind="money", sort="account__amount", total=True),
        Column("used", "已支付", "account.used", kind="money", sort="account__used", total=True),
        Column("rest", "剩余", kind="money", sort="rest", total=True),
        Column("rest_kind", "剩余是", _rest_word, kind="tag"),
        Column("reward_basis", "奖励依据", default=False),
    ),
    filters=(
        Filter("rest", "剩余", choices=RestKind, apply=_rest),
        Filter("kind", "来源", field="source__kind", choices=SourceKind),
        Filter("year", "指标年度", "range", field="source__year"),
        Filter("on", "下达日期", "day"),
        Filter("notice", "指标文号", "text", field="source__notice_number"),
        Filter("reward", "奖励资金", choices=_YES_NO, apply=_rewarded),
    ),
    default_sort="-on",
    row_url=_allocation_url,
    row_permissions=(Permission.PROJECT_VIEW,),
    views=(
        ("carry_over", "结转", "f_rest=carry_over"),
        ("balance", "结余", "f_rest=balance"),
        ("reward", "奖励资金", "f_reward=yes"),
    ),
    actions=(HeadAction("奖励测算", "fund_reward", Permission.FUND_ALLOCATE, "scale"),),
    search=_searched("project__name", "source__notice_number"),
    search_label="项目、文号",
    print_title="资金下达和结转结余台账",
    empty="还没有下达。在指标的页上，或者项目的“资金”一栏里下达。",
)
CLAIMS = Ledger(
    id="claim_list",
    title="报账",
    lead="合同、发票、金额对得上才报得进；审核的人不报账，支付的人不审核。",
    permission=_VIEW,
    rows=claims_seen,
    columns=(
        Column("project", "项目", "project.name", sort="project__name"),
        Column("contract", "合同", "contract.number", sort="contract__number"),
        Column("contractor", "承包（供应）单位", "contract.contractor"),
        Column("words", "报的是什么"),
        Column("invoice", "发票"),
        Column("claimed_on", "报账", kind="date", sort="claimed_on"),
        Column("amount", "报账金额", "account.amount", kind="money", sort="account__amount", total=True),
        Column("paid", "已支付", "account.used", kind="money", sort="account__used", total=True),
        Column("releases_retention", "质保金", kind="bool", default=False),
        Column("submitted_by", "报账人", default=False, classified=FieldClass.NAME),
        Column("state", "状态", claim_signal, kind="signal", sort="state"),
    ),
    filters=(
        Filter("state", "状态", choices=ClaimState),
        Filter("claimed_on", "报账日期", "day"),
        Filter("contract", "合同编号", "text", field="contract__number"),
        Filter("invoice", "发票号码", "text", field="invoice__number"),
        Filter("releases_retention", "质保金", "bool"),
    ),
    default_sort="-claimed_on",
    row_url=lambda row: reverse("claim_file", args=[row.uid]),
    views=(
        ("submitted", "待审核", "f_state=submitted"),
        ("reviewed", "待支付", "f_state=reviewed"),
        ("returned", "退回的", "f_state=returned"),
    ),
    search=_searched("project__name", "contract__number", "contract__contractor", "invoice__number"),
    search_label="项目、合同、单位、发票号码",
    print_title="报账台账",
    empty="还没有报账。在项目的“资金”一栏里，从合同报账。",
)
PAYMENTS = Ledger(
    id="payment_list",
    title="支付",
    lead="每张会计凭证付给了谁；付错了冲回，原来的账不改。",
    permission=_VIEW,
    rows=payments_seen,
    columns=(
        Column("voucher", "凭证号", sort="voucher"),
        Column("paid_on", "支付", kind="date", sort="paid_on"),
        Column("project", "项目", "allocation.project.name", sort="allocation__project__name"),
        Column("to", "付给", _paid_to),
        Column("source", "指标文号", "allocation.source.notice_number"),
        Column("book", "专户（账套）", sort="book"),
        Column("fen", "金额", kind="money", sort="fen", total=True),
        Column("reversed_on", "冲回", kind="date", sort="reversed_on"),
        Column("reverse_reason", "冲回原因", default=False, classified=FieldClass.FREE_TEXT),
    ),
    filters=(
        Filter("paid_on", "支付日期", "day"),
        Filter("voucher", "凭证号", "text"),
        Filter("book", "专户（账套）", "text"),
        Filter("notice", "指标文号", "text", field="allocation__source__notice_number"),
        Filter("reversed", "已冲回", choices=_YES_NO, apply=_reversed),
    ),
    default_sort="-paid_on",
    row_url=_payment_url,
    search=_searched("allocation__project__name", "voucher", "claim__contract__contractor"),
    search_label="项目、凭证、收款单位",
    print_title="资金支付台账",
    empty="还没有支付。报账审核通过以后，由财政部门支付。",
)
BATCHES = Ledger(
    id="household_batch_list",
    title="到户发放",
    lead="不经合同、打到一卡通的钱；银行没有打成的退回来，可以再发。",
    permission=_VIEW,
    rows=batches_seen,
    columns=(
        Column("title", "批次", sort="title"),
        Column("project", "项目", "project.name", sort="project__name"),
        Column("sent_on", "送银行", kind="date", sort="sent_on"),
        Column("voucher", "凭证号", "payment.voucher"),
        Column("source", "指标文号", "allocation.source.notice_number"),
        Column("households", "户数", kind="number", sort="households", total=True),
        Column("sent", "发放", kind="money", sort="sent", total=True),
        Column("back", "退回", kind="money", sort="back", total=True),
        Column("waiting", "等回单的户", kind="number", sort="waiting", total=True),
    ),
    filters=(
        Filter("waiting", "等银行回单", choices=_YES_NO, apply=_waiting),
        Filter("sent_on", "发放日期", "day"),
    ),
    default_sort="-sent_on",
    row_url=lambda row: reverse("household_batch_file", args=[row.uid]),
    views=(("waiting", "等银行回单", "f_waiting=yes"),),
    actions=(HeadAction("登记几批回单", "record_answers", Permission.FUND_RECORD, "receipt"),),
    search=_searched("title", "project__name"),
    search_label="批次、项目",
    print_title="到户发放台账",
    empty="还没有到户发放。在项目的“资金”一栏里，从下达的资金发。",
)
WORK = (
    Work(
        Permission.CLAIM_REVIEW, CLAIMS, "f_state=submitted", "待审核的报账", "对合同、发票、进度看过再审。"
    ),
    Work(Permission.FUND_RECORD, CLAIMS, "f_state=reviewed", "待支付的报账", "审核通过的，付款记凭证。"),
    Work(Permission.FUND_RECORD, BATCHES, "f_waiting=yes", "等银行回单的发放", "打成、没打成，照回单记。"),
    Work(Permission.FUND_ALLOCATE, ALLOCATIONS, "f_rest=balance", "完工项目的结余", "批准以后收回，再安排。"),
)
"""What waits on the workbench."""

"""Ledgers of sources and of entries."""

from __future__ import annotations

from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.permissions import Permission
from bangfu.funds.enums.funds import EntryKind
from bangfu.funds.models import Entry, FundSource
from bangfu.funds.queries.traces import entries_seen, sources_seen
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.projects.enums.admission import SourceKind

_VIEW = Permission.FUND_VIEW


def _source_url(source: FundSource) -> str:
    return reverse("fund_source_file", args=[source.uid])


def entry_source(entry: Entry) -> tuple[str, str]:
    """The source of an entry, leading to it for who may open it."""
    source = entry.source
    if source is None:
        return "", ""
    return str(source), _source_url(source) if entry.opens_source else ""  # type: ignore[attr-defined]


SOURCES = Ledger(
    id="fund_source_list",
    title="资金来源",
    lead="每份指标文件、每笔捐赠：多少钱，下达了多少，还剩多少；点开看每一元的去向。",
    permission=_VIEW,
    rows=sources_seen,
    columns=(
        Column("notice_number", "文号", sort="notice_number"),
        Column("kind", "来源", kind="tag", sort="kind"),
        Column("year", "年度", sort="year"),
        Column("received_on", "到县", kind="date", sort="received_on"),
        Column("purpose", "用途方向"),
        Column("amount", "金额", "account.amount", kind="money", sort="account__amount", total=True),
        Column("allocated", "已下达", "account.used", kind="money", sort="account__used", total=True),
        Column("rest", "未下达", kind="money", sort="rest", total=True),
        Column("book", "专户（账套）", default=False),
        Column("pooled", "纳入整合", kind="bool", default=False),
        Column("donor", "捐赠人", default=False, classified=FieldClass.NAME),
    ),
    filters=(
        Filter("kind", "来源", choices=SourceKind),
        Filter("year", "年度", "range"),
        Filter("pooled", "纳入整合", "bool"),
        Filter("received_on", "到县日期", "day"),
    ),
    default_sort="-received_on",
    row_url=_source_url,
    actions=(
        HeadAction("登记指标", "register_source", Permission.FUND_RECORD, "plus", primary=True),
        HeadAction("资金总览", "fund_dashboard", _VIEW, "report-money"),
        HeadAction("进度和支付", "fund_progress_list", _VIEW, "chart-line"),
        HeadAction("来源和整合", "fund_pool", _VIEW, "chart-bar"),
        HeadAction("资金台账", "fund_table", _VIEW, "table"),
        HeadAction("下达和结余", "fund_allocation_list", _VIEW, "git-branch"),
        HeadAction("报账", "claim_list", _VIEW, "clipboard-check"),
        HeadAction("支付", "payment_list", _VIEW, "receipt"),
        HeadAction("到户发放", "household_batch_list", _VIEW, "home"),
        HeadAction("资金账", "fund_entry_list", _VIEW, "list-details"),
    ),
    empty="还没有资金来源。由财政部门登记指标文件。",
)
ENTRIES = Ledger(
    id="fund_entry_list",
    title="资金账",
    lead="一笔一行，只增不改；记错了用冲回，冲回也是一行。",
    permission=_VIEW,
    rows=entries_seen,
    columns=(
        Column("on", "日期", kind="date", sort="on"),
        Column("kind", "事项", kind="tag", sort="kind"),
        Column("source", "指标", entry_source, kind="link"),
        Column("project", "项目", "project.name"),
        Column("fen", "金额", kind="money", sort="fen"),
        Column("voucher", "凭证"),
        Column("words", "摘要", classified=FieldClass.FREE_TEXT),
    ),
    filters=(
        Filter("notice", "指标文号", "text", field="source__notice_number"),
        Filter("kind", "事项", choices=EntryKind),
        Filter("on", "日期", "day"),
        Filter("voucher", "凭证", "text"),
    ),
    default_sort="-on",
)

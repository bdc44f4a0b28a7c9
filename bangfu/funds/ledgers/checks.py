"""Ledgers behind the figures: the entries of a sum, the notices against the rules."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.funds.enums.figures import FlowKind, Timing
from bangfu.funds.ledgers.funds import entry_source
from bangfu.funds.models import Entry, FundSource
from bangfu.funds.queries.flows import condition, with_opens
from bangfu.funds.queries.timing import (
    Timed,
    narrowed_by_timing,
    over_management,
    sources_checked,
    timed_by,
)
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.projects.enums.admission import SourceKind
from bangfu.workflow.calendars import calendar_now, keep, kept

_VIEW = Permission.FUND_VIEW
_SIGNALS = {Timing.FULL: "ok", Timing.PARTLY: "warn", Timing.ZERO: "bad"}


def years(user: User) -> list[tuple[str, str]]:
    """The years a notice may be of."""
    this = timezone.localdate().year
    return [(str(year), f"{year} 年度") for year in range(this + 1, this - 10, -1)]


def _entries(user: User) -> QuerySet[Entry]:
    rows: QuerySet[Entry] = Entry.objects.visible_to(user, _VIEW)
    return with_opens(rows.filter(source__isnull=False), user)


def _flow(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return rows.filter(condition(FlowKind(kind)))


def _sources(user: User) -> QuerySet[FundSource]:
    """Each row finds the calendar of the page again."""
    return sources_checked(user).annotate(calendar=Value(keep(calendar_now())))


def _timed(source: FundSource) -> Timed:
    return timed_by(source, timezone.localdate(), kept(source.calendar))  # type: ignore[attr-defined]


def _timing(rows: QuerySet[Any], timing: str) -> QuerySet[Any]:
    return narrowed_by_timing(rows, timing, timezone.localdate())


def _management(rows: QuerySet[Any], wanted: str) -> QuerySet[Any]:
    above = over_management(rows)
    return above if wanted == "yes" else rows.exclude(pk__in=above.values("pk"))


def _timing_signal(source: FundSource) -> tuple[str, str]:
    timing = _timed(source).timing
    return _SIGNALS[timing], timing.label


FLOWS = Ledger(
    id="fund_flow_list",
    title="资金数对应的账",
    lead="资金总览上的每个数，都是这里几笔账的和：收到、下达、支付，收回和冲回是负数。",
    permission=_VIEW,
    rows=_entries,
    columns=(
        Column("on", "日期", kind="date", sort="on"),
        Column("kind", "事项", kind="tag", sort="kind"),
        Column("source", "指标", entry_source, kind="link"),
        Column("project", "项目", "project.name"),
        Column("fen", "金额", kind="money", sort="fen", total=True),
        Column("voucher", "凭证"),
        Column("words", "摘要", classified=FieldClass.FREE_TEXT),
    ),
    filters=(
        Filter("flow", "哪个数", choices=FlowKind, apply=_flow),
        Filter("year", "指标年度", choices=years, field="source__year"),
        Filter("on", "日期", "day"),
        Filter("source", "来源", choices=SourceKind, field="source__kind"),
    ),
    default_sort="-on",
)

CHECKS = Ledger(
    id="fund_check_list",
    title="指标下达核对",
    lead="每份指标到县以后多少个工作日下达完、得几分；管理费有没有超过规定。没下达完的，数到今天。",
    permission=_VIEW,
    rows=_sources,
    columns=(
        Column("notice_number", "文号", sort="notice_number"),
        Column("kind", "来源", kind="tag", sort="kind"),
        Column("year", "年度", "year", sort="year"),
        Column("received_on", "到县", kind="date", sort="received_on"),
        Column("last_on", "最后下达", kind="date", sort="last_on"),
        Column("amount", "金额", "account.amount", kind="money", sort="account__amount", total=True),
        Column("rest", "未下达", kind="money", sort="rest", total=True),
        Column("days", "工作日", lambda source: _timed(source).days, kind="number"),
        Column("points", "得分", lambda source: _timed(source).points, kind="number"),
        Column("timing", "时效", _timing_signal, kind="signal"),
    ),
    filters=(
        Filter("year", "年度", choices=years),
        Filter("timing", "时效", choices=Timing, apply=_timing),
        Filter("management", "管理费超过规定", "bool", apply=_management),
        Filter("kind", "来源", choices=SourceKind),
        Filter("received_on", "到县日期", "day"),
    ),
    default_sort="-received_on",
    row_url=lambda source: reverse("fund_source_file", args=[source.uid]),
    actions=(HeadAction("资金总览", "fund_dashboard", _VIEW, "report-money"),),
)

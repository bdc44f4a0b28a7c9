"""The ledger of reports, and what waits for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.ledgers.workbench import Work
from bangfu.support.enums.reports import ReportState
from bangfu.support.models import Report
from bangfu.support.queries.reports import reports_seen_by
from bangfu.support.terms.report_templates import report_templates

_SIGNALS = {"draft": "off", "submitted": "now", "approved": "now", "handed_in": "ok", "void": "off"}


def report_signal(report: Report) -> tuple[str, str]:
    """The state in a word; a draft that was given back says so."""
    if report.state == ReportState.DRAFT and report.note:
        return "warn", "退回修改"
    return _SIGNALS[report.state], report.get_state_display()


def _kinds(_: User) -> Iterable[tuple[str, str]]:
    return [(one.id, one.name) for one in report_templates().values()]


def _waiting(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(waits_for_me=True) if value == "waiting" else rows


def _responses(report: Report) -> str:
    return f"{report.response_count} / {report.copy_count}" if report.copy_count else ""  # type: ignore[attr-defined]


REPORTS = Ledger(
    id="report_list",
    title="报告",
    lead="从记录起草，人来改，审定以后送出；数字点得开。季度报告、月通报、纪要、督导报告都在这里。",
    permission=Permission.REPORT_VIEW,
    rows=reports_seen_by,
    columns=(
        Column("title", "标题"),
        Column("template_name", "种类", kind="tag", sort="template"),
        Column("starts_on", "期间起", kind="date", sort="starts_on", default=False),
        Column("ends_on", "期间止", kind="date", sort="ends_on"),
        Column("author", "执笔", "author.name", sort="author__name"),
        Column("drafted_on", "起草", kind="date", sort="drafted_on", default=False),
        Column("approved_on", "审定", kind="date", sort="approved_on", default=False),
        Column("handed_on", "送出", kind="date", sort="handed_on"),
        Column("responses", "反馈", _responses, help="反馈了几个 / 送了几个"),
        Column("state", "状态", report_signal, kind="signal", sort="state"),
    ),
    filters=(
        Filter("template", "种类", choices=_kinds),
        Filter("state", "状态", choices=ReportState),
        Filter("respond", "反馈", choices=(("waiting", "等我反馈"),), apply=_waiting),
        Filter("ends_on", "期间止", "day"),
    ),
    default_sort="-ends_on",
    row_url=lambda row: reverse("report_file", args=[row.uid]),
    views=(
        ("draft", "草稿", "f_state=draft"),
        ("submitted", "待审定", "f_state=submitted"),
        ("waiting", "等我反馈", "f_respond=waiting"),
        ("quarterly", "季度报告", "f_template=quarterly_report"),
    ),
    actions=(HeadAction("起草报告", "new_report", Permission.REPORT_WRITE, "plus", primary=True),),
    search=lambda rows, text: rows.filter(Q(title__icontains=text) | Q(author__name__icontains=text)),
    search_label="标题、执笔人",
    print_title="报告台账",
    empty="还没有报告。点“起草报告”，从记录起草一份。",
)

WORK = (
    Work(
        Permission.REPORT_APPROVE, REPORTS, "f_state=submitted", "报告待审定", "看数字、看文字，同意或退回。"
    ),
    Work(
        Permission.REPORT_VIEW,
        REPORTS,
        "f_respond=waiting",
        "报告等我反馈",
        "看了说说意见、打算怎么支持。",
        reminds=True,
    ),
)
"""What waits on the workbench."""

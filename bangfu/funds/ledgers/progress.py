"""The ledger of works and payments side by side (C-030)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.funds.enums.figures import Lag
from bangfu.funds.ledgers.checks import years
from bangfu.funds.queries.progress import lag_of, lagging, projects_paced
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.ledgers.workbench import Work
from bangfu.projects.enums.admission import FUNDABLE, ProjectState
from bangfu.projects.models import Project

_VIEW = Permission.FUND_VIEW


def _rows(user: User) -> QuerySet[Project]:
    """What stands in a year's plan."""
    return projects_paced(user, timezone.localdate()).filter(state__in=FUNDABLE)


def _lag(rows: QuerySet[Any], lag: str) -> QuerySet[Any]:
    return lagging(rows, Lag(lag))


def _signal(project: Project) -> tuple[str, str]:
    lag = lag_of(project)
    if project.percent is None:  # type: ignore[attr-defined]
        return "off", "没有报过进度"
    return ("warn", lag.label) if lag else ("ok", "同步")


def _gap(project: Any) -> int | None:
    return None if project.percent is None else project.percent - project.pay_percent


def _searched(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(name__icontains=text) | Q(code__icontains=text) | Q(region__name__icontains=text))


PROGRESS = Ledger(
    id="fund_progress_list",
    title="进度和支付",
    lead="形象进度和支付进度并排；支付进度是已支付占合同金额，没有合同的占资金总额。相差超过县参数的，点开可以下督办单。",
    permission=_VIEW,
    rows=_rows,
    columns=(
        Column("name", "项目", sort="name"),
        Column("region", "实施地点", "region.name", sort="place"),
        Column("planned", "资金总额", kind="money", sort="planned", total=True, default=False),
        Column("allocated", "已下达", kind="money", sort="allocated", total=True),
        Column("contracted", "合同", kind="money", sort="contracted", total=True),
        Column("paid", "已支付", kind="money", sort="paid", total=True),
        Column("percent", "形象进度（%）", kind="number", sort="percent"),
        Column("pay_percent", "支付进度（%）", kind="number", sort="pay_percent"),
        Column("gap", "相差", _gap, kind="number"),
        Column("lag", "结论", _signal, kind="signal"),
    ),
    filters=(
        Filter("lag", "偏差", choices=Lag, apply=_lag),
        Filter("plan_year", "计划年度", choices=years),
        Filter("state", "状态", choices=ProjectState),
    ),
    default_sort="-plan_year",
    row_url=lambda project: reverse("fund_project_trace", args=[project.uid]),
    views=(
        ("behind", "支付落后", "f_lag=behind&f_state=underway"),
        ("ahead", "支付超前", "f_lag=ahead&f_state=underway"),
        ("underway", "实施中", "f_state=underway"),
    ),
    actions=(
        HeadAction("付款计划", "fund_schedule_list", _VIEW, "calendar-event"),
        HeadAction("资金总览", "fund_dashboard", _VIEW, "report-money"),
    ),
    search=_searched,
    search_label="名称、编码、地点",
    print_title="项目进度和支付对照表",
)

LAG_WORK = (
    Work(
        Permission.ORDER_ISSUE,
        PROGRESS,
        "f_lag=behind&f_state=underway",
        "支付落后于工程的项目",
        "问清卡在报账、审核还是支付；该督办的下督办单。",
    ),
    Work(
        Permission.ORDER_ISSUE,
        PROGRESS,
        "f_lag=ahead&f_state=underway",
        "支付超前于工程的项目",
        "核对进度和验收单。",
    ),
)
"""What waits on the workbench."""

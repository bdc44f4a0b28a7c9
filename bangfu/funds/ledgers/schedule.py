"""The ledger of contracts beside their payment schedules (C-032, C-099)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.funds.enums.figures import Due
from bangfu.funds.queries.schedule import contracts_scheduled, due_of, standing
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.ledgers.workbench import Work
from bangfu.projects.models import Contract

_VIEW = Permission.FUND_VIEW
SIGNALS = {Due.UNPAID: "bad", Due.UNBUILT: "warn", Due.KEPT: "ok"}


def _rows(user: User) -> QuerySet[Contract]:
    return contracts_scheduled(user, timezone.localdate())


def _standing(rows: QuerySet[Any], due: str) -> QuerySet[Any]:
    return standing(rows, Due(due))


def _signal(contract: Contract) -> tuple[str, str]:
    due = due_of(contract)
    return SIGNALS[due], due.label


def _short(contract: Any) -> int:
    return max(contract.short, 0)


def _searched(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(project__name__icontains=text) | Q(number__icontains=text) | Q(contractor__icontains=text)
    )


SCHEDULES = Ledger(
    id="fund_schedule_list",
    place_field="project__place",
    title="付款计划",
    lead="合同约定的付款日期和进度，对照实际支付。到期、进度也够了没有付的，是该付未付；到期而工程没到的，先催工程。",
    permission=_VIEW,
    rows=_rows,
    columns=(
        Column("project", "项目", "project.name", sort="project__name"),
        Column("region", "实施地点", "project.region.name", sort="project__place", default=False),
        Column("number", "合同", sort="number"),
        Column("contractor", "承包（供应）单位", default=False),
        Column("amount", "合同金额", kind="money", sort="amount", total=True),
        Column("owed", "到期应付", kind="money", sort="owed", total=True),
        Column("paid", "已支付", kind="money", sort="paid", total=True),
        Column("short", "该付未付", _short, kind="money", sort="short"),
        Column("unbuilt", "到期，工程没到", kind="money", sort="unbuilt", total=True),
        Column("built", "形象进度（%）", kind="number", sort="built"),
        Column("next_due", "下一笔", kind="date", sort="next_due"),
        Column("due", "结论", _signal, kind="signal"),
    ),
    filters=(
        Filter("due", "结论", choices=Due, apply=_standing),
        Filter("signed_on", "签订日期", "day"),
    ),
    default_sort="-short",
    row_url=lambda row: reverse("project_file", args=[row.project.uid]) + "?tab=funds",
    row_permissions=(Permission.PROJECT_VIEW,),
    views=(("unpaid", "该付未付", "f_due=unpaid"), ("unbuilt", "工程没到", "f_due=unbuilt")),
    actions=(HeadAction("进度和支付", "fund_progress_list", _VIEW, "progress"),),
    search=_searched,
    search_label="项目、合同、单位",
    print_title="合同付款计划执行表",
    empty="还没有付款计划。在项目的“资金”一栏里，从合同编制。",
)

SCHEDULE_WORK = (
    Work(
        Permission.FUND_RECORD,
        SCHEDULES,
        "f_due=unpaid",
        "到期该付没有付的合同",
        "催报账、催审核；审核过了的就付。",
    ),
)
"""What waits on the workbench."""

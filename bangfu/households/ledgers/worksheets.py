"""The ledger of income worksheets: which are signed, disputed, waiting (C-051)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import PeriodKind, WorksheetState
from bangfu.households.models import IncomeWorksheet
from bangfu.ledgers.definition import Column, Filter, Ledger

OPEN_STATES = (WorksheetState.DRAFT, WorksheetState.SIGNED, WorksheetState.DISPUTED)


def worksheet_rows(user: User) -> QuerySet[IncomeWorksheet]:
    """The versions that count: those replaced or counted again are reached from their successors."""
    rows = IncomeWorksheet.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    return rows.filter(state__in=OPEN_STATES).select_related("household__village")


WORKSHEETS = Ledger(
    id="worksheet_list",
    title="收入测算",
    lead="每户每个周期现行的一版；旧版从测算表里看。",
    permission=Permission.HOUSEHOLD_VIEW,
    rows=worksheet_rows,
    columns=(
        Column(
            "head", "户主", "household.head_name", sort="household__head_name", classified=FieldClass.NAME
        ),
        Column("village", "村", "household.village.name", sort="household__place"),
        Column("period_from", "起", kind="month", sort="period_from"),
        Column("period_to", "止", kind="month", sort="period_to"),
        Column("number", "第几版", kind="number", sort="number"),
        Column("state", "状态", kind="tag", sort="state"),
        Column("persons", "人数", kind="number", sort="persons", total=True),
        Column("net_fen", "家庭纯收入", kind="money", sort="net_fen", total=True),
        Column("per_capita_fen", "人均纯收入", kind="money", sort="per_capita_fen"),
        Column(
            "compliant_self_pay_fen", "合规自付", kind="money", sort="compliant_self_pay_fen", default=False
        ),
        Column("claim_fen", "理赔", kind="money", sort="claim_fen", default=False),
        Column("signed_on", "签字日期", kind="date", sort="signed_on"),
        Column("disputed_on", "异议日期", kind="date", sort="disputed_on", default=False),
        Column("collected_by", "核算人", default=False),
    ),
    filters=(
        Filter("state", "状态", choices=[(state.value, state.label) for state in OPEN_STATES]),
        Filter("kind", "周期口径", field="period_kind", choices=PeriodKind),
        Filter("period_to", "周期止于", kind="day"),
        Filter("per_capita", "人均纯收入（元）", kind="money", field="per_capita_fen"),
    ),
    default_sort="-pk",
    row_url=lambda row: reverse("income_worksheet", args=[row.uid]),
    place_field="household__place",
    views=(
        ("unsigned", "待签字", "f_state=draft"),
        ("disputed", "有异议", "f_state=disputed"),
        ("signed", "已签字", "f_state=signed"),
    ),
    empty="还没有收入测算表。打开一户，在“收入”页填一张。",
)

"""A ledger over households with every kind of column and filter, mounted for the tests of this room only."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import include, path

from bangfu.access.classification import FieldClass
from bangfu.access.permissions import Permission
from bangfu.households.enums import HouseholdType
from bangfu.households.models import Household
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.ledgers.views import ledger_view


def _house(row: Any) -> tuple[str, str] | None:
    return ("warn", "危房") if row.dangerous_house else None


def _at_least(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(member_count__gte=int(value))


SAMPLE = Ledger(
    id="sample_list",
    title="样本台账",
    lead="只在测试里有。",
    permission=Permission.HOUSEHOLD_VIEW,
    rows=lambda user: Household.objects.visible_to(user, Permission.HOUSEHOLD_VIEW).select_related("village"),
    columns=(
        Column("head_name", "户主", sort="head_name"),
        Column("village", "村", value="village.name", sort="place"),
        Column("type", "户类型", value="household_type", kind="tag"),
        Column("persons", "人数", value="member_count", kind="number", sort="member_count", total=True),
        Column("income", "纯收入", value="net_income", kind="money", sort="net_income", total=True),
        Column("identified", "识别", value="identified_month", kind="month"),
        Column("water", "安全饮水", value="safe_water", kind="bool"),
        Column("phone", "电话", classified=FieldClass.CONTACT),
        Column("bank", "账号", value="bank_account", classified=FieldClass.BANK, default=False),
        Column("house", "住房", kind="signal", value=_house),
        Column("step", "办理", value=lambda row: "填", permission=Permission.ROUND_MANAGE, default=False),
    ),
    filters=(
        Filter("type", "户类型", field="household_type", choices=HouseholdType, blank=True),
        Filter("head", "户主", kind="text", field="head_name"),
        Filter("water", "安全饮水", kind="bool", field="safe_water"),
        Filter("persons", "人数", kind="range", field="member_count"),
        Filter("income", "纯收入", kind="money", field="net_income"),
        Filter("identified", "识别", kind="month", field="identified_month"),
        Filter("big", "大户", choices=(("5", "5 人以上"),), apply=_at_least),
    ),
    default_sort="place",
    row_permissions=(Permission.HOUSEHOLD_REGISTER, Permission.CHANGE_PROPOSE),
    row_url=lambda row: f"/h/{row.uid}/",
    views=(("registered", "脱贫户", "f_type=registered"),),
    actions=(HeadAction("画廊", "gallery", Permission.HOUSEHOLD_REGISTER, icon="plus", primary=True),),
    search=lambda rows, text: rows.filter(head_name__startswith=text),
)

urlpatterns = [
    path("", include("bangfu.config.urls")),
    path("sample/", ledger_view(SAMPLE), name="sample_list"),
]

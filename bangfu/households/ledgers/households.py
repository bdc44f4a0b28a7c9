"""The ledger of households: columns of the paper form and of the national system's export (facts.md 2.2)."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import HouseholdState, HouseholdType, MonitoredCategory
from bangfu.households.ledgers.common import group_filter, words, yes_no
from bangfu.households.models import Household
from bangfu.households.queries.coverage import HOUSEHOLD_GROUPS
from bangfu.households.queries.finding import begins
from bangfu.households.showing.wording import dictionaries
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger


def _rows(user: User) -> QuerySet[Household]:
    rows = Household.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    return rows.select_related("village__parent", "grid")


def _search(rows: QuerySet[Household], text: str) -> QuerySet[Household]:
    """Head by name or by initials, or the code, from the beginning."""
    if text.isascii() and text.isalpha():
        return rows.filter(begins("head_initials", text.lower()))
    return rows.filter(begins("code" if text[0].isdigit() else "head_name", text))


def _with_cause(rows: QuerySet[Household], value: str) -> QuerySet[Household]:
    """As the main cause or as one of the two others; by position, which both databases can look up."""
    return rows.filter(Q(main_cause=value) | Q(other_causes__0=value) | Q(other_causes__1=value))


def _some(rows: QuerySet[Household], value: str) -> QuerySet[Household]:
    """With or without any risk on record."""
    empty = Q(risks=[])
    return rows.filter(empty) if value == "none" else rows.exclude(empty)


HOUSEHOLDS = Ledger(
    id="household_list",
    title="户",
    lead="您管的范围里的户，一行一户；点户主看一户一档。",
    permission=Permission.HOUSEHOLD_VIEW,
    rows=_rows,
    columns=(
        Column("head", "户主", lambda row: row.head_name, sort="head_name"),
        Column("code", "户编号", default=False),
        Column("township", "乡镇", "village.parent.name", sort="place"),
        Column("village", "行政村", "village.name", sort="place"),
        Column("group_name", "村民小组"),
        Column("member_count", "人数", kind="number", total=True),
        Column("household_type", "户类型", kind="tag"),
        Column("monitored_category", "监测对象类别", kind="tag"),
        Column("risk_removed", "风险已消除", kind="bool", default=False),
        Column("identified_month", "识别监测时间", kind="month", default=False),
        Column("main_cause", "主要致贫原因"),
        Column("risks", "致贫返贫风险", lambda row: "、".join(row.risks), default=False),
        Column("per_capita_net_income", "人均纯收入（名册）", kind="money"),
        Column("dangerous_house", "危房", kind="bool"),
        Column("safe_water", "安全饮水", kind="bool"),
        Column("toilet", "卫生厕所", kind="bool", default=False),
        Column("electricity", "生活用电", kind="bool", default=False),
        Column("road_hardened", "入户路硬化", kind="bool", default=False),
        Column("house_area", "住房面积（平方米）", kind="number", default=False),
        Column("farmland", "耕地（亩）", kind="number", total=True, default=False),
        Column("forest_land", "林地（亩）", kind="number", total=True, default=False),
        Column("no_labour_household", "兜底保障户", kind="bool", default=False),
        Column(
            "phone", "联系电话", default=False, classified=FieldClass.CONTACT, value=lambda row: row.phone
        ),
        Column("grid", "网格", "grid.name", default=False),
        Column("state", "状态", kind="tag", default=False),
    ),
    filters=(
        Filter("household_type", "户类型", choices=HouseholdType, blank=True),
        Filter("monitored_category", "监测类别", choices=MonitoredCategory, blank=True),
        Filter("state", "状态", choices=HouseholdState),
        Filter("cause", "致贫原因", choices=words(dictionaries()["main_cause"]), apply=_with_cause),
        Filter("risk", "返贫风险", choices=(("some", "有风险"), ("none", "没有")), apply=_some),
        yes_no("risk_removed", "风险消除"),
        yes_no("dangerous_house", "危房"),
        yes_no("safe_water", "安全饮水"),
        yes_no("toilet", "卫生厕所"),
        yes_no("road_hardened", "入户路硬化"),
        yes_no("no_labour_household", "兜底保障"),
        Filter("group_name", "小组", "text"),
        Filter("member_count", "人数", "range"),
        Filter("per_capita_net_income", "人均纯收入", "money"),
        Filter("identified_month", "识别月份", "month"),
        group_filter(HOUSEHOLD_GROUPS),
    ),
    default_sort="place",
    row_url=lambda row: reverse("household_file", args=[row.uid]),
    row_label=lambda row: row.head_name,
    views=(
        ("present", "在册", "f_state=present"),
        ("monitored", "监测未消除", "f_state=present&f_risk_removed=no"),
        ("registered", "脱贫户", "f_state=present&f_household_type=registered"),
        ("house", "危房", "f_state=present&f_dangerous_house=yes"),
        ("water", "饮水未解决", "f_state=present&f_safe_water=no"),
    ),
    actions=(
        HeadAction(
            "登记一户", "register_household", Permission.HOUSEHOLD_REGISTER, icon="plus", primary=True
        ),
        HeadAction("找户", "find", Permission.HOUSEHOLD_VIEW, icon="search"),
    ),
    search=_search,
    search_label="户主姓名、首字母、户编号",
    print_title="户台账",
    empty="这里还没有户。导入名册，或登记一户；设了条件的话，换个条件再看。",
)

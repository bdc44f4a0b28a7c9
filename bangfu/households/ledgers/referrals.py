"""The ledgers of the safety net: who was handed to civil affairs, and who still is to be (C-057)."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import HouseholdType, ReferralResult, ReferralState
from bangfu.households.models import Household, SafetyNetReferral
from bangfu.households.queries.following import to_be_referred
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger

_OPEN = (("yes", "还没有结果"), ("no", "已有结果"))


def referral_rows(user: User) -> QuerySet[SafetyNetReferral]:
    """The hand-overs of visible households."""
    rows = SafetyNetReferral.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    return rows.select_related("household__village")


def unreferred_rows(user: User) -> QuerySet[Household]:
    """Visible households that are still to be handed to civil affairs."""
    rows = Household.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    return to_be_referred(rows).select_related("village")


def _is_open(rows: QuerySet, answer: str) -> QuerySet:
    decided = Q(state=ReferralState.DECIDED)
    return rows.filter(~decided if answer == "yes" else decided)


REFERRALS = Ledger(
    id="referral_list",
    title="兜底转民政",
    lead="转给民政的户：受理了没有，纳入了什么，从哪个月起；没有结果的接着跟。",
    permission=Permission.HOUSEHOLD_VIEW,
    rows=referral_rows,
    columns=(
        Column(
            "head", "户主", "household.head_name", sort="household__head_name", classified=FieldClass.NAME
        ),
        Column("village", "村", "household.village.name", sort="household__place"),
        Column("state", "状态", kind="tag", sort="state"),
        Column("handed_on", "移交日期", kind="date", sort="handed_on"),
        Column("reason", "转民政的理由"),
        Column("accepted_on", "受理日期", kind="date", sort="accepted_on"),
        Column("result", "结果", sort="result"),
        Column("from_month", "从哪个月起", kind="month", sort="from_month"),
        Column("standard_fen", "标准金额", kind="money", sort="standard_fen"),
        Column("result_reason", "结果说明", default=False),
        Column("decided_on", "结果日期", kind="date", sort="decided_on", default=False),
        Column("handed_by", "移交人", default=False),
    ),
    filters=(
        Filter("open", "进度", choices=_OPEN, apply=_is_open),
        Filter("state", "状态", choices=ReferralState),
        Filter("result", "结果", choices=ReferralResult, blank=True),
        Filter("handed_on", "移交日期", kind="day"),
    ),
    default_sort="-handed_on",
    row_url=lambda row: reverse("household_file", args=[row.household.uid]) + "?tab=following",
    place_field="household__place",
    views=(
        ("open", "还没有结果", "f_open=yes"),
        *((one.value, one.label, f"f_result={one.value}") for one in ReferralResult),
    ),
    actions=(HeadAction("还没转的户", "unreferred_list", Permission.HOUSEHOLD_VIEW, "list"),),
    empty="还没有转过。在“还没转的户”里打开一户，登记转民政。",
)

UNREFERRED = Ledger(
    id="unreferred_list",
    title="兜底户还没转民政",
    lead="标了整户无劳动能力兜底、或计划靠社会兜底退出，还没有人享受低保特困，也没有转给民政的户。",
    permission=Permission.HOUSEHOLD_VIEW,
    rows=unreferred_rows,
    columns=(
        Column("head_name", "户主", sort="head_name", classified=FieldClass.NAME),
        Column("village", "村", "village.name", sort="place"),
        Column("group_name", "组", sort="group_name"),
        Column("member_count", "人数", kind="number", sort="member_count", total=True),
        Column("household_type", "户类型", kind="tag", sort="household_type"),
        Column("no_labour_household", "整户无劳动能力", kind="bool"),
        Column("main_cause", "主要致贫原因", sort="main_cause"),
    ),
    filters=(Filter("type", "户类型", field="household_type", choices=HouseholdType),),
    default_sort="village",
    row_url=lambda row: reverse("household_file", args=[row.uid]) + "?tab=following",
    actions=(HeadAction("转过的户", "referral_list", Permission.HOUSEHOLD_VIEW, "list"),),
    empty="兜底的户都转给民政了，或者已经在享受。",
)

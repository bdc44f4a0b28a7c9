"""Ledgers of who helps whom: pairings, households without a helper, duty officers (C-020, C-075, C-187)."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import DateField, Exists, ExpressionWrapper, OuterRef, QuerySet
from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import HouseholdType, MonitoredCategory, OfficerKind
from bangfu.households.models import DutyOfficer, Household, Pairing
from bangfu.households.queries.people import without_helper
from bangfu.ledgers.definition import BatchAction, Column, Filter, HeadAction, Ledger


def pairing_rows(user: User) -> QuerySet[Pairing]:
    """All pairings in reach, open and ended."""
    rows = Pairing.objects.visible_to(user, Permission.PAIRING_VIEW)
    return rows.select_related("household__village", "helper__unit")


def unpaired_rows(user: User) -> QuerySet[Household]:
    """Households in reach that should have a helper and have none."""
    rows = Household.objects.visible_to(user, Permission.PAIRING_VIEW)
    return without_helper(rows).select_related("village", "grid")


def officer_rows(user: User) -> QuerySet[DutyOfficer]:
    """All officers in reach, serving and former."""
    rows = DutyOfficer.objects.visible_to(user, Permission.PAIRING_VIEW)
    return rows.select_related("region__parent")


def _is_open(rows: QuerySet, answer: str) -> QuerySet:
    return rows.filter(valid_to__isnull=answer == "yes")


def _left(rows: QuerySet[Pairing], answer: str) -> QuerySet[Pairing]:
    # 从人找起：离任的少，不必把全县的结对逐条看一遍
    return rows.filter(helper__in=User.objects.filter(is_active=answer == "no"))


def _handed_from(rows: QuerySet[Pairing], name: str) -> QuerySet[Pairing]:
    """What somebody of that name had until the day before."""
    before = ExpressionWrapper(OuterRef("valid_from") - timedelta(days=1), DateField())
    former = Pairing.objects.filter(household=OuterRef("household"), helper__name=name, valid_to=before)
    return rows.filter(Exists(former))


_OPEN = (("yes", "现任"), ("no", "已结束"))

PAIRINGS = Ledger(
    id="pairing_list",
    title="结对",
    lead="谁帮谁，从哪天到哪天。换人请用“移交”，两头日期一次写好，不留空户。",
    permission=Permission.PAIRING_VIEW,
    rows=pairing_rows,
    columns=(
        Column(
            "head", "户主", "household.head_name", sort="household__head_name", classified=FieldClass.NAME
        ),
        Column("village", "村", "household.village.name", sort="household__place"),
        Column("group", "组", "household.group_name"),
        Column("helper", "帮扶责任人", "helper.name", sort="helper__name"),
        Column("unit", "单位", "helper.unit.name", sort="helper__unit__name"),
        Column("valid_from", "自", kind="date", sort="valid_from"),
        Column("valid_to", "至", kind="date", sort="valid_to"),
        Column("end_reason", "结束原因"),
    ),
    filters=(
        Filter("open", "状态", choices=_OPEN, apply=_is_open),
        Filter("helper", "帮扶责任人", kind="text", field="helper__name"),
        Filter("unit", "单位", kind="text", field="helper__unit__name"),
        Filter("left", "这个人", choices=(("yes", "已离任"), ("no", "在任")), apply=_left),
        Filter("handed_from", "从谁接来", kind="text", apply=_handed_from),
        Filter("valid_from", "开始日期", kind="day"),
    ),
    default_sort="village",
    row_url=lambda row: reverse("household_pairings", args=[row.household.uid]),
    place_field="household__place",
    views=(("open", "现任", "f_open=yes"),),
    actions=(
        HeadAction(
            "没有帮扶责任人的户", "household_without_helper_list", Permission.PAIRING_VIEW, "user-minus"
        ),
        HeadAction("移交", "hand_over_households", Permission.GRID_MANAGE, "arrows-exchange", primary=True),
    ),
    empty="还没有结对。从“没有帮扶责任人的户”里选户结对。",
)

UNPAIRED = Ledger(
    id="household_without_helper_list",
    title="没有帮扶责任人的户",
    lead="脱贫户和监测对象里，现在没有人帮扶的。打勾，一次结对。",
    permission=Permission.PAIRING_VIEW,
    rows=unpaired_rows,
    columns=(
        Column("head_name", "户主", sort="head_name", classified=FieldClass.NAME),
        Column("village", "村", "village.name", sort="place"),
        Column("group_name", "组", sort="group_name"),
        Column("member_count", "人数", kind="number", sort="member_count", total=True),
        Column("household_type", "户类型", kind="tag", sort="household_type"),
        Column("monitored_category", "监测对象类别", kind="tag", sort="monitored_category"),
        Column("grid", "网格", "grid.name"),
    ),
    filters=(
        Filter("type", "户类型", field="household_type", choices=HouseholdType),
        Filter("category", "监测对象类别", field="monitored_category", choices=MonitoredCategory, blank=True),
    ),
    default_sort="village",
    row_url=lambda row: reverse("household_pairings", args=[row.uid]),
    row_label=lambda row: f"{row.head_name}户",
    batch_actions=(BatchAction("结对给一个人", "pair_households", Permission.GRID_MANAGE),),
    empty="每一户都有帮扶责任人。",
)

OFFICERS = Ledger(
    id="officer_list",
    title="信息员",
    lead="乡镇和村的信息员、专干、包村干部，从哪天到哪天。",
    permission=Permission.PAIRING_VIEW,
    rows=officer_rows,
    columns=(
        Column("name", "姓名", sort="name"),
        Column("kind", "种类", kind="tag", sort="kind"),
        Column("region", "乡镇或村", "region.name", sort="place"),
        Column("above", "上级", "region.parent.name"),
        Column("valid_from", "自", kind="date", sort="valid_from"),
        Column("valid_to", "至", kind="date", sort="valid_to"),
    ),
    filters=(
        Filter("open", "状态", choices=_OPEN, apply=_is_open),
        Filter("kind", "种类", choices=OfficerKind),
    ),
    default_sort="region",
    row_url=lambda row: reverse("officer_file", args=[row.uid]),
    views=(("open", "现任", "f_open=yes"),),
    actions=(HeadAction("登记信息员", "appoint_officer", Permission.GRID_MANAGE, "user-plus", primary=True),),
    empty="还没有登记信息员。",
)

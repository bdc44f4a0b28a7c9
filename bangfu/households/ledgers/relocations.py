"""The ledger of relocations: planned, moved in, not moved in and why (C-083)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import (
    RelocationScope,
    RelocationState,
    Resettlement,
    ResettlementPlace,
    UnsettledReason,
)
from bangfu.households.models import Relocation
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger


def relocation_rows(user: User) -> QuerySet[Relocation]:
    """The relocations of visible households."""
    rows = Relocation.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    return rows.select_related("household__village")


def _overdue(rows: QuerySet, answer: str) -> QuerySet:
    """Past the planned day and not moved in."""
    return rows.exclude(state=RelocationState.MOVED_IN).filter(planned_on__lt=timezone.localdate())


RELOCATIONS = Ledger(
    id="relocation_list",
    title="易地搬迁",
    lead="哪些户要搬、搬到哪里、住进去没有；没有入住的写原因。",
    permission=Permission.HOUSEHOLD_VIEW,
    rows=relocation_rows,
    columns=(
        Column(
            "head", "户主", "household.head_name", sort="household__head_name", classified=FieldClass.NAME
        ),
        Column("village", "村", "household.village.name", sort="household__place"),
        Column(
            "persons",
            "人数",
            "household.member_count",
            kind="number",
            sort="household__member_count",
            total=True,
        ),
        Column("state", "状态", kind="tag", sort="state"),
        Column("resettlement", "安置方式", sort="resettlement"),
        Column("place_kind", "安置地", sort="place_kind"),
        Column("place_name", "安置点", sort="place_name", classified=FieldClass.LOCATION),
        Column("planned_on", "计划入住", kind="date", sort="planned_on"),
        Column("settled_on", "实际入住", kind="date", sort="settled_on", help="集中安置是交钥匙那天。"),
        Column("unsettled_reason", "未入住原因", sort="unsettled_reason"),
        Column("scope", "搬迁方式", sort="scope", default=False),
        Column("note", "说明", default=False),
    ),
    filters=(
        Filter("state", "状态", choices=RelocationState),
        Filter("reason", "未入住原因", field="unsettled_reason", choices=UnsettledReason),
        Filter("resettlement", "安置方式", choices=Resettlement),
        Filter("place_kind", "安置地", choices=ResettlementPlace),
        Filter("scope", "搬迁方式", choices=RelocationScope),
        Filter("overdue", "到期", choices=(("yes", "过了计划日还没入住"),), apply=_overdue),
        Filter("planned_on", "计划入住", kind="day"),
    ),
    default_sort="village",
    row_url=lambda row: reverse("household_file", args=[row.household.uid]) + "?tab=following",
    place_field="household__place",
    views=(
        *((one.value, one.label, f"f_state={one.value}") for one in RelocationState),
        ("overdue", "过了计划日", "f_overdue=yes"),
    ),
    actions=(HeadAction("分区划合计", "relocation_totals", Permission.HOUSEHOLD_VIEW, "sum"),),
    empty="还没有搬迁计划。打开一户，在“兜底与搬迁”页登记。",
)

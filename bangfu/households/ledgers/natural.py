"""The ledger of natural changes, C-054: who came and who left, when, why."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import NaturalChangeKind
from bangfu.households.models import NaturalChange
from bangfu.ledgers.definition import Column, Filter, Ledger

_INCREASE = [kind for kind in NaturalChangeKind if kind.adds or kind is NaturalChangeKind.HOUSEHOLD_IN]
_DECREASE = [kind for kind in NaturalChangeKind if kind.removes or kind is NaturalChangeKind.HOUSEHOLD_OUT]
_DIRECTIONS = (("in", "增加"), ("out", "减少"), ("regroup", "分户、并户"))


def _rows(user: User) -> QuerySet[NaturalChange]:
    rows = NaturalChange.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    return rows.select_related("household__village__parent", "member", "other_household", "change")


def _directed(rows: QuerySet[NaturalChange], value: str) -> QuerySet[NaturalChange]:
    kinds = {
        "in": _INCREASE,
        "out": _DECREASE,
        "regroup": [NaturalChangeKind.SPLIT, NaturalChangeKind.MERGE],
    }
    return rows.filter(kind__in=kinds[value]) if value in kinds else rows


NATURAL_CHANGES = Ledger(
    id="natural_change_list",
    title="自然变更",
    lead="出生、婚嫁、死亡、迁移、分户、并户，按发生的日子；登记在每一户里。",
    permission=Permission.HOUSEHOLD_VIEW,
    rows=_rows,
    columns=(
        Column("occurred_on", "发生日期", kind="date"),
        Column("kind", "种类", kind="tag"),
        Column("household", "户主", "household.head_name"),
        Column("member", "成员", "member.name"),
        Column("persons", "人数", kind="number", total=True),
        Column("township", "乡镇", "household.village.parent.name", sort="household__place"),
        Column("village", "行政村", "household.village.name", sort="household__place"),
        Column("other", "另一户", "other_household.head_name"),
        Column("note", "说明"),
        Column("entered_by", "登记人", "change.actor_label", default=False),
        Column("entered_at", "登记时间", "change.at", kind="date", default=False),
    ),
    filters=(
        Filter("direction", "增减", choices=_DIRECTIONS, apply=_directed),
        Filter("kind", "种类", choices=NaturalChangeKind),
        Filter("occurred_on", "发生日期", "day"),
    ),
    default_sort="-occurred_on",
    place_field="household__place",
    row_url=lambda row: reverse("household_file", args=[row.household.uid]) + "?tab=changes",
    row_label=lambda row: row.household.head_name,
    views=(
        ("in", "自然增加", "f_direction=in"),
        ("out", "自然减少", "f_direction=out"),
        ("death", "死亡", "f_kind=death"),
        ("birth", "新生儿", "f_kind=birth"),
    ),
    print_title="自然变更台账",
    empty="没有自然变更。到那一户里“登记自然变更”。",
)

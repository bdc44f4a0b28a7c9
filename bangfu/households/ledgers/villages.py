"""The ledger of villages: each with its latest record (C-204)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from bangfu.access.permissions import Permission
from bangfu.core.models import Region
from bangfu.households.queries.villages import SORTED, villages_visible
from bangfu.households.reckoning.village_fields import FIELDS, VillageField
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger

_KINDS = {"count": "number", "money": "money", "bool": "bool", "area": "text", "year": "text", "text": "text"}
_SHOWN = {"households", "persons", "out_of_poverty", "collective_income_fen", "doctors", "bus", "paved_road"}


def _latest(name: str) -> Callable[[Any], Any]:
    return lambda village: getattr(village.dated[0], name) if village.dated else None


def _column(field: VillageField) -> Column:
    sorted_by = f"latest_{field.name}" if field.name in SORTED else ""
    return Column(
        field.name,
        field.label,
        _latest(field.name),
        kind=_KINDS[field.kind],  # type: ignore[arg-type]
        sort=sorted_by,
        total=bool(sorted_by),
        default=field.name in _SHOWN,
    )


def _recorded(rows: QuerySet, answer: str) -> QuerySet[Region]:
    return rows.filter(latest_as_of__isnull=answer == "no")


def _found(rows: QuerySet[Region], text: str) -> QuerySet[Region]:
    return rows.filter(Q(name__contains=text) | Q(code__startswith=text))


VILLAGES = Ledger(
    id="village_list",
    title="村",
    lead="每个村最近一份村情况；点开看前后对照，看登记的数和填的数合不合。",
    permission=Permission.VILLAGE_VIEW,
    rows=villages_visible,
    columns=(
        Column("name", "村", sort="code"),
        Column("township", "乡镇", "parent.name"),
        Column("as_of", "截至", _latest("as_of"), kind="date", sort="latest_as_of"),
        *(_column(field) for field in FIELDS),
    ),
    filters=(Filter("recorded", "村情况", choices=[("yes", "已填"), ("no", "没填过")], apply=_recorded),),
    default_sort="code",
    row_url=lambda village: reverse("village_file", args=[village.subject.uid]),
    place_field="code",
    views=(("blank", "没填过", "f_recorded=no"),),
    actions=(
        HeadAction("结对", "pairing_list", Permission.PAIRING_VIEW, "heart-handshake"),
        HeadAction("信息员", "officer_list", Permission.PAIRING_VIEW, "user-check"),
    ),
    search=_found,
    search_label="村名或代码",
    empty="没有村。请县级管理员在“区划”里添加。",
)

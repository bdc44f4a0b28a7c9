"""Assessments as a ledger."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from bangfu.access.permissions import Permission
from bangfu.assessment.enums import RoundState
from bangfu.assessment.queries import rounds_seen
from bangfu.assessment.showing import round_signal
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.ledgers.workbench import Work

_VIEW, _MANAGE = Permission.ASSESSMENT_VIEW, Permission.ASSESSMENT_MANAGE


def _searched(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(title__icontains=text)


ASSESSMENTS = Ledger(
    id="unit_assessment_list",
    title="考核",
    lead="考核单位和乡镇，不考核个人。能从台账算的都从台账算，每一分怎样来的都看得到；告知以后可以提异议。",
    permission=_VIEW,
    rows=rounds_seen,
    columns=(
        Column("title", "名称", sort="title"),
        Column("region", "哪里", "region.name", sort="place"),
        Column("scheme", "方案", "scheme.title", sort="scheme__title"),
        Column("starts_on", "考核期自", kind="date", sort="starts_on"),
        Column("ends_on", "至", kind="date", sort="ends_on"),
        Column("assessed_count", "考核对象", kind="number", sort="assessed_count"),
        Column("objection_count", "没答复的异议", kind="number", sort="objection_count"),
        Column("state", "状态", round_signal, kind="signal", sort="state"),
    ),
    filters=(
        Filter("state", "状态", choices=RoundState),
        Filter("objection_count", "没答复的异议", "range"),
        Filter("ends_on", "考核期至", "day"),
    ),
    default_sort="-ends_on",
    row_url=lambda row: reverse("unit_assessment_file", args=[row.uid]),
    place_field="",
    actions=(
        HeadAction("方案", "scheme_list", _VIEW, "list-details"),
        HeadAction("组织考核", "open_unit_assessment", _MANAGE, "plus", primary=True),
    ),
    search=_searched,
    search_label="名称",
    print_title="考核",
    empty="还没有告知或公布给您的考核。组织考核的人点“组织考核”。",
)

WORK = (
    Work(
        _MANAGE,
        ASSESSMENTS,
        "f_objection_count_from=1",
        "有异议没答复的考核",
        "看记录，异议成立的改台账、重新取数；不成立的写清理由。",
        reminds=True,
    ),
)

"""Assessments as a ledger."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import UnitKind
from bangfu.access.permissions import Permission
from bangfu.assessment.duty_lists import grids_seen, units_seen
from bangfu.assessment.enums import RoundState
from bangfu.assessment.queries import rounds_seen
from bangfu.assessment.samples import surveys_seen
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
        HeadAction("抽样调查", "sample_survey_list", Permission.SUPERVISION_VIEW, "clipboard-list"),
        HeadAction("方案", "scheme_list", _VIEW, "list-details"),
        HeadAction("组织考核", "open_unit_assessment", _MANAGE, "plus", primary=True),
    ),
    search=_searched,
    search_label="名称",
    print_title="考核",
    empty="还没有告知或公布给您的考核。组织考核的人点“组织考核”。",
)

UNIT_DUTIES = Ledger(
    id="unit_duty_list",
    title="责任清单：按单位",
    lead="哪个单位现在要办什么：挂包帮、责任事项、计划任务、督办单、问题，都从各处的记录来，不用另填。",
    permission=Permission.DUTY_VIEW,
    rows=lambda user: units_seen(user, timezone.localdate()),
    columns=(
        Column("name", "单位", sort="name"),
        Column("kind", "类别", kind="tag", sort="kind"),
        Column("tie_count", "挂包", kind="number", sort="tie_count"),
        Column("step_count", "计划步骤", kind="number", sort="step_count"),
        Column("order_count", "督办单", kind="number", sort="order_count"),
        Column("problem_count", "问题", kind="number", sort="problem_count"),
    ),
    filters=(Filter("kind", "类别", choices=UnitKind),),
    default_sort="name",
    row_url=lambda row: reverse("unit_duties", args=[row.uid]),
    actions=(HeadAction("按网格", "grid_duty_list", Permission.DUTY_VIEW, "map-pin"),),
    search=lambda rows, text: rows.filter(name__icontains=text),
    search_label="单位",
    print_title="责任清单（按单位）",
    empty="没有您能看的单位。",
)

GRID_DUTIES = Ledger(
    id="grid_duty_list",
    title="责任清单：按网格",
    lead="一个网格谁负责、谁挂包这个村、要办什么、还有什么问题，都从各处的记录来，不用另填。",
    permission=Permission.DUTY_VIEW,
    rows=grids_seen,
    columns=(
        Column("name", "网格", sort="name"),
        Column("village", "村", "village.name", sort="place"),
        Column("household_count", "户", kind="number", sort="household_count"),
    ),
    default_sort="place",
    row_url=lambda row: reverse("grid_duties", args=[row.uid]),
    actions=(HeadAction("按单位", "unit_duty_list", Permission.DUTY_VIEW, "building"),),
    search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(village__name__icontains=text)),
    search_label="网格、村",
    print_title="责任清单（按网格）",
    empty="还没有网格。到“结对与网格”里建。",
)

SAMPLES = Ledger(
    id="sample_survey_list",
    title="抽样调查",
    lead="督导检查抽到的户：识别准不准、满意不满意、政策知道不知道，按村出率。抽样在“督导检查”里，当众定种子。",
    permission=Permission.SUPERVISION_VIEW,
    rows=surveys_seen,
    columns=(
        Column("title", "检查", sort="title"),
        Column("region", "范围", "region.name", sort="place"),
        Column("starts_on", "开始", kind="date", sort="starts_on"),
        Column("seed", "抽样种子"),
        Column("drawn_count", "抽到的户", kind="number", sort="drawn_count"),
        Column("asked_count", "问了", kind="number", sort="asked_count"),
    ),
    default_sort="-starts_on",
    row_url=lambda row: reverse("sample_survey", args=[row.uid]),
    search=_searched,
    search_label="检查",
    print_title="抽样调查",
    empty="还没有抽过样的检查。到“督导检查”里建一次、抽样。",
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

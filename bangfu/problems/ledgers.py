"""The problem list as a ledger."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.permissions import Permission
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.ledgers.workbench import Work
from bangfu.problems.enums import LIVING, Breadth, Origin, ProblemState
from bangfu.problems.models import Problem
from bangfu.problems.queries import findings_to_list, overdue, problems_seen
from bangfu.problems.showing import again_signal, problem_signal
from bangfu.problems.terms import all_kinds
from bangfu.support.ledgers.supervision import FINDINGS

_VIEW = Permission.PROBLEM_VIEW
_PACES = (("living", "没有销号"), ("overdue", "逾期"), ("real", "没有作废"))


def _paced(rows: QuerySet[Any], pace: str) -> QuerySet[Any]:
    if pace == "overdue":
        return overdue(rows, timezone.localdate())
    return rows.filter(state__in=LIVING) if pace == "living" else rows.exclude(state=ProblemState.VOID)


def _again(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(earlier__isnull=value != "yes")


def _searched(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(title__icontains=text) | Q(unit__name__icontains=text) | Q(origin_document__icontains=text)
    )


def _url(row: Problem) -> str:
    return reverse("problem_file", args=[row.uid])


PROBLEMS = Ledger(
    id="problem_list",
    title="问题清单",
    lead="自查的、上级反馈的、督查发现的都在这里：谁改、什么时候改完、凭什么销号。又出现的标出来。",
    permission=_VIEW,
    rows=problems_seen,
    columns=(
        Column("title", "问题", sort="title"),
        Column("kind_name", "种类", kind="tag", sort="kind_name"),
        Column("region", "哪里", "region.name", sort="place"),
        Column("unit", "责任单位", "unit.name", sort="unit__name"),
        Column("origin", "来源", sort="origin"),
        Column("origin_document", "来源文件", default=False),
        Column("origin_item", "第几条", default=False),
        Column("breadth", "共性", sort="breadth"),
        Column("cause", "原因", default=False),
        Column("measure", "整改措施", default=False),
        Column("found_on", "发现", kind="date", sort="found_on"),
        Column("due_on", "时限", kind="date", sort="due_on"),
        Column("state", "状态", problem_signal, kind="signal", sort="state"),
        Column("again", "重复发生", again_signal, kind="signal"),
        Column("closed_on", "销号", kind="date", sort="closed_on", default=False),
    ),
    filters=(
        Filter("pace", "进展", choices=_PACES, apply=_paced),
        Filter("state", "状态", choices=ProblemState),
        Filter("origin", "来源", choices=Origin),
        Filter("document", "来源文件", "text", field="origin_document"),
        Filter("kind", "种类", choices=lambda _: list(all_kinds().items())),
        Filter("breadth", "共性还是个性", choices=Breadth),
        Filter("again", "重复发生", choices=(("yes", "重复发生"), ("no", "没有")), apply=_again),
        Filter("mine", "本单位的", "bool"),
        Filter("unit", "责任单位", "text", field="unit__name"),
        Filter("found_on", "发现日期", "day"),
        Filter("due_on", "时限", "day"),
    ),
    default_sort="due_on",
    row_url=_url,
    views=(
        ("living", "没有销号", "f_pace=living"),
        ("overdue", "逾期", "f_pace=overdue"),
        ("mine", "本单位的", "f_mine=yes"),
        ("superior", "上级反馈", "f_origin=superior"),
        ("again", "重复发生", "f_again=yes"),
    ),
    actions=(
        HeadAction("归类", "problem_kinds", _VIEW, "chart-bar"),
        HeadAction("从督导问题登记", "finding_problem_list", Permission.SUPERVISION_RECORD, "clipboard-list"),
        HeadAction("登记问题", "record_problem", Permission.PROBLEM_RECORD, "plus", primary=True),
    ),
    search=_searched,
    search_label="问题、责任单位、来源文件",
    print_title="问题清单",
    empty="还没有问题。点“登记问题”，或者在“导入”里导入一张表。",
)

FOUND = Ledger(
    id="finding_problem_list",
    title="督导发现的问题",
    lead="督导检查看到、还没有进问题清单的，当场改好的不列。点一条，补上原因、措施和时限，就登记到清单里。",
    permission=Permission.SUPERVISION_RECORD,
    rows=findings_to_list,
    columns=(
        Column("kind_name", "问题种类", sort="kind_name"),
        Column("village", "哪里", "village.name", sort="place"),
        Column("words", "问题"),
        Column("inspection", "检查", "inspection.title"),
        Column("unit", "督办单给了", "order.unit.name"),
        Column("found_on", "发现", kind="date", sort="found_on"),
    ),
    filters=(Filter("found_on", "发现日期", "day"),),
    default_sort="-found_on",
    row_url=lambda row: reverse("record_found_problem", args=[row.uid]),
    search=FINDINGS.search,
    search_label=FINDINGS.search_label,
    empty="没有等登记的。督导检查发现的问题，登记了就在问题清单里。",
)

WORK = (
    Work(
        Permission.PROBLEM_ANSWER,
        PROBLEMS,
        "f_pace=overdue&f_mine=yes",
        "本单位逾期没改的问题",
        "改了就报，写清证明材料；改不完的，说明原因请复核的同事改时限。",
        "bad",
        reminds=True,
    ),
    Work(
        Permission.PROBLEM_CHECK,
        PROBLEMS,
        "f_state=answered",
        "等复核的问题",
        "看证明材料，通过的销号，没改到位的退回。",
        reminds=True,
    ),
    Work(
        Permission.PROBLEM_CHECK,
        PROBLEMS,
        "f_pace=overdue",
        "各单位逾期没改的问题",
        "催一催；需要的下发督办单。",
        "bad",
    ),
)

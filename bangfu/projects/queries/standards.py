"""The seven standards of project work (七化) as conditions over what is recorded (C-024 to C-030)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.projects.enums.admission import ADMITTED, ProjectState
from bangfu.projects.enums.deciding import OpinionStage, PostingStage
from bangfu.projects.models import (
    Complaint,
    Estimate,
    Linkage,
    Opinion,
    PlannedSource,
    Posting,
    Progress,
    Project,
    Target,
)
from bangfu.projects.queries.admission import projects_seen
from bangfu.workflow.models import FlowRun

_REPORT_DAYS = 31
"""A project under way tells how far it is at least once a month."""


@dataclass(frozen=True)
class Standard:
    """One of the seven: what it asks for, what lacks when it is not met, on which tab the proof is."""

    code: str
    title: str
    asks: str
    tab: str
    met: Q


def _opinion(stage: OpinionStage) -> Exists:
    rows = Opinion.objects.filter(project=OuterRef("pk"), stage=stage, passed=True, withdrawn_on=None)
    return Exists(rows)


def _posted(stage: PostingStage) -> Exists:
    return Exists(Posting.objects.filter(project=OuterRef("pk"), stage=stage, withdrawn_on=None))


def with_figures(rows: QuerySet[Project]) -> QuerySet[Project]:
    """Projects with what the standards and ledgers compare: itemised money and cost, last progress."""
    itemised = PlannedSource.objects.filter(project=OuterRef("pk")).order_by().values("project")
    estimates = Estimate.objects.filter(project=OuterRef("pk"), contract=None, superseded_on=None)
    last = Progress.objects.filter(project=OuterRef("pk"), withdrawn_on=None).order_by("-on", "-id")
    return rows.annotate(
        estimated=Coalesce(Subquery(estimates.values("total")[:1]), 0),
        itemised=Coalesce(Subquery(itemised.annotate(sum=Sum("amount")).values("sum")), 0),
        percent=Coalesce(Subquery(last.values("percent")[:1]), 0),
        progress_on=Subquery(last.values("on")[:1]),
        progress_value=Coalesce(Subquery(last.values("value")[:1]), 0),
    )


def standards() -> tuple[Standard, ...]:
    """The seven, as they stand today; their conditions need :func:`with_figures`."""
    below = Target.objects.filter(project=OuterRef("pk"), actual__lt=F("target"))
    open_complaints = Complaint.objects.filter(project=OuterRef("pk"), answered_on=None, withdrawn_on=None)
    runs = FlowRun.objects.filter(subject=OuterRef("subject"))
    recent = Q(progress_on__gte=localdate() - timedelta(days=_REPORT_DAYS))
    linked = Exists(Linkage.objects.filter(project=OuterRef("pk")))
    finished = Q(state__in=(ProjectState.DONE, ProjectState.MAINTAINED))
    return (
        Standard("standard", "管理标准化", "按类型的流程办，每一步有记录", "", Q(Exists(runs))),
        Standard(
            "admission",
            "入库科学化",
            "申报审核、部门论证都通过",
            "deciding",
            Q(_opinion(OpinionStage.TOWNSHIP)) & Q(_opinion(OpinionStage.ARGUMENT)),
        ),
        Standard(
            "renewal",
            "更新动态化",
            "过了年没安排的滚动或调出",
            "deciding",
            ~Q(state=ProjectState.LIBRARY, admission_year__lt=localdate().year),
        ),
        Standard("money", "项目资金一体化", "资金逐笔定了来源", "", Q(itemised=F("planned"))),
        Standard(
            "benefit",
            "带贫减贫绩效化",
            "绩效目标没有落空；完工的有带动户",
            "results",
            ~Q(Exists(below)) & (~finished | Q(linked)),
        ),
        Standard(
            "openness",
            "监督公开化",
            "申报公示过，投诉都答复",
            "deciding",
            Q(_posted(PostingStage.APPLY)) & ~Q(Exists(open_complaints)),
        ),
        Standard(
            "progress",
            "进度监测信息化",
            "在建的一个月内报过进度",
            "works",
            ~Q(state=ProjectState.UNDERWAY) | recent,
        ),
    )


def checked(project: Project) -> list[tuple[Standard, bool]]:
    """Each standard and whether the project meets it."""
    rows = with_figures(Project.objects.filter(pk=project.pk))
    return [(each, rows.filter(each.met).exists()) for each in standards()]


def county_check(user: User) -> tuple[int, list[tuple[Standard, int]]]:
    """How many admitted projects are in reach, and how many of them meet each standard."""
    rows = with_figures(projects_seen(user).filter(state__in=ADMITTED))
    return rows.count(), [(each, rows.filter(each.met).count()) for each in standards()]


def narrowed_by_standard(rows: QuerySet[Project], code: str) -> QuerySet[Project]:
    """The admitted projects that do not meet a standard."""
    found = next((each for each in standards() if each.code == code), None)
    if found is None:
        return rows
    meeting = with_figures(Project.objects.all()).filter(found.met)
    return rows.filter(state__in=ADMITTED).exclude(pk__in=meeting.values("pk"))

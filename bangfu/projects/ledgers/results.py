"""Ledgers of targets and of the households that projects carry along, each once (C-028)."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.models import Household
from bangfu.ledgers.definition import Column, Filter, Ledger
from bangfu.projects.enums.deciding import TargetKind
from bangfu.projects.models import Linkage, Target

VIEW = Permission.PROJECT_VIEW
MISSED = Q(actual__lt=F("target"))
_RESULTS = {
    "missed": MISSED,
    "met": Q(actual__gte=F("target")),
    "open": Q(actual=None),
}


def target_signal(target: Target) -> tuple[str, str]:
    """How a target stands, as a light."""
    if target.actual is None:
        return "off", "没有核定"
    return ("bad", "没有达到") if target.shortfall else ("ok", "达到")


def targets_seen(user: User) -> QuerySet[Target]:
    """Every target of a project in reach."""
    rows: QuerySet[Target] = Target.objects.visible_to(user, VIEW)
    return rows.select_related("project__region")


def linked_households(user: User) -> QuerySet[Household]:
    """Households in reach that earned from a project in reach; each once, however often it earned."""
    linkages = Linkage.objects.visible_to(user, VIEW).filter(household=OuterRef("pk"))
    rows: QuerySet[Household] = Household.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    return rows.filter(Exists(linkages))


def _with_sums(user: User) -> QuerySet[Household]:
    linkages = Linkage.objects.visible_to(user, VIEW).filter(household=OuterRef("pk"))
    grouped = linkages.order_by().values("household")
    return (
        linked_households(user)
        .select_related("village")
        .annotate(
            project_count=Subquery(grouped.annotate(n=Count("project", distinct=True)).values("n")),
            linked_amount=Subquery(grouped.annotate(sum=Sum("amount")).values("sum")),
        )
    )


def _by_result(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(_RESULTS[value]) if value in _RESULTS else rows


TARGETS = Ledger(
    id="target_list",
    title="项目绩效目标",
    lead="每个项目定的产出、效益、满意度目标和核定的实际值；没有达到的写在前面。",
    permission=VIEW,
    rows=targets_seen,
    columns=(
        Column("project", "项目", "project.name", sort="project__name"),
        Column("region", "实施地点", "project.region.name", sort="project__place"),
        Column("kind", "类别", kind="tag", sort="kind"),
        Column("name", "指标", sort="name"),
        Column("target", "目标", kind="number", sort="target"),
        Column("actual", "实际", kind="number", sort="actual"),
        Column("unit", "单位"),
        Column("measured_on", "核定", kind="date", sort="measured_on"),
        Column("result", "结果", target_signal, kind="signal"),
    ),
    filters=(
        Filter("kind", "类别", choices=TargetKind),
        Filter(
            "result",
            "结果",
            choices=(("missed", "没有达到"), ("met", "达到"), ("open", "没有核定")),
            apply=_by_result,
        ),
    ),
    default_sort="-measured_on",
    row_url=lambda row: reverse("project_file", args=[row.project.uid]) + "?tab=results",
    row_label=lambda row: str(row.name),
    place_field="project__place",
    views=(("missed", "没有达到", "f_result=missed"), ("open", "没有核定", "f_result=open")),
    search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(project__name__icontains=text)),
    search_label="指标、项目",
    print_title="项目绩效目标台账",
    empty="还没有绩效目标。在项目页的“绩效和带动”里定。",
)

LINKED = Ledger(
    id="linked_household_list",
    title="项目带动的户",
    lead="从项目得到收入的户，一户只算一次；点开看户档。",
    permission=VIEW,
    rows=_with_sums,
    columns=(
        Column("head_name", "户主", classified=FieldClass.NAME),
        Column("code", "户编号", sort="code"),
        Column("village", "村", "village.name", sort="place"),
        Column("household_type", "户类型", kind="tag", sort="household_type"),
        Column("project_count", "几个项目", kind="number", sort="project_count"),
        Column(
            "linked_amount", "历年收入合计", kind="money", sort="linked_amount", classified=FieldClass.INCOME
        ),
    ),
    default_sort="place",
    row_url=lambda row: reverse("household_file", args=[row.uid]),
    search=lambda rows, text: rows.filter(code__icontains=text),
    search_label="户编号",
    print_title="项目带动户台账",
    empty="还没有登记带动的户。在项目页的“绩效和带动”里登记。",
)

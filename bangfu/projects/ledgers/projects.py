"""Ledgers of projects: the library, the progress sheet for the wall, the table in the official columns."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.ledgers.definition import BatchAction, Column, Filter, HeadAction, Ledger
from bangfu.ledgers.workbench import Work
from bangfu.projects.enums.admission import ADMITTED, ProjectNature, ProjectState, SourceKind
from bangfu.projects.models import Project
from bangfu.projects.queries.admission import projects_seen
from bangfu.projects.queries.kinds import kind_choices
from bangfu.projects.queries.standards import narrowed_by_standard, standards, with_figures
from bangfu.projects.terms.categories import upper_choices

VIEW = Permission.PROJECT_VIEW
_SIGNALS = {
    ProjectState.APPLIED: "now",
    ProjectState.REFUSED: "off",
    ProjectState.DRAFT: "off",
    ProjectState.REMOVED: "off",
    ProjectState.UNDERWAY: "now",
}


def project_signal(project: Project) -> tuple[str, str]:
    """Where a project stands, as a light."""
    return _SIGNALS.get(ProjectState(project.state), "ok"), project.get_state_display()


def _rows(user: User) -> QuerySet[Project]:
    return with_figures(projects_seen(user)).prefetch_related("sources", "contracts")


def _admitted(user: User) -> QuerySet[Project]:
    return _rows(user).filter(state__in=ADMITTED)


def _years(user: User) -> list[tuple[str, str]]:
    this = timezone.localdate().year
    return [(str(year), f"{year} 年度") for year in range(this + 1, this - 10, -1)]


def _category(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    return rows.filter(category__startswith=f"{code}.")


def _standards(user: User) -> list[tuple[str, str]]:
    return [(each.code, f"没有做到：{each.title}") for each in standards()]


def _url(row: Project) -> str:
    return reverse("project_file", args=[row.uid])


def _contractors(project: Project) -> str:
    return "、".join(each.contractor for each in project.contracts.all() if not each.void_reason)


def _contracted(project: Project) -> int:
    return sum(each.amount for each in project.contracts.all() if not each.void_reason)


def _source(kind: SourceKind) -> Any:
    """The fen that a project takes from one kind of money."""
    return lambda project: sum(each.amount for each in project.sources.all() if each.kind == kind)


def _unestimated(project: Any) -> int:
    return int(project.planned - project.estimated)


def late_of(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """What should be finished and is not."""
    return rows.filter(state__in=(ProjectState.PLANNED, ProjectState.UNDERWAY), ends_on__lt=on)


def _late(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return late_of(rows, timezone.localdate()) if value == "yes" else rows


_FILTERS = (
    Filter("state", "状态", choices=ProjectState),
    Filter("admission_year", "入库年度", choices=_years),
    Filter("plan_year", "计划年度", choices=_years, blank=True),
    Filter("category", "类别", choices=lambda user: upper_choices(timezone.localdate()), apply=_category),
    Filter("kind", "类型", choices=kind_choices),
    Filter("standard", "七化", choices=_standards, apply=narrowed_by_standard),
    Filter("late", "工期", choices=(("yes", "过了计划竣工还没完工"),), apply=_late),
    Filter("planned", "资金总额", "money"),
    Filter("nature", "建设性质", choices=ProjectNature),
)


def _searched(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    named = Q(name__icontains=text) | Q(code__icontains=text) | Q(region__name__icontains=text)
    return rows.filter(named | Q(implementing_unit__icontains=text))


PROJECTS = Ledger(
    id="project_list",
    title="项目库",
    lead="申报、审核、论证、审定入库；年度计划从库里选，不在库里的不给钱。",
    permission=VIEW,
    rows=_rows,
    columns=(
        Column("name", "项目", sort="name"),
        Column("code", "编码", sort="code"),
        Column("region", "实施地点", "region.name", sort="place"),
        Column("category_name", "类别", sort="category"),
        Column("kind", "类型", kind="tag", default=False),
        Column("planned", "资金总额", kind="money", sort="planned", total=True),
        Column("admission_year", "入库年度", "admission_year", sort="admission_year"),
        Column("plan_year", "计划年度", sort="plan_year"),
        Column("household_count", "受益户", kind="number", sort="household_count", default=False),
        Column("percent", "进度（%）", kind="number", sort="percent"),
        Column("state", "状态", project_signal, kind="signal", sort="state"),
        Column("kind_name", "类型", sort="kind", default=False),
        Column("responsible", "责任单位", "responsible_unit.name", default=False),
        Column("implementing_unit", "实施单位", default=False),
        Column("applied_on", "申报", kind="date", sort="applied_on", default=False),
    ),
    filters=_FILTERS,
    default_sort="-admission_year",
    row_url=_url,
    views=(
        ("applied", "申报中", "f_state=applied"),
        ("library", "在库待安排", "f_state=library"),
        ("planned", "列入计划", "f_state=planned"),
        ("underway", "实施中", "f_state=underway"),
        ("maintained", "管护中", "f_state=maintained"),
    ),
    actions=(
        HeadAction("分布图", "project_map", VIEW, "map-2"),
        HeadAction("期限日历", "project_calendar", VIEW, "calendar"),
        HeadAction("进度一览表", "project_wall", VIEW, "table"),
        HeadAction("项目类型", "kind_list", Permission.FLOW_MANAGE, "tag"),
        HeadAction("七化自查", "standard_check", VIEW, "checkbox"),
        HeadAction("申报项目", "apply_project", Permission.PROJECT_APPLY, "plus", primary=True),
    ),
    batch_actions=(
        BatchAction("列入年度计划", "plan_projects", Permission.PROJECT_APPROVE),
        BatchAction("滚动到下一年度", "roll_projects", Permission.PROJECT_APPROVE),
    ),
    search=_searched,
    search_label="名称、编码、地点、实施单位",
    print_title="项目库台账",
    empty="项目库还是空的。点“申报项目”，从村里议定的那一件填起。",
)

WALL = Ledger(
    id="project_wall",
    title="项目实施情况进度一览表",
    lead="入库项目的合同、工期、进度，一行一个；打印出来上墙。",
    permission=VIEW,
    rows=_admitted,
    columns=(
        Column("name", "项目", sort="name"),
        Column("region", "实施地点", "region.name", sort="place"),
        Column("kind_name", "类型", sort="kind", default=False),
        Column("planned", "资金总额", kind="money", sort="planned", total=True),
        Column("contracted", "合同金额", _contracted, kind="money"),
        Column("contractors", "承建单位", _contractors),
        Column("starts_on", "计划开工", kind="date", sort="starts_on"),
        Column("ends_on", "计划竣工", kind="date", sort="ends_on"),
        Column("percent", "形象进度（%）", kind="number", sort="percent"),
        Column("progress_value", "完成工作量", kind="money", sort="progress_value"),
        Column("progress_on", "报告日期", kind="date", sort="progress_on"),
        Column("state", "状态", project_signal, kind="signal", sort="state"),
    ),
    filters=_FILTERS,
    default_sort="place",
    row_url=_url,
    views=(("underway", "实施中", "f_state=underway"), ("planned", "还没有开工", "f_state=planned")),
    actions=(
        HeadAction("上墙表", "wall_sheet", VIEW, "printer"),
        HeadAction("项目库表", "project_table", VIEW, "file-spreadsheet"),
        HeadAction("资产", "asset_list", VIEW, "building-warehouse"),
        HeadAction("绩效目标", "target_list", VIEW, "chart-bar"),
        HeadAction("联农带农", "linkage_list", Permission.HOUSEHOLD_VIEW, "users"),
    ),
    search=_searched,
    search_label="名称、编码、地点、实施单位",
    print_title="项目实施情况进度一览表",
    empty="还没有入库的项目。",
)

TABLE = Ledger(
    id="project_table",
    title="项目库表",
    lead="按项目库表的栏目排：导出就是报表。",
    permission=VIEW,
    rows=_admitted,
    columns=(
        Column("name", "项目名称", sort="name"),
        Column("code", "项目编码", sort="code"),
        Column("category_name", "类别", sort="category"),
        Column("kind_name", "项目类型", sort="kind"),
        Column("nature", "建设性质", sort="nature"),
        Column("content", "建设内容与规模"),
        Column("quantity", "数量", kind="number", sort="quantity"),
        Column("quantity_unit", "单位"),
        Column("township", "乡镇", "region.parent.name"),
        Column("region", "实施地点", "region.name", sort="place"),
        Column("responsible", "责任（主管）单位", "responsible_unit.name"),
        Column("implementing_unit", "实施单位"),
        Column("person_in_charge", "负责人"),
        Column("starts_on", "开工时间", kind="date", sort="starts_on"),
        Column("ends_on", "竣工时间", kind="date", sort="ends_on"),
        Column("planned", "资金总额", kind="money", sort="planned", total=True),
        Column("estimated", "概算已分项", kind="money", sort="estimated", default=False),
        Column("unestimated", "概算未分项", _unestimated, kind="money", default=False),
        *(
            Column(f"source_{kind.value}", kind.label, _source(kind), kind="money", default=False)
            for kind in SourceKind
        ),
        Column("household_count", "受益户", kind="number", sort="household_count"),
        Column("person_count", "受益人", kind="number", sort="person_count"),
        Column("targeted_count", "其中脱贫户、监测户", kind="number", sort="targeted_count"),
        Column("participation", "群众参与方式", default=False),
        Column("linkage", "联农带农机制", default=False),
        Column("admission_year", "入库年度", sort="admission_year"),
        Column("approval_number", "批复文号"),
    ),
    filters=_FILTERS,
    default_sort="place",
    row_url=_url,
    actions=(HeadAction("概算分项表", "estimate_list", VIEW, "list-details"),),
    search=_searched,
    search_label="名称、编码、地点、实施单位",
    print_title="项目库表",
    empty="还没有入库的项目。",
)

WORK = (
    Work(
        Permission.PROJECT_APPROVE, PROJECTS, "f_state=library", "在库待安排的项目", "选进年度计划，或滚动。"
    ),
    Work(
        Permission.PROJECT_MANAGE,
        WALL,
        "f_state=underway&f_standard=progress",
        "一个月没报进度的项目",
        "到现场看过，照实报。",
        "warn",
    ),
)
"""What waits on the workbench."""

"""The progress sheet for the wall: A3 across, by township, bars of signs that print without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from bangfu.core.models import Region
from bangfu.documents.paper import Paper
from bangfu.projects.enums.admission import ProjectState
from bangfu.projects.models import Project
from bangfu.projects.queries.wall import Pace
from bangfu.ui.formats import iso_day, money

Words = dict[str, Any]
_STAGES = (ProjectState.PLANNED, ProjectState.UNDERWAY, ProjectState.DONE, ProjectState.MAINTAINED)
_TENTH, _FULL = 10, 100
_REPORT_DAYS = 31
_TOWNSHIP = 9
"""Digits of a township's code."""
_COLUMNS = [
    ["序号", "#", "auto"],
    ["项目", "name", 3, "left"],
    ["地点", "region", 1.3],
    ["资金（万元）", "planned", 1.3, "right"],
    ["承建单位", "contractors", 2, "left"],
    ["工期", "period", 1.5],
    ["阶段", "stage", 1.9],
    ["形象进度", "built", 2.6],
    ["支付进度", "paid", 2.6],
    ["提示", "hints", 1.9, "left"],
]


def wall_paper(
    place: str, year: int, projects: Sequence[Project], paces: Mapping[int, Pace], today: date
) -> Paper:
    """The sheet of a place, and of a year's plan if one is asked (0: all that goes on)."""
    sections = [
        _section(list(rows), paces, today)
        for _, rows in groupby(projects, key=lambda project: project.place[:_TOWNSHIP])
    ]
    late = sum(1 for project in projects if _days_late(project, today) > 0)
    total = money(sum(project.planned for project in projects), "wan")
    which = f"{year} 年度计划" if year else "在办和当年的项目"
    data = {
        "note": f"{which} {len(projects)} 个，资金 {total} 万元；超期 {late} 个。截至 {iso_day(today)}。",
        "key": "阶段：●○○○ 列入计划　●●○○ 实施中　●●●○ 已完工　●●●● 管护中。进度条一格是百分之十。"
        "▲ 是要办的。",
        "townships": sections,
    }
    return Paper("wall_sheet", f"{place}{f'{year} 年' if year else ''}项目实施情况进度一览表", data)


def _section(projects: Sequence[Project], paces: Mapping[int, Pace], today: date) -> Words:
    total = money(sum(project.planned for project in projects), "wan")
    return {
        "heading": f"{_township(projects[0].region)}　{len(projects)} 个　{total} 万元",
        "text": "",
        "tables": [{"rows": [_row(each, paces, today) for each in projects], "columns": _COLUMNS}],
    }


def _township(region: Region) -> str:
    if len(region.code) > _TOWNSHIP and region.parent:
        return region.parent.name
    return region.name if len(region.code) == _TOWNSHIP else f"{region.name}本级"


def _row(project: Project, paces: Mapping[int, Pace], today: date) -> dict[str, str]:
    pace = paces.get(project.pk)
    figures: Any = project
    counting = [each for each in project.contracts.all() if not each.void_reason]
    return {
        "name": f"{project.name}（{project.kind_name}）",
        "region": project.region.name,
        "planned": money(project.planned, "wan"),
        "contractors": "、".join(each.contractor for each in counting) or "—",
        "period": f"{iso_day(project.starts_on)} 至 {iso_day(project.ends_on)}",
        "stage": stage_bar(ProjectState(project.state)),
        "built": bar(figures.percent),
        "paid": bar(pace.paid) if pace else "—",
        "hints": "；".join(_hints(project, pace, today)) or "正常",
    }


def stage_bar(state: ProjectState) -> str:
    """The stage as filled and empty dots with its word."""
    reached = _STAGES.index(state) + 1
    word = "列入计划" if state == ProjectState.PLANNED else state.label
    return f"{'●' * reached}{'○' * (len(_STAGES) - reached)} {word}"


def bar(percent: int) -> str:
    """Ten boxes, a filled one for each full ten hundredths, and the number."""
    filled = min(max(percent, 0), _FULL) // _TENTH
    return f"{'■' * filled}{'□' * (_TENTH - filled)} {percent}%"


def _days_late(project: Project, today: date) -> int:
    if project.state not in (ProjectState.PLANNED, ProjectState.UNDERWAY):
        return 0
    return max((today - project.ends_on).days, 0)


def _hints(project: Project, pace: Pace | None, today: date) -> list[str]:
    figures: Any = project
    found = []
    if late := _days_late(project, today):
        found.append(f"▲ 超期 {late} 天")
    if pace and pace.finding:
        found.append(f"▲ {pace.finding}")
    since = today - timedelta(days=_REPORT_DAYS)
    silent = figures.progress_on is None or figures.progress_on < since
    if project.state == ProjectState.UNDERWAY and silent:
        found.append("▲ 一个月没报进度")
    return found

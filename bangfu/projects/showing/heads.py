"""The head of a project's page, its tabs, and the seven standards in rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.projects.enums.admission import ProjectState
from bangfu.projects.models import Project
from bangfu.projects.queries.standards import Standard
from bangfu.projects.showing.files import Tab
from bangfu.ui.formats import iso_day

Words = dict[str, Any]
_ADJUSTABLE = (ProjectState.LIBRARY, ProjectState.PLANNED, ProjectState.UNDERWAY)


def project_subject(project: Project, user: User) -> Words:
    """What ``ui/parts/file_head.html`` shows."""
    region = project.region
    where = f"{region.parent.name} {region.name}" if region.parent else region.name
    return {
        "name": project.name,
        "about": project.code or "还没有编码",
        "signals": [{"kind": "now", "word": project.get_state_display()}],
        "tags": [project.kind_name, project.category_name],
        "facts": [
            {"label": "实施地点", "value": f"{where}{project.spot}"},
            {"label": "责任单位", "value": project.responsible_unit.name},
            {"label": "实施单位", "value": project.implementing_unit},
            {"label": "工期", "value": f"{iso_day(project.starts_on)} 至 {iso_day(project.ends_on)}"},
            {"label": "入库年度", "value": project.admission_year},
            {"label": "计划年度", "value": project.plan_year},
        ],
        "actions": _actions(project, user),
    }


def _actions(project: Project, user: User) -> list[Words]:
    found = []
    if project.state == ProjectState.APPLIED and permits(user, Permission.PROJECT_APPLY, project.place):
        found.append(_action("改申报", "edit_project", project, "edit"))
    if project.state in _ADJUSTABLE and permits(user, Permission.PROJECT_APPROVE, project.place):
        found.append(_action("调整", "adjust_project", project, "adjustments"))
    found.append(_action("成册", "print_volume", project, "printer"))
    if permits(user, Permission.EVIDENCE_VIEW, project.place):
        url = reverse("evidence_list", args=[project.subject.uid])
        found.append({"label": "凭证和照片", "url": url, "icon": "paperclip"})
    return found


def _action(label: str, name: str, project: Project, icon: str) -> Words:
    return {"label": label, "url": reverse(name, args=[project.uid]), "icon": icon}


def tabs_of(project: Project, seen: Mapping[str, Tab], current: str) -> list[Words]:
    """What ``ui/parts/tabs.html`` shows."""
    page = reverse("project_file", args=[project.uid])
    return [
        {"label": tab.label, "url": f"{page}?tab={id}" if id else page, "current": id == current}
        for id, tab in seen.items()
    ]


def standard_rows(total: int, counts: Sequence[tuple[Standard, int]]) -> list[Words]:
    """The county's seven standards: how many meet each, and the list of those that do not."""
    page = reverse("project_list")
    return [
        {
            "title": each.title,
            "asks": each.asks,
            "met": met,
            "lacking": total - met,
            "url": f"{page}?f_standard={each.code}",
        }
        for each, met in counts
    ]

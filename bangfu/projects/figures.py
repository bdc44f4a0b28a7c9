"""Projects as metrics that open their list (C-028, C-030)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.metrics.registry import Metric, list_of, register
from bangfu.projects.enums.admission import ADMITTED, ProjectState
from bangfu.projects.ledgers.projects import late_of
from bangfu.projects.ledgers.results import MISSED, linked_households, targets_seen
from bangfu.projects.models import Project

Rows = Callable[[User], QuerySet[Any]]
_VIEW = Permission.PROJECT_VIEW


def register_project_metrics() -> None:
    """Tell the metrics room what this one counts; called when the application starts."""
    whole = _register(
        "project_admitted", "入库项目", "个", "在库、列入计划、实施中、完工和管护中的项目。", _admitted
    )
    for state in (ProjectState.PLANNED, ProjectState.UNDERWAY, ProjectState.MAINTAINED):
        _register(
            f"project_{state.value}",
            f"项目：{state.label}",
            "个",
            f"现在“{state.label}”的项目。",
            _in_state(state),
            f_state=state.value,
        )
    _register(
        "project_late",
        "过了竣工日期的项目",
        "个",
        "列入计划或实施中、过了计划竣工日期还没有完工的项目。",
        lambda user: late_of(_admitted(user), timezone.localdate()),
        of=whole,
        f_late="yes",
    )
    _register(
        "target_missed",
        "没有达到的绩效目标",
        "条",
        "核定了实际值、低于目标值的指标。",
        lambda user: targets_seen(user).filter(MISSED),
        page="target_list",
        place_field="project__place",
        f_result="missed",
    )
    _register(
        "project_linked_households",
        "项目带动的户",
        "户",
        "从项目得到收入的户；从几个项目、几种方式得的，也只算一户。",
        linked_households,
        page="linked_household_list",
    )


def _admitted(user: User) -> QuerySet[Project]:
    rows: QuerySet[Project] = Project.objects.visible_to(user, _VIEW)
    return rows.filter(state__in=ADMITTED)


def _in_state(state: ProjectState) -> Rows:
    return lambda user: _admitted(user).filter(state=state)


def _register(
    id: str,
    label: str,
    unit: str,
    definition: str,
    rows: Rows,
    *,
    page: str = "project_wall",
    of: Metric | None = None,
    place_field: str = "place",
    **asked: str,
) -> Metric:
    metric = Metric(
        id=id,
        label=label,
        unit="%" if of else unit,
        definition=definition,
        permission=_VIEW,
        rows=lambda user, place, on: rows(user),
        list_url=list_of(page, asked),
        ratio_of=of,
        place_field=place_field,
        group_of=unit,
    )
    return register(metric)

"""The list behind every number of timeliness: each identification with its days (C-188)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import MonitoredCategory
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.monitoring.enums.figures import Stage, Standing
from bangfu.monitoring.ledgers.cases import search_heads
from bangfu.monitoring.queries.timeliness import (
    COUNTED,
    DONE,
    STEPS,
    began_on,
    days_of,
    standing_in,
    timed_cases,
)
from bangfu.workflow.calendars import calendar_now, keep, kept
from bangfu.workflow.definition.model import Limit, LimitUnit
from bangfu.workflow.versions import flow_of_run

_STANDINGS = ((DONE, "办成"), *Standing.choices, (COUNTED, "办成或已超时限"))
_SIGNALS = {Standing.WITHIN: "ok", Standing.LATE: "warn", Standing.OVERDUE: "bad"}


def _rows(user: User) -> QuerySet[Any]:
    rows = timed_cases(user, Permission.CASE_VIEW, timezone.localdate())
    rows = rows.annotate(calendar=Value(keep(calendar_now()), CharField()))
    return rows.select_related("household__village__parent", "run__definition", "approval").defer(
        "run__definition__text"
    )


def _days(stage: Stage) -> Callable[[Any], tuple[str, str] | str]:
    """A column: the days of a stage with its light; nothing while the limit runs."""

    def cell(row: Any) -> tuple[str, str] | str:
        standing, due = getattr(row, f"{stage}_is"), getattr(row, f"{stage}_due")
        if standing == Standing.OVERDUE:
            return "bad", f"已超 {_span(row, stage, due, timezone.localdate())}"
        if not standing:
            return ""
        began, done = began_on(row, stage), getattr(row, f"{stage}_on")
        late = f"，晚 {_span(row, stage, due, done)}" if standing == Standing.LATE else ""
        return _SIGNALS[standing], f"{days_of(began, done)} 天{late}"

    return cell


def _limit(stage: Stage) -> Callable[[Any], str]:
    """A column: the limit in its own unit, and its last day."""

    def words(row: Any) -> str:
        began, due = getattr(row, f"{stage}_from"), getattr(row, f"{stage}_due")
        return f"{_span(row, stage, began, due)}，到 {due}" if began and due else ""

    return words


def _span(row: Any, stage: Stage, start: date, end: date) -> str:
    """The time between two days in the unit of the stage's limit."""
    limit = _limit_of(row, stage)
    unit = limit.unit if limit else LimitUnit.CALENDAR
    return f"{kept(row.calendar).between(start, end, unit)} {unit.word}"


def _limit_of(row: Any, stage: Stage) -> Limit | None:
    """The limit of a stage in the version of the flow by which the case runs."""
    flow = flow_of_run(row.run)
    if stage is Stage.DECIDED:
        return flow.limits.get(flow.total_limit)
    state = flow.marked(STEPS[stage])
    return flow.limits.get(state.limit) if state else None


def _in_stage(stage: Stage) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    return lambda rows, standing: standing_in(rows, stage, standing)


_STAGES = {
    Stage.DECIDED: ("认定", "认定时限"),
    Stage.PLANNED: ("责任人和方案", "方案时限"),
    Stage.HELPED: ("首项措施", "措施时限"),
}

TIMELINESS = Ledger(
    id="timeliness_case_list",
    title="时效清单",
    lead="每一个识别认定：从发现到认定、认定到定责任人和方案、认定到落实首项措施，各用了几天。天数按日历算。",
    permission=Permission.CASE_VIEW,
    rows=_rows,
    columns=(
        Column(
            "head", "户主", "household.head_name", sort="household__head_name", classified=FieldClass.NAME
        ),
        Column("village", "村", "household.village.name", sort="place"),
        Column("township", "乡镇", "household.village.parent.name", sort="place", default=False),
        Column("discovered_on", "发现", kind="date", sort="discovered_on"),
        *(
            column
            for stage, (word, limit) in _STAGES.items()
            for column in (
                Column(f"{stage}_on", f"{word}日期", kind="date", sort=f"{stage}_on", default=False),
                Column(f"{stage}_days", word, _days(stage), kind="signal"),
                Column(f"{stage}_limit", limit, _limit(stage), sort=f"{stage}_due"),
            )
        ),
        Column("category", "类别", sort="category", default=False),
        Column("green_channel", "绿色通道", kind="bool", default=False),
    ),
    filters=(
        Filter("month", "发现月份", "month", field="discovered_on"),
        Filter("since", "发现日期", "day", field="discovered_on"),
        *(
            Filter(stage.value, word, choices=_STANDINGS, apply=_in_stage(stage))
            for stage, (word, _) in _STAGES.items()
        ),
        Filter("category", "类别", choices=MonitoredCategory, blank=True),
        Filter("green", "绿色通道", field="green_channel", kind="bool"),
    ),
    default_sort="place",
    row_url=lambda row: reverse("case_file", args=[row.uid]),
    row_label=lambda row: f"{row.household.head_name}户",
    views=tuple(
        (f"{stage}_overdue", f"{word}超期没办", f"f_{stage}=overdue") for stage, (word, _) in _STAGES.items()
    ),
    actions=(HeadAction("时效统计", "timeliness", Permission.METRIC_VIEW, "chart-bar"),),
    search=search_heads,
    search_label="户主",
    print_title="时效清单",
    empty="没有符合条件的个案。换个月份或条件再看。",
)

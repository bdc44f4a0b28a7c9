"""The figures of cases: what each means, what it counts, which list it opens (C-009, C-188)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.metrics.registry import Metric, list_of, register
from bangfu.monitoring.enums.figures import Stage, Standing
from bangfu.monitoring.models import Case
from bangfu.monitoring.queries.cases import within_limit
from bangfu.monitoring.queries.missed import missed
from bangfu.monitoring.queries.outside import outside
from bangfu.monitoring.queries.timeliness import COUNTED, standing_in, timed_cases

Rows = Callable[[User, str, date | None], QuerySet[Any]]


@dataclass(frozen=True)
class _Words:
    """How the metrics of a stage are called and defined."""

    done: str
    overdue: str
    definition: str


_STAGES = {
    Stage.DECIDED: _Words(
        "发现到认定在时限内的比例",
        "认定超期的个案",
        "从发现到县级审定，全程时限照个案的流程版本和县参数",
    ),
    Stage.PLANNED: _Words(
        "责任人和方案在时限内的比例",
        "责任人和方案超期的个案",
        "认定以后定责任人和方案，时限从进入那一步起算",
    ),
    Stage.HELPED: _Words(
        "首项措施在时限内的比例",
        "首项措施超期的个案",
        "认定以后落实第一项措施，时限从进入那一步起算，看措施的实际开始日期",
    ),
}


def register_case_metrics() -> None:
    """Tell the metrics room what this one counts; called when the application starts."""
    _metric(
        "cases_open", "在办个案", "户", "没有办结的识别认定和风险消除。", _open, _cases("open"), headline=True
    )
    _metric(
        "cases_overdue",
        "超期的个案",
        "户",
        "在办、这一步或全程的期限已过的；暂停的不算。",
        _overdue,
        _cases("overdue"),
    )
    for stage, words in _STAGES.items():
        _stage(stage, words)
    _metric(
        "households_missed",
        "应纳未纳",
        "户",
        "现在不是监测对象，又有下面一种情形的户：线索核实有风险、没有建个案；建了个案、研判超期；"
        "不予纳入，而入户核实有风险、类别和收入都够条件、没有复核过。",
        lambda user, place, on: missed(user, Permission.METRIC_VIEW, on or timezone.localdate()),
        ("missed_household_list", {}),
    )
    _metric(
        "cases_outside",
        "体外循环",
        "户",
        "识别认定里已有措施开始、或已经审定，全国系统还没有标注的；同一户后来由别的个案录入了的不算。",
        lambda user, place, on: outside(user, Permission.METRIC_VIEW),
        ("outside_case_list", {}),
    )


def _open(user: User, place: str, on: date | None) -> QuerySet[Any]:
    return Case.objects.visible_to(user, Permission.METRIC_VIEW).filter(closed_on=None)


def _overdue(user: User, place: str, on: date | None) -> QuerySet[Any]:
    rows = Case.objects.visible_to(user, Permission.METRIC_VIEW)
    return within_limit(rows, "overdue", on or timezone.localdate())


def _cases(limit: str) -> tuple[str, dict[str, str]]:
    return "case_list", {"f_limit": limit}


def _stage(stage: Stage, words: _Words) -> None:
    """What should have been done, what was within the limit, what is overdue."""

    def rows(standing: str) -> Rows:
        return lambda user, place, on: standing_in(
            timed_cases(user, Permission.METRIC_VIEW, on or timezone.localdate()), stage, standing
        )

    def listed(standing: str) -> tuple[str, dict[str, str]]:
        return "timeliness_case_list", {f"f_{stage}": standing}

    whole = _metric(
        f"cases_{stage}_counted",
        f"{stage.label}：办成和超期没办的",
        "户",
        f"{words.definition}；办成的，加上没办成、时限已过的。",
        rows(COUNTED),
        listed(COUNTED),
    )
    _metric(
        f"cases_{stage}_within",
        words.done,
        "%",
        f"{words.definition}；时限内办成的，占办成的和超期没办的。",
        rows(Standing.WITHIN),
        listed(Standing.WITHIN),
        of=whole,
    )
    _metric(
        f"cases_{stage}_overdue",
        words.overdue,
        "户",
        f"{words.definition}；没有办成、时限已过的，暂停的不算。",
        rows(Standing.OVERDUE),
        listed(Standing.OVERDUE),
    )


def _metric(
    id: str,
    label: str,
    unit: str,
    definition: str,
    rows: Rows,
    listed: tuple[str, dict[str, str]],
    *,
    of: Metric | None = None,
    headline: bool = False,
) -> Metric:
    return register(
        Metric(
            id=id,
            label=label,
            unit=unit,
            definition=definition,
            permission=Permission.METRIC_VIEW,
            rows=rows,
            list_url=list_of(*listed),
            dimensions=("place",),
            ratio_of=of,
            headline=headline,
        )
    )

"""Open problems, overdue ones and the share closed out, as metrics that open their lists (C-180)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.metrics.registry import Metric, list_of, register
from bangfu.problems.enums import LIVING, ProblemState
from bangfu.problems.queries import overdue, problems_seen

Rows = Callable[[QuerySet[Any]], QuerySet[Any]]


def register_problem_metrics() -> None:
    """Tell the metrics room what this one counts; called when the application starts."""
    _metric(
        "problem_open", "没有销号的问题", "问题清单里没有销号、没有作废的。", {"f_pace": "living"}, _living
    )
    _metric(
        "problem_overdue",
        "逾期没改的问题",
        "时限在今天以前，单位还没有报整改的。",
        {"f_pace": "overdue"},
        _overdue,
    )
    whole = _metric(
        "problem_all", "清单上的问题", "问题清单里没有作废的，不论来源和年份。", {"f_pace": "real"}, _real
    )
    _metric(
        "problem_closed_rate",
        "问题销号率",
        "已销号的，占清单上没有作废的。",
        {"f_state": "closed"},
        lambda rows: rows.filter(state=ProblemState.CLOSED),
        of=whole,
    )


def _living(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(state__in=LIVING)


def _overdue(rows: QuerySet[Any]) -> QuerySet[Any]:
    return overdue(rows, timezone.localdate())


def _real(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.exclude(state=ProblemState.VOID)


def _metric(
    id: str, label: str, definition: str, asked: Mapping[str, str], narrow: Rows, *, of: Metric | None = None
) -> Metric:
    def rows(user: User, place: str, on: date | None) -> QuerySet[Any]:
        return narrow(problems_seen(user))

    return register(
        Metric(
            id=id,
            label=label,
            unit="%" if of else "个",
            definition=definition,
            permission=Permission.PROBLEM_VIEW,
            rows=rows,
            list_url=list_of("problem_list", asked),
            dimensions=("place",),
            ratio_of=of,
            group_of="个",
        )
    )

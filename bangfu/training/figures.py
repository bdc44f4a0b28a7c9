"""Person-times of training as metrics that open their list (C-003, C-202)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.metrics.registry import Metric, list_of, register
from bangfu.training.enums.courses import Mode
from bangfu.training.queries.seen import held_in, participations_seen

_MEANING = "今年开班、已登记办班的班次里，名单上的人；同一个人参加两个班次算两人次"


def register_training_metrics() -> None:
    """Tell the metrics room what this one counts; called when the application starts."""
    whole = _metric("training_person_times", "今年参训", "人次", f"{_MEANING}。", "")
    for mode in Mode:
        _metric(
            f"training_by_{mode.value}",
            f"今年参训：{mode.label}的比例",
            "%",
            f"{_MEANING}；方式是“{mode.label}”的，占全部人次。",
            mode.value,
            of=whole,
        )


def _metric(
    id: str, label: str, unit: str, definition: str, mode: str, *, of: Metric | None = None
) -> Metric:
    def address(place: str, on: date | None) -> str:
        year = (on or timezone.localdate()).year
        return list_of("participation_list", {"f_year": str(year), "f_mode": mode})(place, on)

    return register(
        Metric(
            id=id,
            label=label,
            unit=unit,
            definition=definition,
            permission=Permission.METRIC_VIEW,
            rows=_rows(mode),
            list_url=address,
            dimensions=("place",),
            ratio_of=of,
            group_of="人",
        )
    )


def _rows(mode: str) -> Callable[[User, str, date | None], QuerySet[Any]]:
    def rows(user: User, place: str, on: date | None) -> QuerySet[Any]:
        found = held_in(participations_seen(user, Permission.METRIC_VIEW), (on or timezone.localdate()).year)
        return found.filter(session__mode=mode) if mode else found

    return rows

"""Things that meet their standard as a metric that opens its list (C-149, C-162)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.metrics.registry import Metric, list_of, register
from bangfu.standards.enums import CheckVerdict
from bangfu.standards.queries import checks_seen

_MEANING = "各标准验收过的，同一个只按最近一次算"


def register_standard_metrics() -> None:
    """Tell the metrics room what this one counts; called when the application starts."""
    whole = _metric("standard_checked", "验收过的", "个", f"{_MEANING}。", "")
    _metric(
        "standard_passed_rate", "达标的比例", "%", f"{_MEANING}；达标的，占验收过的。", "passed", of=whole
    )


def _metric(
    id: str, label: str, unit: str, definition: str, verdict: str, *, of: Metric | None = None
) -> Metric:
    return register(
        Metric(
            id=id,
            label=label,
            unit=unit,
            definition=definition,
            permission=Permission.STANDARD_CHECK_VIEW,
            rows=_rows(verdict),
            list_url=list_of("standard_check_list", {"f_latest": "yes", "f_verdict": verdict}),
            dimensions=("place",),
            ratio_of=of,
            group_of="个",
        )
    )


def _rows(verdict: str) -> Callable[[User, str, date | None], QuerySet[Any]]:
    def rows(user: User, place: str, on: date | None) -> QuerySet[Any]:
        found = checks_seen(user).filter(is_latest=True)
        return found.filter(verdict=CheckVerdict(verdict)) if verdict else found

    return rows

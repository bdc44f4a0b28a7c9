"""Published needs and the share that was signed for, as metrics that open their lists (C-013, C-123)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.matching.enums import Side
from bangfu.matching.queries import SHOWN, listings_seen
from bangfu.metrics.registry import Metric, list_of, register

Rows = Callable[[QuerySet[Any]], QuerySet[Any]]
_ASKED = {"f_side": "need", "f_shown": "yes"}


def register_matching_metrics() -> None:
    """Tell the metrics room what this one counts; called when the application starts."""
    whole = _metric(
        "matching_needs",
        "发布过的需求",
        "供需对接里审核发布过的需求，不论结束没有。",
        _ASKED,
        lambda rows: rows,
    )
    _metric(
        "matching_rate",
        "需求对接率",
        "发布过的需求里，签了约或者落了地的。",
        {**_ASKED, "f_matched": "yes"},
        lambda rows: rows.filter(matched=True),
        of=whole,
    )


def _metric(
    id: str, label: str, definition: str, asked: Mapping[str, str], narrow: Rows, *, of: Metric | None = None
) -> Metric:
    def rows(user: User, place: str, on: date | None) -> QuerySet[Any]:
        return narrow(listings_seen(user).filter(side=Side.NEED, state__in=SHOWN))

    return register(
        Metric(
            id=id,
            label=label,
            unit="%" if of else "条",
            definition=definition,
            permission=Permission.MATCHING_VIEW,
            rows=rows,
            list_url=list_of("listing_list", asked),
            dimensions=("place",),
            ratio_of=of,
            group_of="条",
        )
    )

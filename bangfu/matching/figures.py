"""Published needs and the share that was signed for, as metrics that open their lists (C-013, C-123)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.matching.enums import Side
from bangfu.matching.queries import SHOWN, listings_seen
from bangfu.metrics.registry import Metric, register

Rows = Callable[[QuerySet[Any]], QuerySet[Any]]
_QUERY = "f_side=need&f_shown=yes"


def register_matching_metrics() -> None:
    """Tell the metrics room what this one counts; called when the application starts."""
    whole = _metric(
        "matching_needs",
        "发布过的需求",
        "供需对接里审核发布过的需求，不论结束没有。",
        _QUERY,
        lambda rows: rows,
    )
    _metric(
        "matching_rate",
        "需求对接率",
        "发布过的需求里，签了约或者落了地的。",
        f"{_QUERY}&f_matched=yes",
        lambda rows: rows.filter(matched=True),
        of=whole,
    )


def _metric(
    id: str, label: str, definition: str, query: str, narrow: Rows, *, of: Metric | None = None
) -> Metric:
    def rows(user: User, place: str, on: date | None) -> QuerySet[Any]:
        return narrow(listings_seen(user).filter(side=Side.NEED, state__in=SHOWN))

    def address(place: str, on: date | None) -> str:
        more = f"&{urlencode({'place': place})}" if place else ""
        return f"{reverse('listing_list')}?{query}{more}"

    return register(
        Metric(
            id=id,
            label=label,
            unit="%" if of else "条",
            definition=definition,
            permission=Permission.MATCHING_VIEW,
            rows=rows,
            list_url=address,
            dimensions=("place",),
            ratio_of=of,
            group_of="条",
        )
    )

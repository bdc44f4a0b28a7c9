"""Counting a metric within the asker's scope: one number, or one a region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Substr

from bangfu.access.models import User
from bangfu.access.places import choose_place
from bangfu.access.scope import within
from bangfu.core.models import Region
from bangfu.metrics.registry import Metric

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Figure:
    """A counted number; ``of`` is the denominator of a ratio. Both are fen if ``is_money``."""

    count: int
    of: int | None = None
    is_money: bool = False

    @property
    def rate(self) -> Decimal | None:
        """Per cent with one decimal, half up; None for a count and for a ratio of nothing."""
        if not self.of:
            return None
        return (Decimal(self.count) * 100 / self.of).quantize(_TENTH, ROUND_HALF_UP)

    @property
    def smallest_group(self) -> int:
        """The smallest group the figure tells of: those it counts or leaves out; 0 for none and for money."""
        if self.is_money:
            return 0
        groups = [self.count] if self.of is None else [self.count, self.of - self.count]
        return min((group for group in groups if group > 0), default=0)


@dataclass(frozen=True)
class RegionFigure:
    """The figure of one region."""

    code: str
    name: str
    figure: Figure


def rows_of(metric: Metric, user: User, place: str = "", on: date | None = None) -> QuerySet:
    """The counted rows (of a ratio, the numerator's), in ``place`` and within the user's scope."""
    rows = metric.rows(user, place, on)
    return rows.filter(within(metric.place_field, place)) if place else rows


def count(metric: Metric, user: User, place: str = "", on: date | None = None) -> int:
    """How many rows; of a ratio, the numerator."""
    return rows_of(metric, user, place, on).order_by().count()


def measured(metric: Metric, user: User, place: str = "", on: date | None = None) -> int:
    """The number itself: how many rows or, for money, the sum of them in fen."""
    if not metric.sum_of:
        return count(metric, user, place, on)
    rows = rows_of(metric, user, place, on).order_by()
    return int(rows.aggregate(sum=Sum(metric.sum_of, default=0))["sum"])


def figure(metric: Metric, user: User, place: str = "", on: date | None = None) -> Figure:
    """The number, with its denominator if it is a ratio."""
    of = None if metric.ratio_of is None else measured(metric.ratio_of, user, place, on)
    return Figure(measured(metric, user, place, on), of, bool(metric.sum_of))


def by_region(metric: Metric, user: User, place: str = "", on: date | None = None) -> list[RegionFigure]:
    """The figure of each region right below ``place`` (empty: the whole scope), in the order of their codes.

    Raises Http404 for a place outside the scope.
    """
    regions = choose_place(user, metric.permission, place).children
    counts = _counts(metric, user, place, regions, on)
    denominators = _counts(metric.ratio_of, user, place, regions, on) if metric.ratio_of else {}
    return [
        RegionFigure(
            region.code,
            region.name,
            Figure(
                counts.get(region.code, 0),
                denominators.get(region.code, 0) if metric.ratio_of else None,
                bool(metric.sum_of),
            ),
        )
        for region in regions
    ]


def _counts(
    metric: Metric, user: User, place: str, regions: Sequence[Region], on: date | None
) -> dict[str, int]:
    """The number of each region; a query for each length of code (places of a scope may differ)."""
    counts: dict[str, int] = {}
    number = Sum(metric.sum_of) if metric.sum_of else Count("pk")
    for length in {len(region.code) for region in regions}:
        code = Substr(metric.place_field, 1, length)
        rows = rows_of(metric, user, place, on).order_by().annotate(bangfu_region=code)
        counts.update(rows.values_list("bangfu_region").annotate(number=number).order_by())
    return counts

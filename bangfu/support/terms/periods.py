"""Quarters and months that are over, as a report covers them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_CHINESE = "一二三四"
OFFERED = {"quarter": 6, "month": 12}


@dataclass(frozen=True)
class Period:
    """Some days with a name, such as 2026年第三季度."""

    starts_on: date
    ends_on: date
    name: str


def period_of(kind: str, day: date) -> Period:
    """The quarter or month in which a day lies."""
    if kind == "quarter":
        quarter = (day.month - 1) // 3
        starts_on = date(day.year, quarter * 3 + 1, 1)
        return Period(starts_on, _end(starts_on, 3), f"{day.year}年第{_CHINESE[quarter]}季度")
    starts_on = day.replace(day=1)
    return Period(starts_on, _end(starts_on, 1), f"{day.year}年{day.month}月")


def periods_over(kind: str, today: date) -> list[Period]:
    """The latest periods that have ended before today, the newest first."""
    found, day = [], today
    for _ in range(OFFERED[kind]):
        day = period_of(kind, day).starts_on - timedelta(days=1)
        found.append(period_of(kind, day))
    return found


def _end(starts_on: date, months: int) -> date:
    following = starts_on.month + months - 1
    return date(starts_on.year + following // 12, following % 12 + 1, 1) - timedelta(days=1)

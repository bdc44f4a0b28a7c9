"""Named windows as plain date bounds, worked out once from as-of.

Month arithmetic follows the contract: the same day of another month, or that month's last day where it has
no such day. Every window but ``latest`` becomes two dates, so engines do no month arithmetic.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from bangfu.screening.catalogue.model import WindowName

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Bounds:
    """First and last day of a window, both included; None = open."""

    first: dt.date | None
    last: dt.date


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day ``months`` later (earlier if negative), clamped to the month's last day.

    Days before year 1 become the first day that exists.
    """
    position = day.year * 12 + day.month - 1 + months
    if position < 12:
        return dt.date.min
    year, month = divmod(position, 12)
    return dt.date(year, month + 1, min(day.day, _length(year, month + 1)))


def add_days(day: dt.date, days: int) -> dt.date:
    """The day ``days`` later, or the last one that exists."""
    return day + dt.timedelta(days=min(days, (dt.date.max - day).days))


def bounds(window: WindowName, as_of: dt.date, months: int = 0) -> Bounds:
    """The days of ``window`` at ``as_of``. ``latest`` has none: it compares rows with each other."""
    match window:
        case WindowName.CALENDAR_YEAR_TO_DATE:
            return Bounds(as_of.replace(month=1, day=1), as_of)
        case WindowName.LAST_FULL_MONTH:
            month = add_months(as_of, -1)
            return Bounds(month.replace(day=1), _month_end(month))
        case WindowName.WITHIN_LAST_MONTHS:
            return Bounds(add_months(as_of, -months) + _DAY, as_of)
        case WindowName.AT_LEAST_MONTHS_AGO:
            return Bounds(None, _latest_day_reaching(as_of, months))
        case WindowName.AT_LEAST_FULL_MONTHS_AGO:
            return Bounds(None, _month_end(add_months(as_of, -months)))
        case WindowName.LATEST:
            raise ValueError("latest compares rows with each other and has no days of its own")


def last_month_day(month_day: str, as_of: dt.date) -> dt.date:
    """The last day written ``MM-DD`` on or before ``as_of``; ``as_of`` itself if empty."""
    if not month_day:
        return as_of
    month, day = (int(part) for part in month_day.split("-"))
    this_year = as_of.replace(month=month, day=day)
    return this_year if this_year <= as_of else add_months(this_year, -12)


def _latest_day_reaching(as_of: dt.date, months: int) -> dt.date:
    """The latest day D with ``add_months(D, months) <= as_of``.

    On a month's last day every later day of D's month is clamped to it, so the whole month has got there.
    """
    same_day = add_months(as_of, -months)
    ends_month = as_of.day == _length(as_of.year, as_of.month)
    return _month_end(same_day) if ends_month else same_day


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=_length(day.year, day.month))


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]

"""Windows of time as the contract words them."""

from __future__ import annotations

import calendar
import datetime as dt


def shifted(day: dt.date, months: int) -> dt.date:
    """The same day so many months later (or earlier); the last day of that month if it does not exist."""
    ordinal = day.year * 12 + day.month - 1 + months
    year, month = divmod(ordinal, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def within_last_month(day: dt.date, as_of: dt.date) -> bool:
    """After the same day of the previous month, up to and including as-of."""
    return shifted(as_of, -1) < day <= as_of


def within_year_to_date(day: dt.date, as_of: dt.date) -> bool:
    """In the calendar year of as-of, up to as-of."""
    return dt.date(as_of.year, 1, 1) <= day <= as_of


def within_last_full_month(day: dt.date, as_of: dt.date) -> bool:
    """In the calendar month before the month of as-of."""
    return months_between(day, as_of) == 1


def months_between(earlier: dt.date, later: dt.date) -> int:
    """Month of the later day minus month of the earlier one."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def age(born: dt.date, on: dt.date) -> int:
    """Completed years. Who is born on 29 February turns a year older on 1 March in a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def latest_cutoff(as_of: dt.date, month_day: str) -> dt.date:
    """The last day MM-DD on or before as-of."""
    month, day = (int(part) for part in month_day.split("-"))
    this_year = dt.date(as_of.year, month, day)
    return this_year if this_year <= as_of else dt.date(as_of.year - 1, month, day)

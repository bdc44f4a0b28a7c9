"""Windows of time as the contract reads them, for the synthetic county's own truth."""

from __future__ import annotations

import calendar
import datetime as dt

ONE_DAY = dt.timedelta(days=1)


def shifted(day: dt.date, months: int) -> dt.date:
    """The same day some months later (earlier if negative); the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def age(born: dt.date, as_of: dt.date) -> int:
    """Completed years; somebody born on 29 February turns a year older on 1 March."""
    return as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))


def within_last_month(day: dt.date, as_of: dt.date) -> bool:
    """After the same day of the previous month, up to and including as-of."""
    return shifted(as_of, -1) < day <= as_of


def within_year_to_date(day: dt.date, as_of: dt.date) -> bool:
    """In the calendar year of as-of, up to as-of."""
    return day.year == as_of.year and day <= as_of


def within_last_full_month(day: dt.date, as_of: dt.date) -> bool:
    """In the calendar month before the month of as-of."""
    last = as_of.replace(day=1) - ONE_DAY
    return (day.year, day.month) == (last.year, last.month)


def months_between(earlier: dt.date, later: dt.date) -> int:
    """Whole calendar months from the month of one date to the month of another."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def born_at(age_in_years: int, as_of: dt.date) -> dt.date:
    """The birth date of somebody whose birthday is as-of (28 February stands in for 29)."""
    return shifted(as_of, -12 * age_in_years)

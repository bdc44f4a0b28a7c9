"""Days that words of a plan's year stand for: quarters, halves, parts of months."""

from __future__ import annotations

from datetime import date, timedelta


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def months(year: int, first: int, last: int) -> tuple[date, date]:
    """From one month's first day to another's last; over the year's end when ``last`` is earlier."""
    return date(year, first, 1), month_end(year + (last < first), last)


def quarters(year: int, first: int, last: int) -> tuple[date, date]:
    """From the first day of one quarter to the last of another."""
    return months(year, first * 3 - 2, last * 3)


def day(year: int, month: int, number: int) -> date | None:
    """A day, or None when the calendar has none such."""
    try:
        return date(year, month, number)
    except ValueError:
        return None

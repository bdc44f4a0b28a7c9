"""By when a step owes its next report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

_WEEK = 7
_MONTHS = 12


def windows(year: int, every: int) -> Iterator[tuple[date, date]]:
    """The stretches of a year in which a recurring step is owed: months, or weeks where ``every`` is 0."""
    end_of_year = date(year, 12, 31)
    if every == 0:
        first = date(year, 1, 1)
        while first <= end_of_year:
            yield first, min(first + timedelta(days=_WEEK - 1), end_of_year)
            first += timedelta(days=_WEEK)
        return
    for month in range(1, _MONTHS + 1, every):
        last = month + every
        yield (
            date(year, month, 1),
            (date(year, last, 1) - timedelta(days=1) if last <= _MONTHS else end_of_year),
        )


def next_due(year: int, every: int, times: int, reported: Sequence[date]) -> date | None:
    """The end of the first stretch with fewer than ``times`` reports; None when the year is done."""
    for first, last in windows(year, every):
        if sum(first <= day <= last for day in reported) < times:
            return last
    return None

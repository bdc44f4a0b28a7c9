"""Windows of a duty: every day lies in exactly one window of a kind (C-041, C-103, C-104)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from bangfu.duties.enums import WindowKind

MONTHS = {
    WindowKind.MONTH: 1,
    WindowKind.TWO_MONTHS: 2,
    WindowKind.QUARTER: 3,
    WindowKind.HALF_YEAR: 6,
    WindowKind.YEAR: 12,
}
"""Months of each calendar window; all divide the year, so that each begins with it."""

_DAY = timedelta(days=1)


class Window(NamedTuple):
    """A span of days, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.end - self.start).days + 1


class Rhythm(NamedTuple):
    """How windows follow each other; ``days`` and ``anchor`` count only for windows of days."""

    kind: WindowKind
    days: int
    anchor: date

    def window_on(self, day: date) -> Window:
        """The window in which a day lies."""
        if self.kind == WindowKind.DAYS:
            start = self.anchor + timedelta(days=(day - self.anchor).days // self.days * self.days)
            return Window(start, start + timedelta(days=self.days - 1))
        months = MONTHS[self.kind]
        first = (day.month - 1) // months * months + 1
        return Window(date(day.year, first, 1), _month_after(day.year, first + months - 1) - _DAY)

    def windows(self, first: date, last: date) -> Iterator[Window]:
        """The windows that begin from ``first`` to ``last``."""
        window = self.window_on(first)
        if window.start < first:
            window = self.window_on(window.end + _DAY)
        while window.start <= last:
            yield window
            window = self.window_on(window.end + _DAY)


def _month_after(year: int, month: int) -> date:
    """The first day of the month after."""
    return date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)

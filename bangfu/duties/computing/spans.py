"""Spans of days in which a holder stands to a target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bangfu.duties.definition.windows import Window

Span = tuple[date, date]
_DAY = timedelta(days=1)


def joined(spans: Iterable[Span]) -> list[Span]:
    """The spans by start, those that touch or overlap made one: a tie renewed in time goes on."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and (whole[-1][1] == date.max or start <= whole[-1][1] + _DAY):
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole


def covered_days(window: Window, spans: Sequence[Span]) -> int:
    """How many days of the window lie in the spans, which must be joined."""
    days = 0
    for start, end in spans:
        first, last = max(window.start, start), min(window.end, end)
        if first <= last:
            days += (last - first).days + 1
    return days

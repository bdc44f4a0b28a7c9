"""Every day lies in exactly one window (C-041, C-103, C-104)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.duties.definition.windows import Rhythm, Window
from bangfu.duties.enums import WindowKind

DAY = timedelta(days=1)
days = st.dates(date(2015, 1, 1), date(2045, 12, 31))


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    return Rhythm(draw(st.sampled_from(WindowKind)), draw(st.integers(1, 366)), draw(days))


@settings(deadline=None)
@given(rhythms(), days)
def test_every_day_lies_in_exactly_one_window(rhythm: Rhythm, day: date) -> None:
    window = rhythm.window_on(day)
    assert window.start <= day <= window.end
    for other in (window.start, window.end):
        assert rhythm.window_on(other) == window
    assert rhythm.window_on(window.end + DAY).start == window.end + DAY
    assert rhythm.window_on(window.start - DAY).end == window.start - DAY


@settings(deadline=None)
@given(rhythms(), days, st.integers(0, 800))
def test_windows_follow_each_other_without_gap(rhythm: Rhythm, first: date, more: int) -> None:
    last = first + more * DAY
    found = list(rhythm.windows(first, last))
    assert all(first <= window.start <= last for window in found)
    for one, other in pairwise(found):
        assert other.start == one.end + DAY
    if found:
        assert found[0].start - first <= timedelta(days=366)
        assert found[-1].end >= last


@pytest.mark.parametrize(
    ("kind", "day", "start", "end"),
    [
        (WindowKind.MONTH, date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        (WindowKind.MONTH, date(2026, 2, 3), date(2026, 2, 1), date(2026, 2, 28)),
        (WindowKind.MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        (WindowKind.TWO_MONTHS, date(2024, 2, 29), date(2024, 1, 1), date(2024, 2, 29)),
        (WindowKind.TWO_MONTHS, date(2026, 11, 22), date(2026, 11, 1), date(2026, 12, 31)),
        (WindowKind.QUARTER, date(2026, 11, 22), date(2026, 10, 1), date(2026, 12, 31)),
        (WindowKind.HALF_YEAR, date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30)),
        (WindowKind.YEAR, date(2028, 2, 29), date(2028, 1, 1), date(2028, 12, 31)),
    ],
)
def test_calendar_windows(kind: WindowKind, day: date, start: date, end: date) -> None:
    assert Rhythm(kind, 1, day).window_on(day) == Window(start, end)


def test_windows_of_days_run_over_the_leap_day_and_back_from_their_beginning() -> None:
    rhythm = Rhythm(WindowKind.DAYS, 10, date(2024, 2, 25))
    assert rhythm.window_on(date(2024, 3, 5)) == Window(date(2024, 2, 25), date(2024, 3, 5))
    assert rhythm.window_on(date(2024, 2, 24)) == Window(date(2024, 2, 15), date(2024, 2, 24))


def test_the_days_of_a_leap_year_are_counted() -> None:
    assert Window(date(2028, 1, 1), date(2028, 12, 31)).days == 366

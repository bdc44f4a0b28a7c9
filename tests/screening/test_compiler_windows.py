"""Named windows: first and last days, clamped month ends (C-185)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.screening.catalogue.model import WindowName
from bangfu.screening.compiling.windows import add_days, add_months, bounds, last_month_day

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("window", "as_of", "months", "first", "last"),
    [
        ("calendar_year_to_date", "2026-10-31", 0, "2026-01-01", "2026-10-31"),
        ("calendar_year_to_date", "2026-01-01", 0, "2026-01-01", "2026-01-01"),
        ("last_full_month", "2026-10-31", 0, "2026-09-01", "2026-09-30"),
        ("last_full_month", "2026-01-01", 0, "2025-12-01", "2025-12-31"),
        ("last_full_month", "2028-03-15", 0, "2028-02-01", "2028-02-29"),
        ("within_last_months", "2026-10-15", 1, "2026-09-16", "2026-10-15"),
        ("within_last_months", "2026-03-31", 1, "2026-03-01", "2026-03-31"),
        ("within_last_months", "2028-03-30", 1, "2028-03-01", "2028-03-30"),
        ("within_last_months", "2026-02-28", 1, "2026-01-29", "2026-02-28"),
        ("within_last_months", "2026-01-31", 3, "2025-11-01", "2026-01-31"),
        ("at_least_months_ago", "2026-10-31", 3, None, "2026-07-31"),
        ("at_least_months_ago", "2026-10-30", 3, None, "2026-07-30"),
        ("at_least_months_ago", "2026-11-30", 3, None, "2026-08-31"),
        ("at_least_months_ago", "2027-02-28", 3, None, "2026-11-30"),
        ("at_least_months_ago", "2028-02-28", 3, None, "2027-11-28"),
        ("at_least_months_ago", "2026-05-31", 3, None, "2026-02-28"),
        ("at_least_full_months_ago", "2026-10-01", 3, None, "2026-07-31"),
        ("at_least_full_months_ago", "2026-01-31", 3, None, "2025-10-31"),
    ],
)
def test_first_and_last_day(window: str, as_of: str, months: int, first: str | None, last: str) -> None:
    found = bounds(WindowName(window), day(as_of), months)
    assert (found.first, found.last) == (day(first) if first else None, day(last))


@given(DAYS, DAYS, st.integers(0, 40))
def test_at_least_months_ago_is_months_added_and_clamped(on: dt.date, as_of: dt.date, months: int) -> None:
    last = bounds(WindowName.AT_LEAST_MONTHS_AGO, as_of, months).last
    assert (on <= last) == (add_months(on, months) <= as_of)


@given(DAYS, DAYS, st.integers(0, 40))
def test_at_least_full_months_ago_is_month_arithmetic(on: dt.date, as_of: dt.date, months: int) -> None:
    last = bounds(WindowName.AT_LEAST_FULL_MONTHS_AGO, as_of, months).last
    passed = (as_of.year - on.year) * 12 + as_of.month - on.month
    assert (on <= last) == (passed >= months)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [("2026-01-31", 1, "2026-02-28"), ("2028-03-31", -1, "2028-02-29"), ("2026-12-31", 2, "2027-02-28")],
)
def test_months_are_clamped_to_the_last_day(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


def test_many_months_back_end_at_the_first_day_there_is() -> None:
    assert add_months(day("2026-01-31"), -999_999) == dt.date.min


@pytest.mark.parametrize("window", [name for name in WindowName if name is not WindowName.LATEST])
@pytest.mark.parametrize("as_of", [dt.date.min, dt.date.max])
def test_the_calendars_ends_are_no_failure(window: WindowName, as_of: dt.date) -> None:
    assert dt.date.min <= bounds(window, as_of, 3).last <= as_of.replace(day=31)
    assert last_month_day("08-31", dt.date.min) == dt.date.min
    assert add_days(as_of, 10**6) <= dt.date.max


@pytest.mark.parametrize(
    ("month_day", "as_of", "found"),
    [
        ("08-31", "2026-08-31", "2026-08-31"),
        ("08-31", "2026-08-30", "2025-08-31"),
        ("12-31", "2026-10-31", "2025-12-31"),
        ("", "2026-10-31", "2026-10-31"),
        ("02-28", "2028-02-29", "2028-02-28"),
    ],
)
def test_the_last_such_day_up_to_as_of(month_day: str, as_of: str, found: str) -> None:
    assert last_month_day(month_day, day(as_of)) == day(found)

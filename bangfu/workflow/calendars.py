"""Working days: weekends, public holidays, and what is said of a year without a table."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from bangfu.workflow.definition.model import LimitUnit
from bangfu.workflow.enums import DayKind
from bangfu.workflow.models import Holiday

SHIPPED = Path(__file__).with_name("holidays.csv")
_SATURDAY = 5
_ONE = timedelta(days=1)


@dataclass(frozen=True)
class TableDay:
    """A row of a holiday table."""

    day: date
    kind: DayKind
    name: str
    basis: str
    grade: str


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked. ``rest`` and ``work`` differ from their weekday; ``years`` have a table."""

    rest: frozenset[date]
    work: frozenset[date]
    years: frozenset[int]

    def is_working(self, day: date) -> bool:
        """Whether offices work on a day."""
        if day in self.work:
            return True
        return day.weekday() < _SATURDAY and day not in self.rest

    def add(self, start: date, count: int, unit: LimitUnit) -> date:
        """The last day of a limit of ``count``; the day after ``start`` is the first."""
        if unit is LimitUnit.CALENDAR:
            return start + timedelta(days=count)
        day = start
        while count > 0:
            day += _ONE
            count -= self.is_working(day)
        return day

    def between(self, start: date, end: date, unit: LimitUnit) -> int:
        """How many days lie after ``start`` up to ``end``; negative when ``end`` comes before."""
        if end < start:
            return -self.between(end, start, unit)
        if unit is LimitUnit.CALENDAR:
            return (end - start).days
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def unknown_years(self, start: date, end: date) -> list[int]:
        """The years in a span of days for which only weekends are known."""
        return [year for year in range(start.year, end.year + 1) if year not in self.years]


def calendar_now() -> WorkCalendar:
    """The calendar of what the software brings and what was loaded, a loaded year before a shipped one."""
    return calendar_of(table_days())


def table_days() -> tuple[TableDay, ...]:
    """The days of all tables in force, in order."""
    loaded = [
        TableDay(row.day, DayKind(row.kind), row.name, row.basis, row.grade) for row in Holiday.objects.all()
    ]
    years = {each.day.year for each in loaded}
    shipped = [each for each in shipped_days() if each.day.year not in years]
    return tuple(sorted([*shipped, *loaded], key=lambda each: each.day))


def calendar_of(days: Iterable[TableDay]) -> WorkCalendar:
    """The calendar that a table makes."""
    days = tuple(days)
    return WorkCalendar(
        rest=frozenset(each.day for each in days if each.kind is DayKind.REST),
        work=frozenset(each.day for each in days if each.kind is DayKind.WORK),
        years=frozenset(each.day.year for each in days),
    )


_kept: dict[str, WorkCalendar] = {}


def keep(calendar: WorkCalendar) -> str:
    """A key under which rows of a list find the calendar again: equal calendars have equal keys."""
    parts = (sorted(calendar.rest), sorted(calendar.work), sorted(calendar.years))
    key = hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
    _kept[key] = calendar
    return key


def kept(key: str) -> WorkCalendar:
    """The calendar under a key that ``keep`` gave."""
    return _kept[key]


@lru_cache(maxsize=1)
def shipped_days() -> tuple[TableDay, ...]:
    """The tables that the software brings."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return tuple(
            TableDay(
                date.fromisoformat(row["day"]), DayKind(row["kind"]), row["name"], row["basis"], row["grade"]
            )
            for row in csv.DictReader(file)
        )

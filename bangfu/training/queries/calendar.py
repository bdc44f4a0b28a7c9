"""The year of training: sessions by month and audience, and what is missing (C-001, C-002)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.scope import within
from bangfu.core.models import Region, RegionLevel
from bangfu.training.enums.courses import SessionState
from bangfu.training.models import TrainingSession
from bangfu.training.queries.seen import sessions_seen
from bangfu.training.terms import audiences, words

MONTHS = range(1, 13)
QUARTER, HALF_YEAR = 3, 6
"""Lengths of windows in months."""
_FREQUENCIES = (
    ("training_quarterly_audiences", QUARTER, "每季度一班"),
    ("training_half_yearly_audiences", HALF_YEAR, "每半年一班"),
)
_NUMBERS = "一二三四"


@dataclass(frozen=True)
class Window:
    """A quarter or a half of the year in which an audience is owed a session."""

    audience: str
    starts_on: date
    ends_on: date
    label: str
    held: int
    planned_on: date | None

    def words(self, today: date) -> tuple[str, str]:
        """(signal, what it says): done, planned, due or missing."""
        if self.held:
            return "ok", f"{self.label}办了 {self.held} 班"
        if self.ends_on < today:
            return "bad", f"{self.label}没有办，已过 {(today - self.ends_on).days} 天"
        if self.planned_on is not None:
            return "now", f"{self.label}安排在 {self.planned_on:%m-%d}"
        if self.starts_on > today:
            return "off", f"{self.label}还没到"
        return "warn", f"{self.label}还没有办，剩 {(self.ends_on - today).days} 天"


@dataclass(frozen=True)
class Line:
    """An audience's year: how often it is owed a session, held and planned sessions by month, windows."""

    audience: str
    frequency: str
    held: tuple[int, ...]
    planned: tuple[int, ...]
    windows: tuple[Window, ...]

    @property
    def total(self) -> int:
        """Sessions held in the year."""
        return sum(self.held)


def year_of_training(user: User, region: Region | None, year: int, today: date) -> list[Line]:
    """A line an audience: the county's list, then other audiences that had sessions.

    What is owed is owed by a county; within a township the sessions are shown without it.
    """
    place = region.code if region is not None else ""
    rows = _rows(user, place, year)
    found: dict[str, list[TrainingSession]] = {}
    for session in rows:
        found.setdefault(session.course.audience, []).append(session)
    on = min(today, date(year, 12, 31))
    known = audiences(on, place)
    lengths = _owed(on, place) if region is not None and region.level == RegionLevel.COUNTY else {}
    order = [*known, *(one for one in found if one not in known)]
    return [_line(one, found.get(one, []), lengths.get(one), year) for one in order]


def missing(lines: list[Line], today: date) -> list[Window]:
    """The windows that have passed or are running without a session."""
    windows = [window for line in lines for window in line.windows]
    return [one for one in windows if one.words(today)[0] in ("bad", "warn")]


def _rows(user: User, place: str, year: int) -> QuerySet[TrainingSession]:
    rows = sessions_seen(user).exclude(state=SessionState.CANCELLED)
    return rows.filter(
        within("place", place), starts_on__gte=date(year, 1, 1), starts_on__lte=date(year, 12, 31)
    )


def _owed(on: date, place: str) -> dict[str, tuple[int, str]]:
    return {
        audience: (months, label)
        for parameter, months, label in _FREQUENCIES
        for audience in words(parameter, on, place)
    }


def _line(audience: str, sessions: list[TrainingSession], owed: tuple[int, str] | None, year: int) -> Line:
    held = [one for one in sessions if one.state == SessionState.HELD]
    planned = [one for one in sessions if one.state == SessionState.PLANNED]
    by_month = [Counter(one.starts_on.month for one in rows) for rows in (held, planned)]
    windows = _windows(audience, owed, year, held, planned) if owed else ()
    return Line(
        audience,
        owed[1] if owed else "",
        tuple(by_month[0][month] for month in MONTHS),
        tuple(by_month[1][month] for month in MONTHS),
        tuple(windows),
    )


def _windows(
    audience: str,
    owed: tuple[int, str],
    year: int,
    held: list[TrainingSession],
    planned: list[TrainingSession],
) -> list[Window]:
    months, _ = owed
    found = []
    for number in range(12 // months):
        starts_on, ends_on = span_of(year, number, months)
        inside = [one for one in held if starts_on <= one.starts_on <= ends_on]
        ahead = sorted(one.starts_on for one in planned if starts_on <= one.starts_on <= ends_on)
        label = f"{_NUMBERS[number]}季度" if months == QUARTER else ("上半年", "下半年")[number]
        found.append(Window(audience, starts_on, ends_on, label, len(inside), ahead[0] if ahead else None))
    return found


def span_of(year: int, number: int, months: int) -> tuple[date, date]:
    """First and last day of the ``number``-th window (from 0) of so many months."""
    first = number * months + 1
    after = date(year + 1, 1, 1) if first + months > 12 else date(year, first + months, 1)
    return date(year, first, 1), after - timedelta(days=1)

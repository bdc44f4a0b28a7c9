"""Which list is due when, what has come, and what has not."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Q

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of
from bangfu.exchange.lake.batches import valid_lists
from bangfu.exchange.models import ListBatch
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.enums.clues import ListFrequency
from bangfu.monitoring.models import ListReminder, ListRequirement
from bangfu.monitoring.rules import dataset_title

_SHIPPED = Path(__file__).parents[1] / "list_calendar.yaml"
SHOWN = 4
SAME_MONTH_FROM = 25
"""A list due this late in a month is about that month, an earlier one about the month before."""


@dataclass(frozen=True)
class Line:
    """A line of the calendar in force; ``row`` is the county's own, None for one that the software brings."""

    dataset: str
    department: str
    frequency: ListFrequency
    due_day: int | None
    due_months: tuple[int, ...]
    basis: str
    grade: str
    unit: Unit | None = None
    row: ListRequirement | None = None

    @property
    def title(self) -> str:
        """The list's title."""
        return dataset_title(self.dataset)

    @property
    def words(self) -> str:
        """How often and by when, in words."""
        if self.due_day is None:
            return self.frequency.label
        months = "、".join(f"{month} 月" for month in self.due_months)
        day = "月底" if self.due_day > 28 else f"{self.due_day} 日"
        return (
            f"{months or self.frequency.label}{day}前"
            if self.due_day > 28
            else f"{months or self.frequency.label} {day}前"
        )

    def due_days(self, today: date) -> Iterator[date]:
        """The last day of each time it is due, from the next one backwards."""
        if self.due_day is None:
            return
        month = _next_month(today.replace(day=1))
        for _ in range(36):
            if not self.due_months or month.month in self.due_months:
                yield month.replace(day=min(self.due_day, monthrange(month.year, month.month)[1]))
            month = (month - timedelta(days=1)).replace(day=1)

    def about(self, due_on: date) -> date:
        """The month (its first day) that a list due on a day is about."""
        first = due_on.replace(day=1)
        if (self.due_day or 0) >= SAME_MONTH_FROM:
            return first
        return (first - timedelta(days=1)).replace(day=1)


@dataclass(frozen=True)
class DueList:
    """One time a list is due: for which month, by when, whether it came."""

    month: date
    due_on: date
    sent_on: date | None
    rows: int
    reminder: ListReminder | None

    def words(self, today: date) -> tuple[str, str]:
        """(light, sentence): sent in time or late, overdue by days, or still to come."""
        if self.sent_on is not None:
            late = (self.sent_on - self.due_on).days
            return ("ok", "已报") if late <= 0 else ("ok", f"已报，迟 {late} 天")
        left = (self.due_on - today).days
        if left < 0:
            return "bad", f"没报，已超 {-left} 天"
        return ("warn", "今天到期") if left == 0 else ("off", f"还有 {left} 天")


@dataclass(frozen=True)
class Expected:
    """A line of the calendar with the last times it was due, the newest first."""

    line: Line
    dues: list[DueList]
    latest: ListBatch | None


def county_of(user: User) -> str:
    """The code of the county whose calendar the person sees; empty without any."""
    places = places_of(user, Permission.LIST_CALENDAR_VIEW)
    return places[0][:6] if places else ""


@lru_cache(maxsize=1)
def _shipped() -> tuple[Line, ...]:
    lines: list[dict[str, Any]] = yaml.safe_load(_SHIPPED.read_text("utf-8"))
    return tuple(
        Line(
            one["dataset"],
            one["department"],
            ListFrequency(one["frequency"]),
            one.get("day"),
            tuple(one.get("months", ())),
            one["basis"],
            one["grade"],
        )
        for one in lines
    )


def lines(place: str, on: date) -> list[Line]:
    """The calendar in force in a county on a day: the county's own line of a list before the shipped one."""
    own = {row.dataset: row for row in _in_force(place, on)}
    shipped = [_own(own.pop(line.dataset)) if line.dataset in own else line for line in _shipped()]
    return [*shipped, *(_own(row) for row in own.values())]


def line_of(place: str, dataset: str, on: date) -> Line | None:
    """The line of one list."""
    return next((line for line in lines(place, on) if line.dataset == dataset), None)


def _in_force(place: str, on: date) -> list[ListRequirement]:
    ended = Q(valid_to=None) | Q(valid_to__gte=on)
    rows = ListRequirement.objects.filter(ended, place=place, valid_from__lte=on)
    return list(rows.select_related("unit").order_by("id"))


def _own(row: ListRequirement) -> Line:
    return Line(
        row.dataset,
        row.department,
        ListFrequency(row.frequency),
        row.due_day,
        tuple(row.due_months),
        row.basis,
        row.grade,
        row.unit,
        row,
    )


def calendar(place: str, today: date) -> list[Expected]:
    """Every list with what came of the last times it was due, against the valid lists of the lake."""
    sent: dict[tuple[str, date], ListBatch] = {}
    latest: dict[str, ListBatch] = {}
    for batch in valid_lists(place):
        sent[batch.dataset, batch.month] = latest[batch.dataset] = batch
    reminders = {
        (one.dataset, one.due_on): one
        for one in ListReminder.objects.filter(place=place).select_related("reminded_by").order_by("id")
    }
    return [
        Expected(
            line,
            [
                _due(line, day, sent, reminders)
                for day, _ in zip(_shown(line, today), range(SHOWN), strict=False)
            ],
            latest.get(line.dataset),
        )
        for line in lines(place, today)
    ]


def _shown(line: Line, today: date) -> Iterator[date]:
    """Due days up to the next one that is still to come."""
    days = list(line.due_days(today))
    coming = [day for day in days if day >= today]
    yield from coming[-1:]
    yield from (day for day in days if day < today)


def _due(
    line: Line,
    due_on: date,
    sent: dict[tuple[str, date], ListBatch],
    reminders: dict[tuple[str, date], ListReminder],
) -> DueList:
    month = line.about(due_on)
    batch = sent.get((line.dataset, month))
    committed = batch.batch.committed_at if batch else None
    return DueList(
        month,
        due_on,
        local_day(committed) if committed else None,
        batch.rows if batch else 0,
        reminders.get((line.dataset, due_on)),
    )


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)

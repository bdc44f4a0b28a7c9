"""The room's first page: numbers that open their lists, the calendar, what is missing, totals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.http import urlencode

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission, within
from bangfu.training.enums.services import OrderState
from bangfu.training.queries.calendar import MONTHS, Line, span_of
from bangfu.training.queries.seen import orders_seen
from bangfu.training.queries.totals import Table, hours_of, sessions_held, times_in
from bangfu.ui.formats import counted, money

_TABS = (
    ("session_list", "班次", Permission.TRAINING_VIEW),
    ("course_list", "课程", Permission.TRAINING_VIEW),
    ("training_need_list", "培训需求", Permission.TRAINING_VIEW),
    ("participation_list", "参训人次", Permission.TRAINING_VIEW),
    ("follow_up_list", "训后回访", Permission.TRAINING_VIEW),
    ("teacher_list", "师资和专家", Permission.TRAINING_VIEW),
    ("observation_point_list", "观摩点", Permission.TRAINING_VIEW),
    ("forum_list", "论坛", Permission.TRAINING_VIEW),
    ("future_leader_list", "带头人培养", Permission.TRAINING_VIEW),
    ("service_list", "专家服务", Permission.SERVICE_VIEW),
)


def tabs_of(user: User) -> list[dict[str, Any]]:
    """The room's lists that the person may open."""
    return [
        {"label": label, "url": reverse(name)}
        for name, label, permission in _TABS
        if has_permission(user, permission)
    ]


def address(name: str, place: str, **conditions: str) -> str:
    """A list of this room under conditions."""
    asked = {f"f_{key}": value for key, value in conditions.items()} | ({"place": place} if place else {})
    return f"{reverse(name)}?{urlencode(asked)}"


def training_cells(user: User, place: str, year: int) -> list[dict[str, Any]]:
    """Sessions, person-times, hours and cost of the year; each opens its list."""
    held = sessions_held(user, place, year)
    times = times_in(user, place, year)
    cost = held.aggregate(total=Sum("cost_fen"))["total"] or 0
    sessions = address("session_list", place, state="held", year=str(year))
    people = address("participation_list", place, year=str(year))
    return [
        _cell("school", "已办班", counted(held.count()), "班", sessions),
        _cell("users", "参训", counted(times.count()), "人次", people),
        _cell("clock", "学时", hours_of(times), "学时", people),
        _cell("cash", "培训费", money(cost), "元", sessions),
    ]


def service_cells(user: User, place: str) -> list[dict[str, Any]]:
    """Orders that wait for an expert, and for a return visit."""
    orders = orders_seen(user).filter(within("place", place))
    waiting = orders.filter(state=OrderState.ASKED).count()
    solved = orders.filter(state=OrderState.DONE).count()
    return [
        _cell(
            "tool",
            "服务待接单",
            counted(waiting),
            "件",
            address("service_list", place, state="asked"),
            "warn" if waiting else "",
        ),
        _cell("phone", "服务待回访", counted(solved), "件", address("service_list", place, state="done")),
    ]


def _cell(icon: str, word: str, number: str, unit: str, url: str, signal: str = "") -> dict[str, Any]:
    return {"icon": icon, "word": word, "number": number, "unit": unit, "url": url, "signal": signal}


def calendar_rows(lines: Iterable[Line], place: str, year: int, today: date) -> list[dict[str, Any]]:
    """A row an audience: months with links to their sessions, windows in words."""
    return [
        {
            "audience": line.audience,
            "frequency": line.frequency,
            "months": [_month(line, month, place, year) for month in MONTHS],
            "total": line.total,
            "windows": [one.words(today) for one in line.windows],
        }
        for line in lines
    ]


def _month(line: Line, month: int, place: str, year: int) -> dict[str, Any]:
    held, planned = line.held[month - 1], line.planned[month - 1]
    starts_on, ends_on = span_of(year, month - 1, 1)
    url = address(
        "session_list",
        place,
        audience=line.audience,
        starts_on_from=str(starts_on),
        starts_on_to=str(ends_on),
    )
    return {"held": held, "planned": planned, "url": url if held or planned else ""}


def total_tables(tables: Iterable[Table], place: str, year: int) -> list[dict[str, Any]]:
    """The totals, each number with its list."""
    return [
        {
            "title": table.title,
            "rows": [
                {
                    "label": one.label,
                    "people": one.people,
                    "sessions": one.sessions,
                    "url": address("participation_list", place, year=str(year), **{table.filter: one.value}),
                }
                for one in table.groups
            ],
        }
        for table in tables
    ]


def years_around(today: date) -> list[int]:
    """The years one may look at: the next one and the last four."""
    return list(range((today + timedelta(days=366)).year, today.year - 5, -1))

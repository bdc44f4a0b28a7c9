"""Teams, members and leave as their pages show them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission, permits
from bangfu.core import parameters
from bangfu.core.errors import BangfuError
from bangfu.support.enums.teams import TAKEN, WORK_AWAY, LeaveState
from bangfu.support.models import Leave, TeamMember
from bangfu.support.policies.leaves import check_decides, check_withdraws
from bangfu.support.policies.leaves import days_of as leave_days
from bangfu.support.queries.teams import Days, days_of

Words = dict[str, Any]
Signal = tuple[str, str, str]
_STATES: dict[str, Signal] = {
    LeaveState.ASKED: ("now", "待批", "clock"),
    LeaveState.APPROVED: ("ok", "已批", "circle-check"),
    LeaveState.REFUSED: ("bad", "没批", "circle-x"),
    LeaveState.REPORTED: ("ok", "已报备", "circle-check"),
    LeaveState.WITHDRAWN: ("off", "已撤回", "arrow-back-up"),
}


@dataclass(frozen=True)
class Rules:
    """The numbers that a county asks for, as they are in force on a day."""

    year: int
    month: int
    leave: int


def rules_on(day: date, place: str) -> Rules:
    """The required days a year and a month, and the days of leave that are pointed out."""
    codes = ("resident_days_a_year", "resident_days_a_month", "leave_days_a_year")
    return Rules(*(parameters.value(code, on=day, place=place) for code in codes))


def leave_signal(leave: Leave) -> Signal:
    """Where a request stands."""
    return _STATES[leave.state]


def sees_reasons(user: User, member: TeamMember) -> bool:
    """Why somebody is away may speak of health: to oneself, to who approves, to who manages the team."""
    place = member.team.place
    return (
        user.pk == member.user_id
        or permits(user, Permission.LEAVE_APPROVE, place)
        or permits(user, Permission.TEAM_MANAGE, place)
    )


def leave_kind(leave: Leave, user: User) -> str:
    """The kind, or only whether it counts as being there."""
    if sees_reasons(user, leave.member):
        return str(leave.get_kind_display())
    return "外出（算在村）" if leave.kind in WORK_AWAY else "请假"


def leave_row(leave: Leave, user: User) -> Words:
    """A line of a list of leave."""
    kind, word, icon = leave_signal(leave)
    return {
        "leave": leave,
        "kind": leave_kind(leave, user),
        "days": leave_days(leave.starts_on, leave.ends_on),
        "reason": leave.reason if sees_reasons(user, leave.member) else "",
        "signal": {"kind": kind, "word": word, "icon": icon},
    }


def leave_steps(leave: Leave, user: User, today: date) -> Words:
    """Which steps the person may take with a leave now."""
    asks = permits(user, Permission.LEAVE_REQUEST, leave.member.team.place) or user.pk == leave.member.user_id
    asks = asks and has_permission(user, Permission.LEAVE_REQUEST)
    away = leave.state in TAKEN and leave.back_on is None
    decides = Leave.objects.visible_to(user, Permission.LEAVE_APPROVE).filter(pk=leave.pk)
    return {
        "may_withdraw": asks and not _refused(lambda: check_withdraws(user, leave, today)),
        "may_return": asks and away and leave.starts_on < today <= leave.ends_on,
        "may_decide": not _refused(lambda: check_decides(user, leave, "", True)) and decides.exists(),
    }


def _refused(check: Callable[[], None]) -> bool:
    try:
        check()
    except BangfuError:
        return True
    return False


def asked_for(required: int, span: int, whole: int) -> int:
    """What ``required`` days of a ``whole`` period are for who is there for ``span`` of its days."""
    return ceil(required * span / whole)


def year_words(member: TeamMember, leaves: Iterable[Leave], rules: Rules, today: date) -> Signal:
    """The days of this year, and whether what the county asks for can still be reached."""
    year = today.year
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = days_of(member, leaves, first, today)
    whole = days_of(member, (), first, last).span
    required = asked_for(rules.year, whole, (last - first).days + 1)
    words = f"{days.counted} 天，要 {required} 天"
    if days.leave > rules.leave:
        return "warn", f"{words}；请假 {days.leave} 天，过了 {rules.leave} 天", "alert-triangle"
    if days.counted + (whole - days.span) < required:
        return "warn", f"{words}，到年底也不够", "alert-triangle"
    return "ok", words, "circle-check"


def months_of(member: TeamMember, year: int, rules: Rules, today: date) -> list[Words]:
    """A line for each month of a year that the member spent in the team until today."""
    leaves = [leave for leave in member.leaves.all() if leave.state in TAKEN]
    lines = []
    for month in range(1, 13):
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        days = days_of(member, leaves, first, min(last, today))
        if days.span:
            lines.append(_month(first, days, rules, last, today))
    return lines


def _month(first: date, days: Days, rules: Rules, last: date, today: date) -> Words:
    required = asked_for(rules.month, days.span, last.day) if last <= today else None
    short = required is not None and days.counted < required
    signal = {"kind": "warn", "word": "不够"} if short else {"kind": "ok", "word": "够"}
    return {"month": first, "days": days, "required": required, "signal": signal if required else None}


def total(lines: Iterable[Words]) -> Days:
    """The sum of the months."""
    found = [line["days"] for line in lines]
    return Days(*(sum(getattr(days, name) for days in found) for name in ("span", "leave", "away")))

"""The room's papers: participation sheet, course plan, draft of the yearly summary."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bangfu.core.models import Region
from bangfu.documents.paper import Paper
from bangfu.training.enums.courses import SessionState
from bangfu.training.models import Course, TrainingSession
from bangfu.training.queries.calendar import Line, missing
from bangfu.training.queries.totals import Table
from bangfu.training.showing.sessions import days_of
from bangfu.training.terms import hours_text
from bangfu.ui.formats import money

SPARE_LINES = 5


def participation_sheet(session: TrainingSession) -> Paper:
    """Blank lines to sign by hand; who is on the list already stands there (no check-in of any place)."""
    listed = [
        {"name": one.name, "coming_from": one.coming_from} for one in session.participations.order_by("pk")
    ]
    blank = max(session.expected - len(listed), 0) + SPARE_LINES
    data = {
        "course": session.course.title,
        "held_on": days_of(session),
        "location": f"{session.region.name} {session.location}",
        "hours": hours_text(session.course.hours),
        "audience": session.course.audience,
        "organiser": session.course.organiser,
        "rows": [*listed, *({"name": None, "coming_from": None} for _ in range(blank))],
    }
    return Paper("participation_sheet", "培训签到表", data)


def course_plan(course: Course, sessions: Iterable[TrainingSession]) -> Paper:
    """What is taught, and the sessions planned and held."""
    data = {
        "course": course.title,
        "organiser": course.organiser,
        "audience": course.audience,
        "classroom": course.classroom,
        "hours": hours_text(course.hours),
        "teacher": course.teacher.name if course.teacher else None,
        "need": str(course.need) if course.need else "—",
        "content": course.content,
        "materials": course.materials or "—",
        "rows": [_planned(one) for one in sessions],
        "signed_by": course.organiser,
        "signed_on": None,
    }
    return Paper("course_plan", "培训课程计划", data)


def _planned(session: TrainingSession) -> dict[str, Any]:
    return {
        "days": days_of(session),
        "location": f"{session.region.name} {session.location}",
        "mode": session.get_mode_display(),
        "people": session.people if session.state == SessionState.HELD else session.expected,
        "state": session.get_state_display(),
        "filed": session.filed_with or "—",
    }


def summary(
    region: Region,
    year: int,
    today: date,
    held: list[TrainingSession],
    lines: list[Line],
    tables: list[Table],
    hours: str,
    effects: list[tuple[Any, int]],
) -> Paper:
    """A draft from the records, to be edited; it says no more than was recorded."""
    people = sum(one.people for one in held)
    cost = money(sum(one.cost_fen or 0 for one in held))
    gaps = [f"{one.audience}{one.words(today)[1]}" for one in missing(lines, today)]
    said = [f"{effect.label} {number} 人次" for effect, number in effects if number]
    data = {
        "opening": f"{year} 年 1 月 1 日至 {_end(year, today)}，{region.name}共办培训 {len(held)} 班，"
        f"参训 {people} 人次，{hours} 学时，培训费 {cost} 元。",
        "gaps": f"按频次还缺：{'；'.join(gaps)}。" if gaps else "各类对象都按频次办了班。",
        "effects": f"训后回访：{'，'.join(said)}。" if said else "训后回访：还没有登记。",
        "rows": [
            {"view": table.title, "label": one.label, "sessions": one.sessions, "people": one.people}
            for table in tables
            for one in table.groups
        ],
        "signed_by": None,
        "signed_on": None,
    }
    return Paper("training_summary", f"{region.name} {year} 年培训工作总结（稿）", data)


def _end(year: int, today: date) -> str:
    last = min(today, date(year, 12, 31))
    return f"{last.month} 月 {last.day} 日"

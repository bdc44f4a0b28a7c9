"""Ledgers of needs, courses, sessions, those who came and what they said (C-006, C-182, C-200 to C-202)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.parameters import value
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.training.enums.courses import Mode, SessionState
from bangfu.training.enums.people import Effect, Means
from bangfu.training.models import Participation, TrainingSession
from bangfu.training.queries import seen
from bangfu.training.terms import audiences, classrooms, hours_text, words

VIEW, MANAGE, RECORD = (
    Permission.TRAINING_VIEW,
    Permission.TRAINING_MANAGE,
    Permission.TRAINING_RECORD,
)
YES_NO = (("yes", "是"), ("no", "否"))
_SIGNALS = {SessionState.PLANNED: "now", SessionState.HELD: "ok", SessionState.CANCELLED: "off"}


def _choices(parameter: str) -> Any:
    """The words that hold today, for a filter."""
    return lambda user: [(word, word) for word in words(parameter, timezone.localdate())]


def _audiences(user: User) -> list[tuple[str, str]]:
    return [(word, word) for word in audiences(timezone.localdate())]


def _classrooms(user: User) -> list[tuple[str, str]]:
    return [(word, word) for word in classrooms(timezone.localdate())]


def _years(user: User) -> list[tuple[str, str]]:
    this = timezone.localdate().year
    return [(str(year), f"{year} 年") for year in range(this + 1, this - 6, -1)]


def _year_of(field: str) -> Any:
    """A condition on the year of a day; what is no year matches nothing."""

    def apply(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(**{f"{field}__year": int(text)}) if text.isdecimal() else rows.none()

    return apply


NEEDS = Ledger(
    id="training_need_list",
    title="培训需求",
    lead="各地各类人想学什么、多少人想学；只记人数，不记姓名。从需求建课程，点课程里的“回应的需求”。",
    permission=VIEW,
    rows=seen.needs_seen,
    columns=(
        Column("topic", "想学什么", sort="topic"),
        Column("audience", "对象", kind="tag", sort="audience"),
        Column("region", "地方", "region.name", sort="place"),
        Column("asking", "人数", kind="number", sort="asking", total=True),
        Column("surveyed_on", "调研", kind="date", sort="surveyed_on"),
        Column("answered", "已开课程", kind="bool"),
        Column("note", "说明", default=False),
        Column("recorded_by", "登记人", "recorded_by.name", default=False),
    ),
    filters=(
        Filter("audience", "对象", choices=_audiences),
        Filter(
            "answered",
            "已开课程",
            choices=YES_NO,
            apply=lambda rows, text: rows.filter(answered=text == "yes"),
        ),
        Filter("topic", "想学什么", kind="text", field="topic"),
        Filter("surveyed_on", "调研日期", kind="day"),
    ),
    default_sort="-surveyed_on",
    views=(("unanswered", "还没有课程", "f_answered=no"),),
    actions=(HeadAction("登记需求", "record_training_need", RECORD, "plus", primary=True),),
    search=lambda rows, text: rows.filter(topic__contains=text),
    search_label="想学什么",
    empty="还没有登记培训需求。",
)

COURSES = Ledger(
    id="course_list",
    title="课程",
    lead="给谁讲、在哪个课堂、多少学时；一门课可以办多个班次。",
    permission=VIEW,
    rows=seen.courses_seen,
    columns=(
        Column("title", "课程", sort="title"),
        Column("audience", "对象", kind="tag", sort="audience"),
        Column("classroom", "课堂", kind="tag", sort="classroom"),
        Column("hours", "学时", lambda row: hours_text(row.hours), sort="hours"),
        Column("organiser", "主办单位", sort="organiser"),
        Column("region", "主办地", "region.name", sort="place"),
        Column("teacher", "主讲", "teacher.name", default=False),
        Column("held", "已办班", kind="number", sort="held", total=True),
        Column("last_on", "最近一班", kind="date", sort="last_on"),
        Column("materials", "教材", default=False),
    ),
    filters=(
        Filter("audience", "对象", choices=_audiences),
        Filter("classroom", "课堂", choices=_classrooms),
        Filter(
            "held",
            "办过班",
            choices=YES_NO,
            apply=lambda rows, text: rows.filter(held__gt=0) if text == "yes" else rows.filter(held=0),
        ),
    ),
    default_sort="title",
    row_url=lambda row: reverse("course_file", args=[row.uid]),
    views=(("not_held", "没办过班", "f_held=no"),),
    actions=(HeadAction("建课程", "plan_course", MANAGE, "plus", primary=True),),
    search=lambda rows, text: rows.filter(title__contains=text),
    search_label="课程",
    empty="还没有课程。",
)


def _session_state(row: TrainingSession) -> tuple[str, str]:
    today = timezone.localdate()
    if row.state == SessionState.PLANNED and row.ends_on < today:
        return "warn", "结束了没登记"
    return _SIGNALS[SessionState(row.state)], row.get_state_display()


def _open_ended(rows: QuerySet[TrainingSession], text: str) -> QuerySet[TrainingSession]:
    """Planned sessions that are over, or not yet."""
    planned, today = rows.filter(state=SessionState.PLANNED), timezone.localdate()
    return planned.filter(ends_on__lt=today) if text == "over" else planned.filter(ends_on__gte=today)


def _filed(rows: QuerySet[TrainingSession], text: str) -> QuerySet[TrainingSession]:
    standing = rows.exclude(state=SessionState.CANCELLED)
    return standing.filter(filed_on__isnull=text == "no")


def _to_follow(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Held sessions of which somebody was asked, or nobody was though the days are over."""
    held = rows.filter(state=SessionState.HELD)
    if text == "yes":
        return held.filter(followed=True)
    today = timezone.localdate()
    days = int(value("training_follow_up_days", on=today))
    return held.filter(followed=False, ends_on__lt=today - timedelta(days=days))


SESSIONS = Ledger(
    id="session_list",
    title="培训班次",
    lead="什么时候、在哪里、怎么办、多少人、花多少；办了的才计入人次和费用。",
    permission=VIEW,
    rows=seen.sessions_seen,
    columns=(
        Column("course", "课程", "course.title", sort="course__title"),
        Column("starts_on", "开始", kind="date", sort="starts_on"),
        Column("days", "天数", kind="number"),
        Column("audience", "对象", "course.audience", kind="tag", sort="course__audience"),
        Column("classroom", "课堂", "course.classroom", sort="course__classroom"),
        Column("mode", "方式", kind="tag", sort="mode"),
        Column("region", "办班地", "region.name", sort="place"),
        Column("location", "地点", default=False),
        Column("expected", "计划", kind="number", sort="expected", total=True),
        Column("people", "到班", kind="number", sort="people", total=True),
        Column("cost_fen", "培训费", kind="money", sort="cost_fen", total=True),
        Column("fund", "经费来源", sort="fund", default=False),
        Column("filed_with", "备案", sort="filed_with", default=False),
        Column("state", "状态", _session_state, kind="signal", sort="state"),
    ),
    filters=(
        Filter("year", "年度", choices=_years, apply=_year_of("starts_on")),
        Filter("state", "状态", choices=SessionState),
        Filter("audience", "对象", field="course__audience", choices=_audiences),
        Filter("classroom", "课堂", field="course__classroom", choices=_classrooms),
        Filter("mode", "方式", choices=Mode),
        Filter("starts_on", "开始日期", kind="day"),
        Filter("fund", "经费来源", choices=_choices("training_funds"), blank=True),
        Filter("filed", "备案", choices=(("yes", "已备案"), ("no", "没备案")), apply=_filed),
        Filter("open", "待办的", choices=(("over", "结束了没登记"), ("ahead", "还没办")), apply=_open_ended),
        Filter("followed", "训后回访", choices=(("yes", "回访过"), ("no", "到期没回访")), apply=_to_follow),
    ),
    default_sort="-starts_on",
    row_url=lambda row: reverse("session_file", args=[row.uid]),
    views=(
        ("ahead", "还没办", "f_open=ahead"),
        ("over", "结束了没登记", "f_open=over"),
        ("not_filed", "没备案", "f_filed=no"),
        ("not_followed", "到期没回访", "f_followed=no"),
    ),
    actions=(HeadAction("选课程办班", "course_list", MANAGE, "plus", primary=True),),
    search=lambda rows, text: rows.filter(course__title__contains=text),
    search_label="课程",
    empty="还没有班次。先建课程，再从课程里安排班次。",
)


def _asked(row: Participation) -> tuple[str, str]:
    return ("ok", "回访过") if getattr(row, "followed", False) else ("off", "没有")


PARTICIPATIONS = Ledger(
    id="participation_list",
    title="参训人次",
    lead="已办班次里的每一个人、每一次；同一个人参加两个班次，算两人次。",
    permission=VIEW,
    rows=seen.participations_seen,
    columns=(
        Column("name", "姓名", sort="name", classified=FieldClass.NAME),
        Column("coming_from", "单位或村", sort="coming_from"),
        Column("course", "课程", "session.course.title", sort="session__course__title"),
        Column("starts_on", "开班", "session.starts_on", kind="date", sort="session__starts_on"),
        Column("audience", "对象", "session.course.audience", kind="tag", sort="session__course__audience"),
        Column("classroom", "课堂", "session.course.classroom", sort="session__course__classroom"),
        Column("mode", "方式", "session.mode", kind="tag", sort="session__mode"),
        Column("hours", "学时", lambda row: hours_text(row.hours), sort="hours"),
        Column("followed", "回访", _asked, kind="signal"),
        Column("reflection", "心得", default=False),
    ),
    filters=(
        Filter("year", "年度", choices=_years, apply=_year_of("session__starts_on")),
        Filter("audience", "对象", field="session__course__audience", choices=_audiences),
        Filter("classroom", "课堂", field="session__course__classroom", choices=_classrooms),
        Filter("mode", "方式", field="session__mode", choices=Mode),
        Filter("starts_on", "开班日期", kind="day", field="session__starts_on"),
        Filter(
            "followed",
            "回访过",
            choices=YES_NO,
            apply=lambda rows, text: rows.filter(followed=text == "yes"),
        ),
        Filter("coming_from", "单位或村", kind="text"),
    ),
    default_sort="-starts_on",
    row_url=lambda row: reverse("session_file", args=[row.session.uid]),
    search=lambda rows, text: rows.filter(name__startswith=text),
    search_label="姓名",
    empty="没有参训登记。班次办了以后，这里一人一次一行。",
)

FOLLOW_UPS = Ledger(
    id="follow_up_list",
    title="训后回访",
    lead="回去以后用上了没有；效果按词数，一次回访一行。",
    permission=VIEW,
    rows=seen.follow_ups_seen,
    columns=(
        Column("name", "姓名", "participation.name", sort="participation__name", classified=FieldClass.NAME),
        Column("course", "课程", "participation.session.course.title"),
        Column("asked_on", "回访", kind="date", sort="asked_on"),
        Column("means", "方式", sort="means"),
        Column("effect", "效果", kind="tag", sort="effect"),
        Column("words", "说了什么"),
        Column("asked_by", "回访人", "asked_by.name", default=False),
    ),
    filters=(
        Filter("effect", "效果", choices=Effect),
        Filter("means", "方式", choices=Means),
        Filter("year", "开班年度", choices=_years, apply=_year_of("participation__session__starts_on")),
        Filter("asked_on", "回访日期", kind="day"),
    ),
    default_sort="-asked_on",
    row_url=lambda row: reverse("session_file", args=[row.participation.session.uid]),
    search=lambda rows, text: rows.filter(participation__name__startswith=text),
    search_label="姓名",
    empty="还没有训后回访。在班次页里登记。",
)

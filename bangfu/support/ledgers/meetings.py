"""Ledgers of meetings and of what they resolved, and what waits for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import parameters
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.ledgers.workbench import Work
from bangfu.support.enums.meetings import UNANSWERED, UNDONE, MeetingState, TaskState
from bangfu.support.models import Attendance, Meeting
from bangfu.support.queries.meetings import CAME, attendances_seen_by, meetings_seen_by, resolutions_seen_by
from bangfu.support.terms.kinds import MEETINGS as MEETING_KINDS
from bangfu.support.terms.kinds import kinds_in

_SIGNALS = {"open": "now", "answered": "now", "sent_back": "warn", "closed": "ok", "void": "off"}


def task_signal(task: Any) -> tuple[str, str]:
    """The state of a resolution or an order in a word; what is overdue says so."""
    label = task.get_state_display()
    if task.state in UNDONE and task.due_on < localdate():
        return "bad", f"{label}，超期"
    return _SIGNALS[task.state], label


def narrowed_by_due(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Tasks that are overdue, due soon (a parameter says how soon), or wait for a check."""
    today = localdate()
    soon = today + timedelta(days=parameters.value("task_reminder_days", on=today))
    match value:
        case "overdue":
            return rows.filter(state__in=UNDONE, due_on__lt=today)
        case "soon":
            return rows.filter(state__in=UNANSWERED, due_on__range=(today, soon))
        case "unanswered":
            return rows.filter(state__in=UNANSWERED)
    return rows


DUE = (("overdue", "超期"), ("soon", "快到期"), ("unanswered", "等单位回复"))


def meeting_signal(meeting: Meeting) -> tuple[str, str]:
    """The state in a word; a called meeting whose day has passed wants its record."""
    if meeting.state == MeetingState.CALLED and meeting.held_on < localdate():
        return "warn", "到日子了，没有登记"
    return {"called": "now", "held": "ok", "void": "off"}[meeting.state], meeting.get_state_display()


def _kinds(user: User) -> Iterable[tuple[str, str]]:
    return kinds_in(MEETING_KINDS, user.unit.place if user.unit else "", localdate()).items()


def _meetings(user: User) -> Iterable[tuple[str, str]]:
    """The meetings that resolved something, by key."""
    rows = meetings_seen_by(user).filter(resolutions__isnull=False).distinct()
    return [(str(meeting.pk), meeting.title) for meeting in rows]


def _held(user: User) -> Iterable[tuple[str, str]]:
    """The meetings that were held, by key."""
    rows = meetings_seen_by(user).filter(state=MeetingState.HELD)
    return [(str(meeting.pk), meeting.title) for meeting in rows]


def _came(rows: QuerySet[Attendance], value: str) -> QuerySet[Attendance]:
    return rows.filter(CAME if value == "yes" else ~CAME)


def _unrecorded(rows: QuerySet[Meeting], value: str) -> QuerySet[Meeting]:
    return rows.filter(state=MeetingState.CALLED, held_on__lt=localdate()) if value == "late" else rows


def _undone(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(undone__gt=0) if value == "yes" else rows


MEETINGS = Ledger(
    id="meeting_list",
    title="会议",
    lead="联席会议、单位专题研究、乡镇例会：议程、到会、纪要，议定事项分到单位、跟到销号。",
    permission=Permission.MEETING_VIEW,
    rows=meetings_seen_by,
    columns=(
        Column("title", "会议"),
        Column("kind_name", "种类", kind="tag", sort="kind"),
        Column("convener", "召集单位", "convener.name", sort="convener__name"),
        Column("held_on", "日期", kind="date", sort="held_on"),
        Column("held_at", "地点", default=False),
        Column("chair", "主持人", default=False),
        Column("asked", "应到", kind="number", sort="asked"),
        Column("came", "实到", kind="number", sort="came"),
        Column("undone", "未销号", kind="number", sort="undone"),
        Column("state", "状态", meeting_signal, kind="signal", sort="state"),
    ),
    filters=(
        Filter("kind", "种类", choices=_kinds),
        Filter("state", "状态", choices=MeetingState),
        Filter("record", "登记", choices=(("late", "到日子没有登记"),), apply=_unrecorded),
        Filter("undone", "议定事项", choices=(("yes", "有没销号的"),), apply=_undone),
        Filter("held_on", "日期", "day"),
    ),
    default_sort="-held_on",
    row_url=lambda row: reverse("meeting_file", args=[row.uid]),
    views=(
        ("joint", "联席会议", "f_kind=joint"),
        ("study", "单位研究", "f_kind=unit_study"),
        ("called", "待开", "f_state=called"),
        ("undone", "有没销号的", "f_undone=yes"),
    ),
    actions=(
        HeadAction("到会情况", "meeting_unit_list", Permission.MEETING_VIEW, "users"),
        HeadAction("议定事项", "resolution_list", Permission.MEETING_VIEW, "list-check"),
        HeadAction("通知开会", "call_meeting", Permission.MEETING_RECORD, "calendar-event"),
        HeadAction("登记开过的会", "record_work_meeting", Permission.MEETING_RECORD, "plus", primary=True),
    ),
    search=lambda rows, text: rows.filter(Q(title__icontains=text) | Q(convener__name__icontains=text)),
    search_label="会议、单位",
    print_title="会议台账",
    empty="还没有会议。开过的会点“登记开过的会”，要开的会点“通知开会”。",
)


RESOLUTIONS = Ledger(
    id="resolution_list",
    title="议定事项",
    lead="会上定的事，一个单位一行，办到哪一步、什么时候到期。",
    permission=Permission.MEETING_VIEW,
    rows=resolutions_seen_by,
    columns=(
        Column("text", "议定事项"),
        Column("unit", "责任单位", "unit.name", sort="unit__name"),
        Column("meeting", "会议", "meeting.title", sort="meeting__held_on"),
        Column("held_on", "开会日期", "meeting.held_on", kind="date", sort="meeting__held_on", default=False),
        Column("due_on", "完成时限", kind="date", sort="due_on"),
        Column("answered_on", "最近回复", kind="date", sort="answered_on"),
        Column("closed_on", "销号", kind="date", sort="closed_on", default=False),
        Column("state", "状态", task_signal, kind="signal", sort="state"),
    ),
    filters=(
        Filter("state", "状态", choices=TaskState),
        Filter("due", "时限", choices=DUE, apply=narrowed_by_due),
        Filter("kind", "会议种类", field="meeting__kind", choices=_kinds),
        Filter("due_on", "完成时限", "day"),
        Filter("meeting", "会议", choices=_meetings),
    ),
    default_sort="due_on",
    row_url=lambda row: reverse("resolution_file", args=[row.uid]),
    row_label=lambda row: str(row.text[:40]),
    views=(
        ("unanswered", "等单位回复", "f_due=unanswered"),
        ("answered", "待核", "f_state=answered"),
        ("overdue", "超期", "f_due=overdue"),
        ("closed", "已销号", "f_state=closed"),
    ),
    search=lambda rows, text: rows.filter(Q(text__icontains=text) | Q(unit__name__icontains=text)),
    search_label="事项、单位",
    print_title="议定事项台账",
    empty="没有议定事项。在开过的会的页面上分解。",
)


ATTENDANCES = Ledger(
    id="meeting_unit_list",
    title="到会情况",
    lead="开过的会请了哪些单位，来了谁，谁代会，谁缺席。",
    permission=Permission.MEETING_VIEW,
    rows=attendances_seen_by,
    place_field="meeting__place",
    columns=(
        Column("meeting", "会议", "meeting.title", sort="meeting__held_on"),
        Column("held_on", "日期", "meeting.held_on", kind="date", sort="meeting__held_on"),
        Column("unit", "单位", "unit.name", sort="unit__name"),
        Column("name", "姓名"),
        Column("presence", "到会", "get_presence_display", kind="tag", sort="presence"),
    ),
    filters=(
        Filter("meeting", "会议", choices=_held),
        Filter("came", "到会", choices=(("yes", "到会或代会"), ("no", "缺席")), apply=_came),
        Filter("kind", "会议种类", field="meeting__kind", choices=_kinds),
        Filter("held_on", "日期", "day", field="meeting__held_on"),
    ),
    default_sort="-held_on",
    row_url=lambda row: reverse("meeting_file", args=[row.meeting.uid]),
    row_label=lambda row: row.unit.name,
    views=(("absent", "缺席", "f_came=no"),),
    search=lambda rows, text: rows.filter(Q(meeting__title__icontains=text) | Q(unit__name__icontains=text)),
    search_label="会议、单位",
    print_title="到会情况",
    empty="还没有开过的会。",
)


WORK = (
    Work(
        Permission.RESOLUTION_ANSWER,
        RESOLUTIONS,
        "f_due=soon",
        "议定事项快到期",
        "办好了回复，没办好说到哪一步。",
        reminds=True,
    ),
    Work(
        Permission.RESOLUTION_ANSWER,
        RESOLUTIONS,
        "f_due=overdue",
        "议定事项超期",
        "尽快办好、回复。",
        level="bad",
        reminds=True,
    ),
    Work(
        Permission.MEETING_RECORD, RESOLUTIONS, "f_state=answered", "议定事项待核", "核实了销号，没办好退回。"
    ),
    Work(
        Permission.MEETING_RECORD,
        MEETINGS,
        "f_record=late",
        "会议到日子没有登记",
        "登记到会和纪要，没开的作废。",
    ),
)
"""What waits on the workbench."""

"""A meeting and its resolutions as their pages show them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.support.enums.meetings import UNANSWERED, MeetingState, TaskState
from bangfu.support.models import Attendance, Meeting, Resolution
from bangfu.support.policies.reaching import may_act_for
from bangfu.ui.formats import iso_day

Words = dict[str, Any]
_PRESENCE = {"present": "ok", "stand_in": "warn", "absent": "bad"}


def may_record(user: User, meeting: Meeting) -> bool:
    """Whether the person may write about this meeting."""
    return may_act_for(user, Permission.MEETING_RECORD, meeting.place, meeting.convener)


def meeting_subject(meeting: Meeting, signal: tuple[str, str], user: User) -> Words:
    """The head card of a meeting."""
    return {
        "name": meeting.title,
        "about": meeting.kind_name,
        "signals": [{"kind": signal[0], "word": signal[1]}],
        "facts": [
            {"label": "召集单位", "value": meeting.convener.name},
            {"label": "日期", "value": iso_day(meeting.held_on)},
            {"label": "地点", "value": meeting.held_at},
            {"label": "主持", "value": meeting.chair},
            {"label": "记录", "value": meeting.recorder or None},
            {"label": "区划", "value": meeting.region.name},
        ],
        "actions": [
            *(_meeting_actions(meeting) if may_record(user, meeting) else []),
            *_minutes_action(meeting, user),
        ],
    }


def _minutes_action(meeting: Meeting, user: User) -> list[Words]:
    if meeting.state != MeetingState.HELD or not permits(user, Permission.REPORT_WRITE, meeting.place):
        return []
    url = f"{reverse('draft_report', args=['minutes'])}?about={meeting.subject.uid}"
    return [{"label": "起草纪要", "url": url, "icon": "file-text"}]


def _meeting_actions(meeting: Meeting) -> list[Words]:
    def action(label: str, name: str, icon: str) -> Words:
        return {"label": label, "url": reverse(name, args=[meeting.uid]), "icon": icon}

    again = f"{reverse('call_meeting')}?like={meeting.uid}"
    repeat = {"label": "照这次再开", "url": again, "icon": "refresh"}
    if meeting.state == MeetingState.VOID:
        return [repeat]
    edit = action("改议程和纪要", "edit_meeting", "pencil")
    void = action("作废", "void_meeting", "x")
    if meeting.state == MeetingState.CALLED:
        return [action("登记到会和纪要", "hold_meeting", "clipboard-check"), edit, void]
    return [action("分解议定事项", "assign_resolution", "list-check"), edit, repeat, void]


def attendance_rows(attendances: list[Attendance]) -> list[Words]:
    """Who was asked, with a word for whether they came."""
    return [
        {
            "unit": each.unit.name,
            "name": each.name,
            "signal": (_PRESENCE[each.presence], each.get_presence_display()) if each.presence else None,
        }
        for each in attendances
    ]


def attendance_words(attendances: list[Attendance]) -> str:
    """How many were asked and came."""
    came = sum(each.presence in ("present", "stand_in") for each in attendances)
    stood_in = sum(each.presence == "stand_in" for each in attendances)
    tail = f"，其中代会 {stood_in}" if stood_in else ""
    return f"应到 {len(attendances)}，实到 {came}{tail}"


def may_answer(user: User, resolution: Resolution) -> bool:
    """Whether the person's unit owes an answer, or the person may give it in the place."""
    waiting = resolution.state in UNANSWERED
    return waiting and may_act_for(user, Permission.RESOLUTION_ANSWER, resolution.place, resolution.unit)


def may_check(user: User, resolution: Resolution) -> bool:
    """Whether an answer waits for this person's check."""
    return resolution.state == TaskState.ANSWERED and may_record(user, resolution.meeting)

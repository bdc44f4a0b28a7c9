"""Meetings called, held, corrected, made void (C-007, C-033, C-102)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import StaleVersion
from bangfu.core.models import Change, Region, Subject, SubjectKind
from bangfu.duties.registry import note_record
from bangfu.support.actions.parties import party_of_unit
from bangfu.support.enums.meetings import MeetingState
from bangfu.support.models import Attendance, Meeting
from bangfu.support.policies.meetings import (
    Attendant,
    check_attendants,
    check_held,
    check_void,
    check_words,
)
from bangfu.support.policies.reaching import require_for
from bangfu.support.terms.kinds import MEETINGS, kind_name

_RECORD = Permission.MEETING_RECORD


def call_meeting(
    *,
    by: User,
    at: datetime,
    region: Region,
    kind: str,
    title: str,
    convener: Unit,
    held_on: date,
    held_at: str,
    chair: str,
    agenda: str,
    attendants: Sequence[Attendant],
) -> Meeting:
    """A meeting to come, with who is asked and what it is about.

    Raises NotPermitted; SituationForbids without attendants or for an unknown kind.
    """
    require_for(by, _RECORD, region.code, convener)
    check_attendants(attendants)
    with recording(by=by, at=at, verb="call_meeting") as change:
        meeting = Meeting.objects.create(
            subject=Subject.objects.create(kind=SubjectKind.MEETING, place=region.code, label=title),
            region=region,
            place=region.code,
            kind=kind,
            kind_name=kind_name(MEETINGS, kind, region.code, held_on),
            title=title,
            convener=convener,
            held_on=held_on,
            held_at=held_at,
            chair=chair,
            agenda=agenda,
            recorded_by=by,
        )
        _seat(meeting, attendants)
        noted("call_meeting", meeting, by, at, change, asked=len(attendants))
    return meeting


def hold_meeting(
    *,
    by: User,
    at: datetime,
    meeting: Meeting,
    version: int,
    held_on: date,
    recorder: str,
    minutes: str,
    attendants: Sequence[Attendant],
) -> Meeting:
    """Note that a called meeting took place, who came, and what was said.

    Raises NotPermitted, StaleVersion; SituationForbids for a day to come or when nobody came.
    """
    require_for(by, _RECORD, meeting.place, meeting.convener)
    with recording(by=by, at=at, verb="hold_meeting", effective_on=held_on) as change:
        row = held(meeting, version)
        check_held(row, attendants, held_on, localdate(at))
        row.held_on, row.recorder, row.minutes = held_on, recorder, minutes
        row.state, row.recorded_by = MeetingState.HELD, by
        row.save()
        row.attendances.all().delete()
        _seat(row, attendants)
        noted("hold_meeting", row, by, at, change, asked=len(attendants))
        note_record([party_of_unit(row.convener).subject_id])
    return row


def record_work_meeting(*, by: User, at: datetime, minutes: str, recorder: str, **facts: Any) -> Meeting:
    """A meeting that took place, in one step; ``facts`` as :func:`call_meeting`, raises as both."""
    with recording(by=by, at=at, verb="record_work_meeting", effective_on=facts["held_on"]):
        meeting = call_meeting(by=by, at=at, **facts)
        return hold_meeting(
            by=by,
            at=at,
            meeting=meeting,
            version=meeting.version,
            held_on=facts["held_on"],
            recorder=recorder,
            minutes=minutes,
            attendants=facts["attendants"],
        )


def edit_meeting(
    *, by: User, at: datetime, meeting: Meeting, version: int, agenda: str, minutes: str
) -> Meeting:
    """Correct the words of a meeting. Raises NotPermitted, StaleVersion, SituationForbids for a void one."""
    require_for(by, _RECORD, meeting.place, meeting.convener)
    with recording(by=by, at=at, verb="edit_meeting") as change:
        row = held(meeting, version)
        check_words(row)
        row.agenda, row.minutes = agenda, minutes
        row.save()
        noted("edit_meeting", row, by, at, change)
    return row


def void_meeting(*, by: User, at: datetime, meeting: Meeting, version: int, reason: str) -> Meeting:
    """A meeting called off, or noted down wrongly; it stays on the list and no longer counts.

    Raises NotPermitted, StaleVersion; SituationForbids without a reason or when something was resolved.
    """
    require_for(by, _RECORD, meeting.place, meeting.convener)
    with recording(by=by, at=at, verb="void_meeting", reason=reason) as change:
        row = held(meeting, version)
        check_void(row, reason)
        row.state, row.void_reason = MeetingState.VOID, reason.strip()
        row.save()
        noted("void_meeting", row, by, at, change)
        note_record([party_of_unit(row.convener).subject_id])
    return row


def held(meeting: Meeting, version: int) -> Meeting:
    """The locked row; raises StaleVersion when somebody changed it in between."""
    rows: QuerySet[Meeting] = Meeting.objects.select_for_update(of=("self",))
    row = rows.select_related("subject", "convener").get(pk=meeting.pk)
    if row.version != version:
        raise StaleVersion("这次会议刚被别人改过，没有保存。您填的还在，请和现在的样子核对后再提交。")
    return row


def noted(verb: str, meeting: Meeting, by: User, at: datetime, change: Change, **data: Any) -> None:
    """The audit event of a step; no words of the meeting."""
    facts = {"meeting": str(meeting.uid), **data}
    audit.record(
        by=by, at=at, verb=verb, subject=meeting.subject, summary=meeting.title, data=facts, change=change
    )


def _seat(meeting: Meeting, attendants: Sequence[Attendant]) -> None:
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            position=position,
            unit=each.unit,
            user=each.user,
            name=each.name,
            presence=each.presence,
        )
        for position, each in enumerate(attendants, 1)
    )

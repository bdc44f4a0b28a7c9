"""What a meeting resolved: split to units, answered, checked, closed or sent back (C-007)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import StaleVersion
from bangfu.core.models import Change
from bangfu.support.actions.meetings import held as held_meeting
from bangfu.support.actions.meetings import noted as noted_meeting
from bangfu.support.enums.meetings import TaskState
from bangfu.support.models import Meeting, Resolution, ResolutionAnswer
from bangfu.support.policies.meetings import check_answer, check_assign, check_verdict
from bangfu.support.policies.reaching import place_for, require_for


def assign_resolution(
    *, by: User, at: datetime, meeting: Meeting, version: int, text: str, units: Sequence[Unit], due_on: date
) -> list[Resolution]:
    """Split one thing that was resolved to the units that have to do it, one row a unit.

    Raises NotPermitted, StaleVersion; SituationForbids before the meeting was held or without units.
    """
    require_for(by, Permission.MEETING_RECORD, meeting.place, meeting.convener)
    with recording(by=by, at=at, verb="assign_resolution") as change:
        row = held_meeting(meeting, version)
        check_assign(row, units, text, due_on)
        last = row.resolutions.aggregate(last=Max("number"))["last"] or 0
        made = Resolution.objects.bulk_create(
            Resolution(
                meeting=row,
                number=number,
                text=text.strip(),
                unit=unit,
                place=place_for(unit, row.place),
                due_on=due_on,
            )
            for number, unit in enumerate(units, last + 1)
        )
        noted_meeting("assign_resolution", row, by, at, change, units=len(made), due=due_on.isoformat())
    return made


def answer_resolution(
    *, by: User, at: datetime, resolution: Resolution, version: int, text: str, answered_on: date
) -> Resolution:
    """What the unit did. Raises NotPermitted, StaleVersion; SituationForbids when no answer is waited for."""
    require_for(by, Permission.RESOLUTION_ANSWER, resolution.place, resolution.unit)
    with recording(by=by, at=at, verb="answer_resolution", effective_on=answered_on) as change:
        row = _held(resolution, version)
        check_answer(row, text, answered_on, localdate(at))
        ResolutionAnswer.objects.create(
            resolution=row, text=text.strip(), answered_on=answered_on, answered_by=by
        )
        row.state = TaskState.ANSWERED
        row.save()
        _noted("answer_resolution", row, by, at, change)
    return row


def check_resolution(
    *, by: User, at: datetime, resolution: Resolution, version: int, accepted: bool, words: str
) -> Resolution:
    """Close a resolution that is done, or send it back with words.

    Raises NotPermitted, StaleVersion; SituationForbids without an answer, or sent back without words.
    """
    require_for(by, Permission.MEETING_RECORD, resolution.meeting.place, resolution.meeting.convener)
    today = localdate(at)
    with recording(by=by, at=at, verb="check_resolution") as change:
        row = _held(resolution, version)
        check_verdict(row.state, accepted, words)
        answer = row.answers.get(accepted=None)
        answer.accepted, answer.check_words = accepted, words.strip()
        answer.checked_on, answer.checked_by = today, by
        answer.save()
        row.state = TaskState.CLOSED if accepted else TaskState.SENT_BACK
        row.closed_on = today if accepted else None
        row.save()
        _noted("check_resolution", row, by, at, change, accepted=accepted)
    return row


def _held(resolution: Resolution, version: int) -> Resolution:
    rows = Resolution.objects.select_for_update(of=("self",))
    row: Resolution = rows.select_related("meeting__subject", "unit").get(pk=resolution.pk)
    if row.version != version:
        raise StaleVersion("这件议定事项刚被别人办过，没有保存。您填的还在，请看看现在的样子再办。")
    return row


def _noted(verb: str, row: Resolution, by: User, at: datetime, change: Change, **data: Any) -> None:
    facts = {"resolution": str(row.uid), **data}
    subject = row.meeting.subject
    audit.record(by=by, at=at, verb=verb, subject=subject, place=row.place, data=facts, change=change)

"""While it is built: progress, sign boards, watchers, complaints (C-029, C-030, C-135 to C-137)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.projects.actions.deciding import STAGE_PERMISSIONS
from bangfu.projects.actions.writing import held, noted
from bangfu.projects.enums.deciding import OpinionStage
from bangfu.projects.enums.works import ComplaintChannel
from bangfu.projects.models import (
    Complaint,
    Opinion,
    Posting,
    Progress,
    Project,
    SignBoard,
    Vote,
    Watcher,
)
from bangfu.projects.policies.admission import check_past
from bangfu.projects.policies.works import (
    check_answer,
    check_own_opinion,
    check_progress,
    check_undecided,
    check_withdrawal,
)

Mistaken = Progress | SignBoard | Watcher
"""What may be withdrawn when it was noted by mistake, until the works are accepted."""
Undecided = Vote | Opinion | Posting | Complaint
"""What may be withdrawn until the flow goes a step on."""
Recorded = TypeVar("Recorded", Progress, SignBoard, Watcher, Vote, Opinion, Posting, Complaint)


def permission_of(record: Mistaken | Undecided) -> Permission:
    """Who notes such a thing also withdraws it."""
    if isinstance(record, Opinion):
        return STAGE_PERMISSIONS[OpinionStage(record.stage)]
    return Permission.PROJECT_APPLY if isinstance(record, Vote) else Permission.PROJECT_RECORD


def record_progress(
    *, by: User, at: datetime, project: Project, on: date, percent: int, value: int, words: str
) -> Progress:
    """How far the works are on a day; ``value`` in fen is what is done so far.

    Raises NotPermitted; SituationForbids when works do not run or the figures go back.
    """
    require(by, Permission.PROJECT_RECORD, project.place)
    with recording(by=by, at=at, verb="record_progress", effective_on=on) as change:
        row = held(project)
        check_progress(row, on, percent, value, localdate(at))
        made = Progress.objects.create(
            project=row, on=on, percent=percent, value=value, words=words.strip(), recorded_by=by
        )
        noted("record_progress", row, by, at, change, percent=percent)
    return made


def put_up_board(
    *, by: User, at: datetime, project: Project, spot: str, put_up_on: date, words: str
) -> SignBoard:
    """Note a sign board. Raises NotPermitted; SituationForbids for a day to come."""
    require(by, Permission.PROJECT_RECORD, project.place)
    check_past(put_up_on, localdate(at), "立牌日期")
    with recording(by=by, at=at, verb="put_up_board", effective_on=put_up_on) as change:
        row = held(project)
        made = SignBoard.objects.create(
            project=row, spot=spot.strip(), put_up_on=put_up_on, words=words.strip(), recorded_by=by
        )
        noted("put_up_board", row, by, at, change)
    return made


def appoint_watcher(
    *, by: User, at: datetime, project: Project, name: str, chosen_by: str, valid_from: date
) -> Watcher:
    """Note a villager who watches the works. Raises NotPermitted, SituationForbids for the same twice."""
    require(by, Permission.PROJECT_RECORD, project.place)
    with recording(by=by, at=at, verb="appoint_watcher", effective_on=valid_from) as change:
        row = held(project)
        if row.watchers.filter(name=name.strip(), withdrawn_on=None).exists():
            raise SituationForbids(f"{name.strip()}已经是这个项目的监督员，没有再登记。")
        made = Watcher.objects.create(
            project=row,
            name=name.strip(),
            chosen_by=chosen_by.strip(),
            valid_from=valid_from,
            recorded_by=by,
        )
        noted("appoint_watcher", row, by, at, change)
    return made


def withdraw_record(*, by: User, at: datetime, record: Recorded, reason: str) -> Recorded:
    """Let something that was noted by mistake count no more; it stays to be read with the reason.

    An opinion is withdrawn by the unit that gave it. Raises NotPermitted; SituationForbids without a reason,
    for the second time, once the works are accepted, or (votes, opinions, notices, complaints) once the flow
    went a step on.
    """
    require(by, permission_of(record), record.project.place)
    today = localdate(at)
    with recording(by=by, at=at, verb="withdraw_record", reason=reason, effective_on=today) as change:
        project = held(record.project)
        row: Recorded = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
        if isinstance(row, Progress | SignBoard | Watcher):
            check_withdrawal(project, row.withdrawn_on, reason)
        else:
            check_own_opinion(row, by.unit.name if by.unit else by.name)
            check_undecided(project, row, reason)
        row.withdrawn_on, row.withdrawn_reason, row.withdrawn_by = today, reason.strip(), by
        row.save()
        noted("withdraw_record", project, by, at, change, record=str(row.uid))
    return row


def record_complaint(
    *,
    by: User,
    at: datetime,
    project: Project,
    channel: ComplaintChannel,
    complainant: str,
    received_on: date,
    words: str,
) -> Complaint:
    """Take down what somebody said; no name is needed. Raises NotPermitted, SituationForbids."""
    require(by, Permission.PROJECT_RECORD, project.place)
    check_past(received_on, localdate(at), "收到日期")
    with recording(by=by, at=at, verb="record_complaint", effective_on=received_on) as change:
        row = held(project)
        made = Complaint.objects.create(
            project=row,
            channel=channel,
            complainant=complainant.strip(),
            received_on=received_on,
            words=words.strip(),
            recorded_by=by,
        )
        noted("record_complaint", row, by, at, change)
    return made


def answer_complaint(
    *, by: User, at: datetime, complaint: Complaint, answer: str, upheld: bool, answered_on: date
) -> Complaint:
    """What was found out and said. Raises NotPermitted; SituationForbids when it was answered."""
    require(by, Permission.PROJECT_RECORD, complaint.project.place)
    with recording(by=by, at=at, verb="answer_complaint", effective_on=answered_on) as change:
        row = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
        check_answer(row.withdrawn_on or row.answered_on, answer, row.received_on, answered_on, localdate(at))
        row.answer, row.upheld, row.answered_on = answer.strip(), upheld, answered_on
        row.save()
        noted("answer_complaint", complaint.project, by, at, change, upheld=upheld)
    return row

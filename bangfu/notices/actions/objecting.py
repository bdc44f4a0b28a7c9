"""Objections: taken down with or without a name, looked into, answered."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core.changing import recording
from bangfu.core.errors import StaleVersion
from bangfu.notices.actions.locking import noted
from bangfu.notices.enums import ObjectionChannel
from bangfu.notices.models import Notice, NoticeEntry, Objection
from bangfu.notices.policies import check_answerable, check_objectable
from bangfu.notices.terms import answer_due


def object_notice(
    *,
    by: User,
    at: datetime,
    notice: Notice,
    entry: NoticeEntry | None,
    objector: str,
    channel: ObjectionChannel,
    received_on: date,
    text: str,
) -> Objection:
    """Take down what somebody said against a notice, or against one household in it; no name is needed.

    Raises NotPermitted; SituationForbids for one that never hung, an announcement or an impossible day.
    """
    require(by, Permission.NOTICE_OBJECT, notice.place)
    check_objectable(notice, entry, received_on, localdate(at))
    with recording(by=by, at=at, verb="object_notice", effective_on=received_on) as change:
        objection = Objection.objects.create(
            notice=notice,
            entry=entry,
            objector=objector.strip(),
            channel=channel,
            received_on=received_on,
            text=text.strip(),
            due_on=answer_due(received_on, notice.place),
            recorded_by=by,
        )
        noted("object_notice", notice, by, at, change, objection=str(objection.uid))
    return objection


def answer_objection(
    *, by: User, at: datetime, objection: Objection, version: int, reply: str, upheld: bool, answered_on: date
) -> Objection:
    """Note what was found out, what the person was told, and whether the objection holds.

    Raises NotPermitted, StaleVersion; SituationForbids when it was answered or words are missing.
    """
    require(by, Permission.NOTICE_OBJECT, objection.notice.place)
    with recording(by=by, at=at, verb="answer_objection", effective_on=answered_on) as change:
        row = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
        if row.version != version:
            raise StaleVersion("这件异议刚被别人改过，没有保存。您填的还在，请核对后再提交。")
        check_answerable(row, reply, answered_on, localdate(at))
        row.reply, row.upheld = reply.strip(), upheld
        row.answered_on, row.answered_by = answered_on, by
        row.save()
        noted("answer_objection", objection.notice, by, at, change, objection=str(row.uid), upheld=upheld)
    return row

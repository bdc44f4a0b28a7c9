"""On the wall and off it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.notices.actions.locking import held, noted
from bangfu.notices.enums import NoticeState
from bangfu.notices.models import Notice
from bangfu.notices.papers import digest_of
from bangfu.notices.policies import check_publishable, check_takeable, check_withdrawable
from bangfu.notices.terms import last_day_of


def publish_notice(*, by: User, at: datetime, notice: Notice, version: int, posted_on: date) -> Notice:
    """Note that a notice hangs since ``posted_on``; its last day follows, and nothing of it changes any more.

    Raises NotPermitted, StaleVersion; SituationForbids when it is too short, back-dated, incomplete or shows
    what must not be public.
    """
    require(by, Permission.NOTICE_PUBLISH, notice.place)
    with recording(by=by, at=at, verb="publish_notice", effective_on=posted_on) as change:
        row = held(notice, version)
        entries = list(row.entries.all())
        check_publishable(row, entries, posted_on, localdate(at))
        row.posted_on, row.posted_by, row.state = posted_on, by, NoticeState.POSTED
        if not row.is_announcement:
            row.ends_on = last_day_of(posted_on, row.days, row.working_days)
        row.digest = digest_of(row, entries, posted_on)
        row.save()
        noted("publish_notice", row, by, at, change, digest=row.digest, rows=len(entries))
    return row


def end_notice(*, by: User, at: datetime, notice: Notice, version: int, taken_down_on: date) -> Notice:
    """Note that a notice whose period is over was taken down.

    Raises NotPermitted, StaleVersion; SituationForbids before its last day.
    """
    require(by, Permission.NOTICE_PUBLISH, notice.place)
    with recording(by=by, at=at, verb="end_notice", effective_on=taken_down_on) as change:
        row = held(notice, version)
        check_takeable(row, taken_down_on, localdate(at))
        row.taken_down_on, row.state = taken_down_on, NoticeState.ENDED
        row.save()
        noted("end_notice", row, by, at, change)
    return row


def withdraw_notice(*, by: User, at: datetime, notice: Notice, version: int, reason: str) -> Notice:
    """Make a notice void, with a reason; it stays in the list and no longer counts as posted.

    Raises NotPermitted, StaleVersion; SituationForbids when it is void already or there is no reason.
    """
    require(by, Permission.NOTICE_PUBLISH, notice.place)
    with recording(by=by, at=at, verb="withdraw_notice", reason=reason) as change:
        row = held(notice, version)
        check_withdrawable(row, reason)
        row.withdrawn_on, row.withdrawn_reason, row.state = (
            localdate(at),
            reason.strip(),
            NoticeState.WITHDRAWN,
        )
        row.save()
        noted("withdraw_notice", row, by, at, change)
    return row


def print_notice(*, by: User, at: datetime, notice: Notice, form: str, address: str | None = None) -> None:
    """Note that somebody took the paper away as a file. Raises NotPermitted."""
    require(by, Permission.NOTICE_VIEW, notice.place)
    audit.record(
        by=by,
        at=at,
        verb="print_notice",
        subject=notice.subject,
        summary=notice.title,
        data={"notice": str(notice.uid), "form": form},
        address=address,
    )

"""Excuses: asked for, approved, refused, taken back; each decision counts at once."""

from __future__ import annotations

from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change
from bangfu.duties.actions.recomputing import recount
from bangfu.duties.enums import ExcuseState
from bangfu.duties.models import DueItem, DutyExcuse
from bangfu.duties.policies.excuses import can_ask, can_decide, can_withdraw, is_unchanged


def request_excuse(
    *,
    by: User,
    at: datetime,
    item: DueItem,
    starts_on: date,
    ends_on: date,
    reason: str,
    all_targets: bool = False,
    all_duties: bool = False,
) -> DutyExcuse:
    """Ask to be excused from the duty of an item for some days; from it at all targets, or from all duties.

    Raises NotPermitted, SituationForbids.
    """
    can_ask(by, item, starts_on, ends_on, reason)
    with recording(by=by, at=at, verb="request_excuse", reason=reason, effective_on=starts_on) as change:
        row = DutyExcuse.objects.create(
            holder_id=item.holder_id,
            code="" if all_duties else item.template.code,
            target_id=None if all_targets or all_duties else item.target_id,
            place=item.place,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason.strip(),
            asked_by=by,
            asked_at=at,
        )
        _record(row, "request_excuse", by, at, change)
    return row


def approve_excuse(
    *, by: User, at: datetime, excuse: DutyExcuse, version: int, answer: str = ""
) -> DutyExcuse:
    """The days count no longer. Raises NotPermitted, SituationForbids, StaleVersion."""
    return _decide(by, at, excuse, version, ExcuseState.APPROVED, answer, "approve_excuse")


def refuse_excuse(*, by: User, at: datetime, excuse: DutyExcuse, version: int, answer: str) -> DutyExcuse:
    """The duty stays as it is; the answer says why. Raises as above."""
    if len(answer.strip()) < 2:
        raise SituationForbids("不准要写明原因。没有保存。")
    return _decide(by, at, excuse, version, ExcuseState.REFUSED, answer, "refuse_excuse")


def withdraw_excuse(*, by: User, at: datetime, excuse: DutyExcuse, version: int) -> DutyExcuse:
    """Take back what nobody has decided. Raises SituationForbids, StaleVersion."""
    with recording(by=by, at=at, verb="withdraw_excuse") as change:
        row = _held(excuse, version)
        can_withdraw(by, row)
        row.state = ExcuseState.WITHDRAWN
        row.save()
        _record(row, "withdraw_excuse", by, at, change)
    return row


def _decide(
    by: User, at: datetime, excuse: DutyExcuse, version: int, state: ExcuseState, answer: str, verb: str
) -> DutyExcuse:
    require(by, Permission.DUTY_EXCUSE, excuse.place)
    with recording(by=by, at=at, verb=verb, reason=answer) as change:
        row = _held(excuse, version)
        can_decide(by, row)
        row.state, row.answer, row.decided_by, row.decided_at = state, answer.strip(), by, at
        row.save()
        if state == ExcuseState.APPROVED:
            recount({row.holder_id})
        _record(row, verb, by, at, change)
    return row


def _held(excuse: DutyExcuse, version: int) -> DutyExcuse:
    row: DutyExcuse = DutyExcuse.objects.select_for_update().get(pk=excuse.pk)
    is_unchanged(row, version)
    return row


def _record(row: DutyExcuse, verb: str, by: User, at: datetime, change: Change) -> None:
    data = {"excuse": str(row.uid), "duty": row.code, "from": row.starts_on.isoformat()}
    summary = f"{row.starts_on} 至 {row.ends_on}"
    audit.record(by=by, at=at, verb=verb, place=row.place, summary=summary, data=data, change=change)

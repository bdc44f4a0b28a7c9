"""Leave and work away of resident members: asked for, approved by days, reported, ended (facts.md 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit, parameters
from bangfu.core.changing import recording
from bangfu.core.errors import NotPermitted
from bangfu.core.models import Change
from bangfu.households.actions.locking import current, locked
from bangfu.households.reckoning.days import local_day
from bangfu.support.enums.teams import WORK_AWAY, LeaveState
from bangfu.support.models import Leave, TeamMember
from bangfu.support.policies import leaves as policies

_LEAVE = "这次请假"


@dataclass(frozen=True)
class Asked:
    """Why somebody is away from when to when, and who keeps things going meanwhile."""

    kind: str
    starts_on: date
    ends_on: date
    reason: str
    cover: str = ""


def request_leave(*, by: User, at: datetime, member: TeamMember, asked: Asked) -> Leave:
    """Ask for leave; work away that counts is reported and needs no approval.

    Raises NotPermitted, SituationForbids for days out of order or taken already.
    """
    policies.check_asks(by, member)
    with recording(by=by, at=at, verb="request_leave", effective_on=asked.starts_on) as change:
        held = locked(member)
        policies.check_leave(held, asked.kind, asked.starts_on, asked.ends_on, asked.reason)
        counts = asked.kind in WORK_AWAY
        leave = Leave.objects.create(
            member=held,
            kind=asked.kind,
            starts_on=asked.starts_on,
            ends_on=asked.ends_on,
            reason=asked.reason.strip(),
            cover=asked.cover.strip(),
            level="" if counts else _level(held, asked),
            state=LeaveState.REPORTED if counts else LeaveState.ASKED,
            asked_by=by,
            asked_at=at,
        )
        _audit(by, at, "request_leave", leave, change)
    return leave


def _level(member: TeamMember, asked: Asked) -> str:
    limit = parameters.value("leave_township_days", on=asked.starts_on, place=member.team.place)
    return policies.level_of(policies.days_of(asked.starts_on, asked.ends_on), limit)


def decide_leave(
    *, by: User, at: datetime, leave: Leave, version: int, approve: bool, reason: str = ""
) -> Leave:
    """Approve or refuse; raises NotPermitted, SituationForbids (own, level, decided), StaleVersion."""
    if not Leave.objects.visible_to(by, Permission.LEAVE_APPROVE).filter(pk=leave.pk).exists():
        raise NotPermitted("您在这里没有“批请假”的权限，什么都没有改动。")
    with recording(by=by, at=at, verb="decide_leave", reason=reason) as change:
        held = current(leave, version, _LEAVE)
        policies.check_decides(by, held, reason, approve)
        held.state = LeaveState.APPROVED if approve else LeaveState.REFUSED
        held.decided_by, held.decided_at, held.decision_reason = by, at, reason.strip()
        held.save()
        _audit(by, at, "decide_leave", held, change)
    return held


def withdraw_leave(*, by: User, at: datetime, leave: Leave, version: int) -> Leave:
    """Take a request back before it begins; raises SituationForbids, StaleVersion."""
    with recording(by=by, at=at, verb="withdraw_leave") as change:
        held = current(leave, version, _LEAVE)
        policies.check_withdraws(by, held, local_day(at))
        held.state = LeaveState.WITHDRAWN
        held.save()
        _audit(by, at, "withdraw_leave", held, change)
    return held


def return_from_leave(*, by: User, at: datetime, leave: Leave, version: int, back_on: date) -> Leave:
    """Note the first day back in the village (销假); raises NotPermitted, SituationForbids, StaleVersion."""
    policies.check_asks(by, leave.member)
    with recording(by=by, at=at, verb="return_from_leave", effective_on=back_on) as change:
        held = current(leave, version, _LEAVE)
        policies.check_returns(held, back_on, local_day(at))
        held.back_on = back_on
        held.save()
        _audit(by, at, "return_from_leave", held, change)
    return held


def _audit(by: User, at: datetime, verb: str, leave: Leave, change: Change) -> None:
    days = policies.days_of(leave.starts_on, leave.ends_on)
    data = {"leave": str(leave.uid), "days": days, "state": str(leave.state)}
    audit.record(by=by, at=at, verb=verb, subject=leave.member.team.subject, data=data, change=change)

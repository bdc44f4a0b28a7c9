"""What sending units do for the people they sent, month by month (C-050)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.households.actions.locking import current
from bangfu.households.reckoning.days import local_day
from bangfu.support.enums.teams import UnitSupportKind
from bangfu.support.models import Team, UnitSupport
from bangfu.support.policies.teams import check_words


@dataclass(frozen=True)
class Given:
    """What was done on a day, and what it cost in fen where it cost anything."""

    kind: str
    on: date
    what: str
    amount_fen: int | None = None


def may_support(by: User, team: Team) -> bool:
    """The sending unit's own people, and who manages teams there."""
    if permits(by, Permission.TEAM_MANAGE, team.place):
        return True
    seen = Team.objects.visible_to(by, Permission.TEAM_VIEW)
    return by.unit_id == team.unit_id and seen.filter(pk=team.pk).exists()


def record_unit_support(*, by: User, at: datetime, team: Team, given: Given) -> UnitSupport:
    """Note what the sending unit did; raises NotPermitted, SituationForbids."""
    _require(by, team)
    if given.kind not in UnitSupportKind.values:
        raise SituationForbids("请选做了哪一样。")
    if not team.valid_from <= given.on <= local_day(at):
        raise SituationForbids(f"日期应在进驻（{team.valid_from}）和今天之间，请核对。")
    check_words(given.what, "做了什么")
    with recording(by=by, at=at, verb="record_unit_support", effective_on=given.on) as change:
        made = UnitSupport.objects.create(
            team=team,
            unit=team.unit,
            month=given.on.replace(day=1),
            kind=given.kind,
            on=given.on,
            what=given.what.strip(),
            amount_fen=given.amount_fen,
        )
        audit.record(by=by, at=at, verb="record_unit_support", subject=team.subject, change=change)
    return made


def withdraw_unit_support(
    *, by: User, at: datetime, support: UnitSupport, version: int, reason: str
) -> UnitSupport:
    """Take a record down; it stays, crossed out, with the reason. Raises as above, and StaleVersion."""
    _require(by, support.team)
    check_words(reason, "为什么撤下")
    with recording(by=by, at=at, verb="withdraw_unit_support", reason=reason) as change:
        held = current(support, version, "这条记录")
        if held.withdrawn_reason:
            raise SituationForbids("这条已经撤下了。")
        held.withdrawn_reason = reason.strip()
        held.save()
        audit.record(by=by, at=at, verb="withdraw_unit_support", subject=held.team.subject, change=change)
    return held


def _require(by: User, team: Team) -> None:
    if not may_support(by, team):
        raise NotPermitted("只有派出单位和管工作队的人能登记支持措施，什么都没有改动。")

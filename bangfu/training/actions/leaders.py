"""People brought up to lead: listed, and what came of it (领头雁, C-040)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change, Region
from bangfu.households.actions.locking import current
from bangfu.households.models import Member
from bangfu.households.policies.reach import check_reaches
from bangfu.households.reckoning.days import local_day
from bangfu.training.enums.people import LeaderKind, LeaderState
from bangfu.training.models import FutureLeader
from bangfu.training.policies.days import check_not_future, check_order


@dataclass(frozen=True)
class LeaderFacts:
    """Who is brought up for what, and by whom."""

    kind: LeaderKind
    name: str
    picked_on: date
    mentor: str
    aim: str


def register_future_leader(
    *,
    by: User,
    at: datetime,
    region: Region,
    facts: LeaderFacts,
    user: User | None = None,
    member: Member | None = None,
) -> FutureLeader:
    """List somebody, a member of a household only by who may see it.

    Raises NotPermitted, SituationForbids for a day to come or one who is listed already.
    """
    require(by, Permission.TRAINING_RECORD, region.code)
    if member is not None:
        check_reaches(by, Permission.HOUSEHOLD_VIEW, member.household)
    check_not_future("列入日期", facts.picked_on, local_day(at))
    there = FutureLeader.objects.filter(place=region.code, kind=facts.kind, name=facts.name, ended_on=None)
    if there.exists():
        raise SituationForbids(f"{region.name}的培养名单里已有{facts.name}（{facts.kind.label}）。")
    with recording(by=by, at=at, verb="register_future_leader", effective_on=facts.picked_on) as change:
        made = FutureLeader.objects.create(
            region=region, place=region.code, user=user, member=member, **asdict(facts)
        )
        _note(by, at, "register_future_leader", made, change)
    return made


def end_future_leader(
    *,
    by: User,
    at: datetime,
    leader: FutureLeader,
    version: int,
    state: LeaderState,
    ended_on: date,
    outcome: str,
) -> FutureLeader:
    """What came of it; raises NotPermitted, StaleVersion, SituationForbids for one whose training is over."""
    require(by, Permission.TRAINING_RECORD, leader.place)
    check_not_future("结束日期", ended_on, local_day(at))
    check_order(leader.picked_on, ended_on)
    with recording(by=by, at=at, verb="end_future_leader", effective_on=ended_on) as change:
        held = current(leader, version, "这个培养对象")
        if held.state != LeaderState.IN_TRAINING or state == LeaderState.IN_TRAINING:
            raise SituationForbids(f"{held.name}现在“{held.get_state_display()}”，这一步办不了。")
        held.state, held.ended_on, held.outcome = state, ended_on, outcome
        held.save()
        _note(by, at, "end_future_leader", held, change)
    return held


def _note(by: User, at: datetime, verb: str, leader: FutureLeader, change: Change) -> None:
    data = {"leader": str(leader.uid), "state": leader.state}
    audit.record(by=by, at=at, verb=verb, place=leader.place, data=data, change=change)

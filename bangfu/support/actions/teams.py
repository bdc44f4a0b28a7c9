"""Teams and their people: formed, joined, left; conditions checked; posts handed over (C-087, C-230)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import Actor, recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.duties.registry import note_ties
from bangfu.households.actions.locking import current, locked
from bangfu.households.reckoning.days import local_day
from bangfu.support.actions.parties import party_of_unit, party_of_user
from bangfu.support.enums.teams import TeamRole
from bangfu.support.models import Team, TeamHandOver, TeamMember
from bangfu.support.policies import teams as policies

_TEAM, _MEMBER = "这支工作队", "这位队员的登记"


@dataclass(frozen=True)
class Joining:
    """Who comes to a team as what, from when, by which paper; ``planned_to`` is the end the paper says."""

    user: User
    role: str
    valid_from: date
    planned_to: date | None = None
    paper_number: str = ""
    stands_in_for: TeamMember | None = None


def form_team(
    *, by: Actor, at: datetime, village: Region, unit: Unit, valid_from: date, paper_number: str = ""
) -> Team:
    """A unit's team for a village; raises NotPermitted, SituationForbids when it has one there."""
    require(by, Permission.TEAM_MANAGE, village.code)
    policies.check_village(village)
    policies.check_begins(valid_from, None, local_day(at))
    with recording(by=by, at=at, verb="form_team", effective_on=valid_from) as change:
        locked(village)
        if Team.objects.filter(village=village, unit=unit, valid_to=None).exists():
            raise SituationForbids(f"{unit.name}在{village.name}已有一支工作队，直接往里加人就行。")
        label = f"{village.name}驻村工作队（{unit.name}）"
        subject = Subject.objects.create(kind=SubjectKind.TEAM, place=village.code, label=label[:100])
        team = Team.objects.create(
            subject=subject,
            village=village,
            place=village.code,
            unit=unit,
            valid_from=valid_from,
            paper_number=paper_number.strip(),
        )
        party_of_unit(unit)
        audit.record(by=by, at=at, verb="form_team", subject=subject, change=change)
    return team


def disband_team(*, by: User, at: datetime, team: Team, version: int, on: date, reason: str) -> Team:
    """The team ends with ``on``; raises SituationForbids while somebody is in it, StaleVersion."""
    require(by, Permission.TEAM_MANAGE, team.place)
    policies.check_words(reason, "为什么撤队")
    with recording(by=by, at=at, verb="disband_team", reason=reason, effective_on=on) as change:
        held = current(team, version, _TEAM)
        policies.check_ends(held.valid_from, held.valid_to, on, local_day(at))
        policies.check_nobody_left(held)
        held.valid_to, held.end_reason = on, reason.strip()
        held.save()
        audit.record(by=by, at=at, verb="disband_team", subject=held.subject, change=change)
    return held


def join_team(*, by: Actor, at: datetime, team: Team, joining: Joining) -> TeamMember:
    """Somebody comes to the team; raises NotPermitted, SituationForbids (post taken, person not free)."""
    require(by, Permission.TEAM_MANAGE, team.place)
    policies.check_begins(joining.valid_from, joining.planned_to, local_day(at))
    if joining.role not in TeamRole.values:
        raise SituationForbids("请选职务。")
    policies.check_stands_in(team, joining.stands_in_for)
    with recording(by=by, at=at, verb="join_team", effective_on=joining.valid_from) as change:
        held, person = locked(team), User.objects.select_for_update().get(pk=joining.user.pk)
        stands_in = joining.stands_in_for is not None
        policies.check_may_join(held, person, joining.role, joining.valid_from, stands_in)
        party_of_user(person)
        member = TeamMember.objects.create(
            team=held,
            user=person,
            unit=person.unit,
            role=joining.role,
            valid_from=joining.valid_from,
            planned_to=joining.planned_to,
            paper_number=joining.paper_number.strip(),
            stands_in_for=joining.stands_in_for,
        )
        data = {"role": joining.role}
        audit.record(by=by, at=at, verb="join_team", subject=held.subject, data=data, change=change)
        note_ties(at=at, holders=[party_of_user(person).subject_id])
    return member


def leave_team(
    *, by: User, at: datetime, member: TeamMember, version: int, on: date, reason: str
) -> TeamMember:
    """The member's last day was ``on``; raises NotPermitted, SituationForbids, StaleVersion."""
    require(by, Permission.TEAM_MANAGE, member.team.place)
    policies.check_words(reason, "为什么离村")
    with recording(by=by, at=at, verb="leave_team", reason=reason, effective_on=on) as change:
        held = current(member, version, _MEMBER)
        _end(held, on, reason, local_day(at))
        audit.record(by=by, at=at, verb="leave_team", subject=member.team.subject, change=change)
        note_ties(at=at, holders=[party_of_user(held.user).subject_id])
    return held


def _end(held: TeamMember, on: date, reason: str, today: date) -> None:
    policies.check_ends(held.valid_from, held.valid_to, on, today)
    held.valid_to, held.end_reason = on, reason.strip()
    held.save()


def check_selection(
    *, by: User, at: datetime, member: TeamMember, version: int, answers: Sequence[tuple[str, bool]]
) -> TeamMember:
    """Note for each selection condition whether the member meets it, as it is worded today (C-230)."""
    require(by, Permission.TEAM_MANAGE, member.team.place)
    with recording(by=by, at=at, verb="check_selection") as change:
        held = current(member, version, _MEMBER)
        held.conditions = [[words, met] for words, met in answers]
        held.checked_on = local_day(at)
        held.save()
        data = {"met": sum(met for _, met in answers), "asked": len(answers)}
        subject = member.team.subject
        audit.record(by=by, at=at, verb="check_selection", subject=subject, data=data, change=change)
    return held


def hand_over_post(
    *,
    by: User,
    at: datetime,
    giver: TeamMember,
    version: int,
    taker: TeamMember,
    on: date,
    items: Sequence[str],
    witness: str = "",
) -> TeamHandOver:
    """A member hands what is under way to the next, and leaves with ``on``.

    Raises NotPermitted, SituationForbids for a taker who left, StaleVersion.
    """
    require(by, Permission.TEAM_MANAGE, giver.team.place)
    lines = [line.strip() for line in items if line.strip()]
    with recording(by=by, at=at, verb="hand_over_post", effective_on=on) as change:
        held = current(giver, version, _MEMBER)
        policies.check_hand_over(held, locked(taker), on, lines, local_day(at))
        _end(held, on, f"移交给{taker.user.name}", local_day(at))
        made = TeamHandOver.objects.create(
            team=held.team, giver=held, taker=taker, on=on, items=lines, witness=witness.strip()
        )
        data = {"items": len(lines)}
        audit.record(by=by, at=at, verb="hand_over_post", subject=held.team.subject, data=data, change=change)
        note_ties(at=at, holders=[party_of_user(held.user).subject_id])
    return made

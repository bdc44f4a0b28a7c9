"""Reading teams: days in the village from papers alone, the team's page, one's own posts.

There is no clock and no position here: who is in a team is in the village, but for leave that was approved.
Work away that was reported counts as being there (facts.md 4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission, places_of
from bangfu.core.models.region import CODE_LENGTHS, RegionLevel
from bangfu.support.enums.teams import TAKEN, WORK_AWAY, ApprovalLevel, LeaveState
from bangfu.support.models import Leave, Team, TeamMember


@dataclass(frozen=True)
class Days:
    """Calendar days of a member's time in a period, by where the papers say they were spent."""

    span: int
    leave: int
    away: int

    @property
    def present(self) -> int:
        """In the village."""
        return self.span - self.leave - self.away

    @property
    def counted(self) -> int:
        """In the village, or away on work that counts as being there."""
        return self.span - self.leave


def days_of(member: TeamMember, leaves: Iterable[Leave], start: date, end: date) -> Days:
    """The days from ``start`` to ``end`` (both included), as far as the member was in the team."""
    first, last = max(start, member.valid_from), min(end, member.valid_to or end)
    if last < first:
        return Days(0, 0, 0)
    taken: dict[bool, set[date]] = {True: set(), False: set()}
    for leave in leaves:
        if leave.state in TAKEN:
            taken[leave.kind in WORK_AWAY].update(_away(leave, first, last))
    return Days((last - first).days + 1, len(taken[False]), len(taken[True] - taken[False]))


def _away(leave: Leave, first: date, last: date) -> Iterable[date]:
    until = leave.ends_on if leave.back_on is None else min(leave.ends_on, leave.back_on - timedelta(days=1))
    day, until = max(leave.starts_on, first), min(until, last)
    while day <= until:
        yield day
        day += timedelta(days=1)


def leaves_by_member(members: Collection[TeamMember], start: date, end: date) -> dict[int, list[Leave]]:
    """The leave that was taken in a period, by member; one query."""
    rows = Leave.objects.filter(member__in=members, state__in=TAKEN, starts_on__lte=end, ends_on__gte=start)
    found: dict[int, list[Leave]] = defaultdict(list)
    for leave in rows:
        found[leave.member_id].append(leave)
    return found


def team_for_page(user: User, uid: object) -> QuerySet[Team]:
    """The team with what its page shows, if the person may see it."""
    rows = Team.objects.visible_to(user, Permission.TEAM_VIEW).filter(uid=uid)
    members = TeamMember.objects.select_related("user", "unit", "stands_in_for__user")
    members = members.order_by("valid_to", "-valid_from", "pk")
    rows = rows.select_related("village__parent", "village__subject", "unit", "subject")
    found: QuerySet[Team] = rows.prefetch_related(Prefetch("members", queryset=members))
    return found


def member_rows(user: User, permission: Permission) -> QuerySet[TeamMember]:
    """Members whose team the permission reaches."""
    rows: QuerySet[TeamMember] = TeamMember.objects.visible_to(user, permission)
    return rows.select_related("team__village__parent", "team__subject", "team__unit", "user", "unit")


def leave_rows(user: User, permission: Permission) -> QuerySet[Leave]:
    """Leave of members whose team the permission reaches."""
    rows: QuerySet[Leave] = Leave.objects.visible_to(user, permission)
    return rows.select_related(
        "member__team__village", "member__team__subject", "member__user", "asked_by", "decided_by"
    )


def to_decide(user: User, rows: QuerySet[Leave]) -> QuerySet[Leave]:
    """Requests that wait for a level on which the person stands, not the person's own."""
    places = places_of(user, Permission.LEAVE_APPROVE)
    waiting = rows.filter(state=LeaveState.ASKED).exclude(Q(asked_by=user) | Q(member__user=user))
    if not has_permission(user, Permission.LEAVE_APPROVE):
        return waiting.none()
    county = CODE_LENGTHS[RegionLevel.COUNTY]
    level = ApprovalLevel.COUNTY if any(len(one) <= county for one in places) else ApprovalLevel.TOWNSHIP
    return waiting.filter(level=level)


def own_posts(user: User, today: date) -> list[TeamMember]:
    """The teams in which the person is today."""
    rows = TeamMember.objects.filter(user=user, valid_from__lte=today)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=today))
    return list(rows.select_related("team__village", "team__subject", "team__unit", "user"))


def people_to_join(team: Team, who: str, *, everybody: bool = False) -> QuerySet[User]:
    """Active people whom a team may take: its unit's, and those of the county whose name begins with ``who``.

    ``everybody``: all of the county, to check what was chosen before.
    """
    county = Q(unit__place__startswith=team.place[: CODE_LENGTHS[RegionLevel.COUNTY]])
    found = Q(unit=team.unit_id)
    if everybody:
        found |= county
    elif who:
        found |= county & Q(name__startswith=who)
    rows: QuerySet[User] = User.objects.filter(found, is_active=True).select_related("unit")
    return rows.order_by("unit__name", "name", "pk")

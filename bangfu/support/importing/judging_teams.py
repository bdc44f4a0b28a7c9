"""Rows of lists of resident teams against what is known (C-087)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.core.models import Region, RegionLevel
from bangfu.exchange.tables import NEW, SAME, Refused, Row
from bangfu.support.enums.teams import TeamRole
from bangfu.support.importing.judging import Plan
from bangfu.support.importing.world import World
from bangfu.support.models import Team, TeamMember

Term = tuple[str, str, date, date | None]
"""The code of the village, the role, the first and the last day."""


class TeamRows:
    """Members of resident teams; a team that the village does not have yet from the unit is formed."""

    def __init__(self, world: World, rows: Iterable[Row]) -> None:
        self._world = world
        self._terms: dict[object, list[Term]] = defaultdict(list)
        self._firsts: dict[str, list[tuple[User, date, date | None]]] = defaultdict(list)
        known = TeamMember.objects.filter(team__place__startswith=world.place).select_related("user")
        for one in known.select_related("team"):
            self._note(
                one.user, (one.team.place, one.role, one.valid_from, one.valid_to), one.stands_in_for_id
            )
        teams = Team.objects.filter(valid_to=None).select_related("subject")
        self._teams = {(team.village_id, team.unit_id): team for team in teams}

    def judge(self, row: Row) -> Plan | Refused:
        """New, the same, or why somebody cannot be in that team on these days."""
        unit = self._world.unit(row)
        if isinstance(unit, Refused):
            return unit
        village = self._village(row)
        if isinstance(village, Refused):
            return village
        problem = self._days(row)
        if problem is not None:
            return problem
        user = self._world.person(row, unit)
        if isinstance(user, Refused):
            return user
        return self._member(row, unit, village, user)

    def _village(self, row: Row) -> Region | Refused:
        if not row.get("village"):
            return Refused("village", "", "驻在哪个村")
        village = self._world.region(row)
        if isinstance(village, Refused):
            return village
        if village.level != RegionLevel.VILLAGE:
            return Refused("village", village.name, "行政村")
        if not self._world.may(Permission.TEAM_MANAGE, village.code):
            return Refused("village", village.name, "您管得着的村")
        return village

    def _days(self, row: Row) -> Refused | None:
        begins, ends, planned = row["valid_from"], row.get("valid_to"), row.get("planned_to")
        if begins > self._world.on:
            return Refused("valid_from", str(begins), f"不晚于今天（{self._world.on}）的日期")
        if planned is not None and planned < begins:
            return Refused("planned_to", str(planned), f"不早于到村日期（{begins}）的日期")
        if ends is not None and not begins <= ends <= self._world.on:
            return Refused("valid_to", str(ends), f"到村（{begins}）到今天（{self._world.on}）之间的日期")
        return None

    def _member(self, row: Row, unit: Unit, village: Region, user: User) -> Plan | Refused:
        term = (village.code, str(row["role"]), row["valid_from"], row.get("valid_to"))
        held = next((one for one in self._terms[_key(user)] if _overlap(one, term)), None)
        if held is not None and held[:3] == term[:3]:
            return Plan(SAME, unit)
        if held is not None:
            words = f"这些天不在别的队里的人（{held[2]} 起已在{self._world.named(held[0])}）"
            return Refused("name", user.name, words)
        problem = self._taken(term) or self._too_early(village, unit, term[2])
        if problem is not None:
            return problem
        self._note(user, term, None)
        values = {name: row.get(name) for name in ("role", "valid_from", "valid_to", "planned_to")}
        paper = str(row.get("paper_number") or "")[:100]
        return Plan(NEW, unit, user, {**values, "paper_number": paper, "village": village})

    def _taken(self, term: Term) -> Refused | None:
        """A village has one first secretary at a time."""
        if term[1] != TeamRole.FIRST_SECRETARY:
            return None
        for user, first, last in self._firsts[term[0]]:
            if _overlap((term[0], "", first, last), term):
                words = f"这些天没有第一书记的村（{first} 起是{user.name}；换人请办移交）"
                return Refused("role", TeamRole.FIRST_SECRETARY.label, words)
        return None

    def _too_early(self, village: Region, unit: Unit, begins: date) -> Refused | None:
        team = self._teams.get((village.pk, unit.pk))
        if team is not None and begins < team.valid_from:
            return Refused("valid_from", str(begins), f"不早于工作队进驻（{team.valid_from}）的日期")
        return None

    def _note(self, user: User, term: Term, stands_in: int | None) -> None:
        self._terms[_key(user)].append(term)
        if term[1] == TeamRole.FIRST_SECRETARY and stands_in is None:
            self._firsts[term[0]].append((user, term[2], term[3]))


def _key(user: User) -> object:
    """Who somebody is: a newcomer has no key in the database yet."""
    return user.pk or id(user)


def _overlap(one: Term, other: Term) -> bool:
    return one[2] <= (other[3] or date.max) and other[2] <= (one[3] or date.max)

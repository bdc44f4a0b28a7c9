"""Who owes what a resident team member owes: everybody in a team, for its village."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bangfu.duties.registry import Owing
from bangfu.support.models import TeamMember
from bangfu.support.sources.narrowing import Holders, of_these, overlapping


def team_members(start: date, end: date, holders: Holders = None) -> Iterable[Owing]:
    """The members in teams on some of these days; the holder is the person, the target the village."""
    rows = of_these(TeamMember.objects.filter(overlapping(start, end)), "user__party__subject", holders)
    rows = rows.filter(user__party__isnull=False, team__village__subject__isnull=False)
    values = "user__party__subject", "team__village__subject", "team__place", "valid_from", "valid_to"
    for holder, target, place, valid_from, valid_to in rows.order_by().values_list(*values):
        yield Owing(holder, target, place, valid_from, valid_to)

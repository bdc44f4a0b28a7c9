"""Reading work: the jobs of a household or of a month, months worked in a year (C-205)."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from bangfu.households.models import Household, WorkSpell
from bangfu.households.queries.households import members_of
from bangfu.households.queries.recorded import rows_recorded
from bangfu.households.reckoning.periods import months_between


def spells_of(household: Household, recorded_at: datetime | None = None) -> list[WorkSpell]:
    """All jobs of those who are, or then were, the household's members, the newest first."""
    if recorded_at is None:
        people = Q(member__household=household)
    else:
        people = Q(member__in=[member.pk for member in members_of(household, recorded_at)])
    rows = WorkSpell.objects.filter(people).select_related("member")
    spells = rows_recorded(rows, recorded_at)
    return sorted(spells, key=lambda spell: (spell.from_month, spell.pk), reverse=True)


def current_jobs(household: Household, recorded_at: datetime | None = None) -> dict[int, WorkSpell]:
    """The newest job without an end of each member who has one, by the member's key."""
    spells = spells_of(household, recorded_at)
    return {spell.member_id: spell for spell in reversed(spells) if spell.to_month is None}


def in_month(spells: QuerySet[WorkSpell], month: date) -> QuerySet[WorkSpell]:
    """The jobs that somebody had in the month of a day."""
    first = month.replace(day=1)
    return spells.filter(Q(to_month__isnull=True) | Q(to_month__gte=first), from_month__lte=first)


def months_worked(spell: WorkSpell, *, first: date, last: date) -> int:
    """How many months of a job lie between the months of two days, both included."""
    start = max(spell.from_month, first.replace(day=1))
    end = min(spell.to_month or last, last)
    return max(0, months_between(start, end))

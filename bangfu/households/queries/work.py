"""Reading work: current jobs, months worked in a year, the jobs of a month (C-205)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from bangfu.households.models import Household, Member, WorkSpell
from bangfu.households.periods import months_between
from bangfu.households.queries.recorded import rows_recorded


def spells_of(household: Household, recorded_at: datetime | None = None) -> list[WorkSpell]:
    """All jobs of a household's members, the newest first."""
    rows = WorkSpell.objects.filter(member__household=household).select_related("member")
    spells = rows_recorded(rows, recorded_at)
    return sorted(spells, key=lambda spell: (spell.from_month, spell.pk), reverse=True)


def current_work(members: Iterable[Member], month: date) -> dict[int, WorkSpell]:
    """The job of each member (by key) in a month; one query."""
    spells = in_month(WorkSpell.objects.filter(member__in=members), month)
    return {spell.member_id: spell for spell in spells}


def in_month(spells: QuerySet[WorkSpell], month: date) -> QuerySet[WorkSpell]:
    """The jobs that somebody had in the month of a day."""
    first = month.replace(day=1)
    return spells.filter(Q(to_month__isnull=True) | Q(to_month__gte=first), from_month__lte=first)


def months_worked(spell: WorkSpell, *, first: date, last: date) -> int:
    """How many months of a job lie between the months of two days, both included."""
    start = max(spell.from_month, first.replace(day=1))
    end = min(spell.to_month or last, last)
    return max(0, months_between(start, end))

"""The work tab: each member's jobs, the newest first (C-205)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import MemberState
from bangfu.households.models import Household, WorkSpell
from bangfu.households.policies.reach import reaches
from bangfu.households.policies.work import WORKING_AGE
from bangfu.households.queries.households import members_of
from bangfu.households.queries.work import spells_of
from bangfu.households.reckoning.periods import months_between
from bangfu.households.tabs import FileTab


def load(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """Members with their jobs; ``count`` is the number of those working now."""
    spells = spells_of(household, recorded_at)
    people = [member for member in members_of(household, recorded_at) if member.state == MemberState.PRESENT]
    return {
        "people": [
            {"member": member, "spells": [_row(each) for each in spells if each.member_id == member.pk]}
            for member in people
        ],
        "count": sum(spell.to_month is None for spell in spells),
        "working_age": WORKING_AGE,
        "may_record": recorded_at is None and reaches(user, Permission.WORK_RECORD, household),
    }


def _row(spell: Any) -> dict[str, Any]:
    return {
        "spell": spell,
        "months": months_between(spell.from_month, spell.to_month) if spell.to_month else None,
    }


def counted(household: Household, user: User) -> tuple[QuerySet[Any], ...]:
    """Jobs without an end."""
    return (WorkSpell.objects.filter(member__household=household, to_month=None),)


WORK = FileTab("work", "务工", "households/tabs/work.html", Permission.HOUSEHOLD_VIEW, load, counted)

"""The members of a household, with everything that is recorded of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import MemberState
from bangfu.households.facts import NOTHING, facts_of, label_of, shown
from bangfu.households.models import Household, Member, WorkSpell
from bangfu.households.queries.households import members_of
from bangfu.households.queries.work import current_jobs
from bangfu.households.tabs import FileTab

_IN_TITLE = ("name", "relation")


def load(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """The present and those who left, each with the facts on record, masked, and what is not filled in."""
    jobs = current_jobs(household, recorded_at)
    people = [_person(member, jobs.get(member.pk)) for member in members_of(household, recorded_at)]
    present = [person for person in people if person["present"]]
    return {
        "present": present,
        "left": [person for person in people if not person["present"]],
        "count": len(present),
    }


def _person(member: Member, job: WorkSpell | None) -> dict[str, Any]:
    facts = [
        {"label": label_of(Member, name), "value": shown(Member, name, getattr(member, name))}
        for name in facts_of(Member)
        if name not in _IN_TITLE
    ]
    return {
        "member": member,
        "present": member.state == MemberState.PRESENT,
        "facts": [fact for fact in facts if fact["value"] != NOTHING],
        "job": job,
        "missing": "、".join(fact["label"] for fact in facts if fact["value"] == NOTHING),
    }


def counted(household: Household, user: User) -> tuple[QuerySet[Any], ...]:
    """The present."""
    return (household.members.filter(state=MemberState.PRESENT),)


MEMBERS = FileTab("members", "成员", "households/tabs/members.html", Permission.HOUSEHOLD_VIEW, load, counted)

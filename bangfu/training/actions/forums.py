"""Forums: so many issues planned for a year, each held on a day (C-199)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.households.actions.locking import locked
from bangfu.households.reckoning.days import local_day
from bangfu.training.models import Forum, ForumIssue
from bangfu.training.policies.days import check_not_future


@dataclass(frozen=True)
class IssueFacts:
    """What an issue was about, where, who spoke, how many came."""

    theme: str
    held_on: date
    location: str
    speakers: str
    people: int
    gist: str = ""


def plan_forum(
    *, by: User, at: datetime, region: Region, name: str, organiser: str, year: int, planned: int
) -> Forum:
    """A forum's year.

    Raises NotPermitted; SituationForbids for a second one of the name, and for one without issues.
    """
    require(by, Permission.TRAINING_MANAGE, region.code)
    if planned < 1:
        raise SituationForbids("计划期数至少 1 期。")
    if Forum.objects.filter(place=region.code, name=name, year=year).exists():
        raise SituationForbids(f"{region.name}{year} 年已有“{name}”。请在那里登记期次。")
    with recording(by=by, at=at, verb="plan_forum") as change:
        made = Forum.objects.create(
            region=region, place=region.code, name=name, organiser=organiser, year=year, planned=planned
        )
        data = {"forum": str(made.uid), "planned": planned}
        audit.record(by=by, at=at, verb="plan_forum", place=made.place, data=data, change=change)
    return made


def hold_forum_issue(*, by: User, at: datetime, forum: Forum, facts: IssueFacts) -> ForumIssue:
    """The next issue was held.

    Raises NotPermitted; SituationForbids for a day to come or in another year, and when nobody came.
    """
    require(by, Permission.TRAINING_RECORD, forum.place)
    check_not_future("举办日期", facts.held_on, local_day(at))
    if facts.held_on.year != forum.year:
        raise SituationForbids(f"这是 {forum.year} 年的论坛，{facts.held_on} 不在这一年。")
    if facts.people < 1:
        raise SituationForbids("到会人数至少 1 人。")
    with recording(by=by, at=at, verb="hold_forum_issue", effective_on=facts.held_on) as change:
        held = locked(forum)
        made = ForumIssue.objects.create(
            forum=held, place=held.place, number=held.issues.count() + 1, **asdict(facts)
        )
        data = {"forum": str(held.uid), "number": made.number}
        audit.record(by=by, at=at, verb="hold_forum_issue", place=held.place, data=data, change=change)
    return made

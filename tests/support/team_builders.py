"""Teams of the cast, through the real actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from bangfu.access.models import Unit, User
from bangfu.core.changing import SYSTEM
from bangfu.core.models import Region
from bangfu.support.actions.leaves import Asked, request_leave
from bangfu.support.actions.teams import Joining, form_team, join_team
from bangfu.support.models import Leave, Team, TeamMember
from tests.cast import COUNTY, NOW, TODAY, TOWN, VILLAGE, make_user
from tests.support.visit_builders import SINCE, a_unit


def a_manager() -> User:
    """Somebody of the organisation department, who manages teams and approves long leave."""
    return make_user("organisation_department", COUNTY, username="org", unit=a_unit("县委组织部"))


def a_township() -> User:
    return make_user("township", TOWN, username="town")


def a_team(regions: dict[str, Region], unit: Unit | None = None, **given: Any) -> Team:
    facts: dict[str, Any] = {
        "village": regions[VILLAGE],
        "unit": unit or a_unit(),
        "valid_from": SINCE,
        **given,
    }
    return form_team(by=SYSTEM, at=NOW, **facts)


def a_member(team: Team, name: str = "secretary", **given: Any) -> TeamMember:
    """A first secretary since the first of January, who signs in as a helper."""
    user = given.pop("user", None) or make_user("helper", COUNTY, username=name, unit=team.unit)
    facts: dict[str, Any] = {"user": user, "role": "first_secretary", "valid_from": SINCE, **given}
    return join_team(by=SYSTEM, at=NOW, team=team, joining=Joining(**facts))


def asked(member: TeamMember, starts: date = TODAY, ends: date = TODAY, **given: Any) -> Leave:
    """A request by the member; personal leave unless told otherwise."""
    facts: dict[str, Any] = {"kind": "personal", "reason": "家里有事", **given}
    by = facts.pop("by", member.user)
    return request_leave(by=by, at=NOW, member=member, asked=Asked(starts_on=starts, ends_on=ends, **facts))

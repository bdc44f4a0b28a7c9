"""Meetings, inspections and reports of the cast, through the real actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bangfu.access.models import Unit, UnitKind, User
from bangfu.core.models import Region
from bangfu.support.actions.meetings import call_meeting, hold_meeting
from bangfu.support.actions.resolutions import assign_resolution
from bangfu.support.enums.meetings import Presence
from bangfu.support.models import Meeting, Resolution
from bangfu.support.policies.meetings import Attendant
from tests.cast import COUNTY, NOW, TODAY, TOWN, make_user


def a_unit(name: str, kind: str = UnitKind.DEPARTMENT, place: str = COUNTY) -> Unit:
    return Unit.objects.create(name=name, kind=kind, place=place)


def the_office() -> User:
    """Somebody of the county office, in its unit."""
    office = a_unit("云岭县帮扶办", UnitKind.COUNTY_OFFICE)
    return make_user("county_office", COUNTY, username="office", unit=office)


def of_unit(unit: Unit, role: str = "department", place: str = COUNTY) -> User:
    return make_user(role, place, username=f"of-{unit.pk}", unit=unit)


def came(unit: Unit, name: str = "李敏") -> Attendant:
    return Attendant(unit, None, name, Presence.PRESENT)


def absent(unit: Unit) -> Attendant:
    return Attendant(unit, None, "", Presence.ABSENT)


def called(by: User, regions: dict[str, Region], units: list[Unit], **given: Any) -> Meeting:
    facts = {
        "region": regions[COUNTY],
        "kind": "joint",
        "title": "第四季度联席会议",
        "convener": by.unit,
        "held_on": TODAY - timedelta(days=2),
        "held_at": "县政府三楼",
        "chair": "王县长",
        "agenda": "一、听汇报",
        "attendants": [came(unit) for unit in units],
    }
    return call_meeting(by=by, at=NOW, **{**facts, **given})


def held(by: User, regions: dict[str, Region], units: list[Unit], **given: Any) -> Meeting:
    meeting = called(by, regions, units, **given)
    return hold_meeting(
        by=by,
        at=NOW,
        meeting=meeting,
        version=meeting.version,
        held_on=meeting.held_on,
        recorder="何静",
        minutes="会议听取了汇报。",
        attendants=[came(unit) for unit in units],
    )


def assigned(by: User, meeting: Meeting, unit: Unit, due_on: date | None = None) -> Resolution:
    made = assign_resolution(
        by=by,
        at=NOW,
        meeting=meeting,
        version=meeting.version,
        text="十二月底以前接通饮水管道",
        units=[unit],
        due_on=due_on or TODAY + timedelta(days=20),
    )
    return made[0]


def the_township() -> Unit:
    return a_unit("青石镇人民政府", UnitKind.TOWNSHIP, TOWN)

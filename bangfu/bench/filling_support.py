"""What of meetings, supervision and resident teams waits for people in a filled county; written in bulk.

Units, people and ties come from ``filling_duties`` and are there before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

from django.utils import timezone

from bangfu.access.models import Unit, User
from bangfu.bench.filling import COUNTY
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region, RegionLevel, Subject, SubjectKind
from bangfu.support.enums.meetings import MeetingState, TaskState
from bangfu.support.enums.supervision import InspectionKind
from bangfu.support.enums.teams import ApprovalLevel, LeaveKind, LeaveState, TeamRole
from bangfu.support.models import (
    Finding,
    Inspection,
    Leave,
    Meeting,
    Resolution,
    SupervisionOrder,
    Team,
    TeamMember,
)

_PIECE = 500
_TASKS = (TaskState.CLOSED, TaskState.CLOSED, TaskState.OPEN, TaskState.ANSWERED, TaskState.SENT_BACK)
_LEAVES = (LeaveState.APPROVED, LeaveState.APPROVED, LeaveState.ASKED)


def fill_support(meetings: int = 400) -> int:
    """``meetings`` with five resolutions each, half as many orders with three findings, a team a village with
    three members who each asked for leave three times; how many rows."""
    now = timezone.now()
    units, people = (list(model.objects.order_by("pk")) for model in (Unit, User))
    villages = list(Region.objects.filter(level=RegionLevel.VILLAGE).order_by("code"))
    county = Cast(units, people, villages, Region.objects.get(code=COUNTY), now)
    with recording(by=SYSTEM, at=now, verb="fill"):
        tasks = _resolutions(county, meetings) + _findings(county, meetings // 2)
        return tasks + _teams(county)


@dataclass(frozen=True)
class Cast:
    """Who and where the made-up matters are about."""

    units: Sequence[Unit]
    people: Sequence[User]
    villages: Sequence[Region]
    region: Region
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        """The day of ``now``."""
        return timezone.localdate(self.now)

    def ago(self, number: int) -> dt.date:
        """Some day of the last three hundred."""
        return self.today - dt.timedelta(days=number * 7 % 300)


def _subjects(kind: SubjectKind, labels: Sequence[str]) -> list[Subject]:
    rows = [Subject(kind=kind, place=COUNTY, label=label) for label in labels]
    return Subject.objects.bulk_create(rows, batch_size=_PIECE)


def _bulk(rows: Sequence[Any]) -> int:
    type(rows[0]).objects.bulk_create(rows, batch_size=_PIECE)
    return len(rows)


def _resolutions(county: Cast, count: int) -> int:
    subjects = _subjects(SubjectKind.MEETING, [f"第{n}次会" for n in range(count)])
    meetings = [
        Meeting(
            subject=subject,
            region=county.region,
            place=COUNTY,
            kind="leading_group",
            kind_name="领导小组会",
            title=subject.label,
            convener=county.units[0],
            held_on=county.ago(n),
            held_at="县政府",
            chair="组长",
            state=MeetingState.HELD if n % 20 else MeetingState.CALLED,
            recorded_by=county.people[0],
        )
        for n, subject in enumerate(subjects)
    ]
    return _bulk(meetings) + _bulk([_resolution(county, meetings[n // 5], n) for n in range(5 * count)])


def _resolution(county: Cast, meeting: Meeting, number: int) -> Resolution:
    state = _TASKS[number % len(_TASKS)]
    return Resolution(
        meeting=meeting,
        number=1 + number % 5,
        text="落实到户。",
        unit=county.units[number % len(county.units)],
        place=COUNTY if number % 2 else county.villages[number % len(county.villages)].code[:9],
        due_on=meeting.held_on + dt.timedelta(days=20),
        state=state,
        closed_on=meeting.held_on if state == TaskState.CLOSED else None,
    )


def _findings(county: Cast, count: int) -> int:
    inspection = Inspection.objects.create(
        subject=_subjects(SubjectKind.INSPECTION, ["年度检查"])[0],
        region=county.region,
        place=COUNTY,
        kind=InspectionKind.ROUTINE,
        title="年度检查",
        matter="帮扶责任",
        leader=county.people[0],
        starts_on=county.ago(1),
        ends_on=county.today,
        opened_by=county.people[0],
    )
    subjects = _subjects(SubjectKind.ORDER, [f"{n}号" for n in range(count)])
    orders = [_order(county, inspection, subject, n) for n, subject in enumerate(subjects)]
    found = _subjects(SubjectKind.FINDING, [f"问题{n}" for n in range(3 * count)])
    return _bulk(orders) + _bulk([_finding(county, one, orders[n // 3], n) for n, one in enumerate(found)])


def _order(county: Cast, inspection: Inspection, subject: Subject, number: int) -> SupervisionOrder:
    issued = county.ago(number)
    return SupervisionOrder(
        subject=subject,
        inspection=inspection,
        county=COUNTY,
        number=f"{number}",
        unit=county.units[number % len(county.units)],
        place=county.villages[number % len(county.villages)].code[:9],
        demand="整改到位。",
        issued_on=issued,
        issued_by=county.people[0],
        due_on=issued + dt.timedelta(days=15),
        state=_TASKS[number % len(_TASKS)],
    )


def _finding(county: Cast, subject: Subject, order: SupervisionOrder, number: int) -> Finding:
    village = county.villages[number % len(county.villages)]
    return Finding(
        subject=subject,
        inspection=order.inspection,
        about=village.subject,
        village=village,
        place=village.code,
        kind="paper",
        kind_name="资料不全",
        words="走访记录没有写明帮扶成效。",
        found_on=order.issued_on,
        found_by=county.people[0],
        order=order if number % 4 else None,
    )


def _teams(county: Cast) -> int:
    since = county.today - dt.timedelta(days=400)
    subjects = _subjects(SubjectKind.TEAM, [f"驻{village.name}工作队" for village in county.villages])
    places = zip(subjects, county.villages, cycle(county.units))
    teams = [
        Team(subject=subject, village=village, place=village.code, unit=unit, valid_from=since)
        for subject, village, unit in places
    ]
    roles = list(islice(cycle(TeamRole.values), 3 * len(teams)))
    members = [
        TeamMember(
            team=teams[n // 3], user=county.people[n % len(county.people)], role=role, valid_from=since
        )
        for n, role in enumerate(roles)
    ]
    return (
        _bulk(teams) + _bulk(members) + _bulk([_leave(county, one, n) for one in members for n in range(3)])
    )


def _leave(county: Cast, member: TeamMember, number: int) -> Leave:
    starts = county.ago(10 + number)
    return Leave(
        member=member,
        kind=LeaveKind.PERSONAL,
        starts_on=starts,
        ends_on=starts + dt.timedelta(days=1 + number),
        reason="家中有事",
        level=ApprovalLevel.TOWNSHIP if number else ApprovalLevel.COUNTY,
        state=_LEAVES[number],
        asked_by=member.user,
        asked_at=county.now,
    )

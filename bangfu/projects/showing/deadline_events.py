"""Deadlines of projects as events of a phone's calendar: names of projects, which are public, no people."""

from __future__ import annotations

from datetime import date, timedelta
from zlib import crc32

from django.urls import reverse

from bangfu.access.models import User
from bangfu.duties.showing.feeding import Address
from bangfu.duties.showing.ical import AllDay
from bangfu.projects.queries.deadlines import Deadline, deadlines_between

_REMIND_DAYS = 3
_AHEAD = 60
"""Days that a subscription looks ahead: a phone asks again twice a day."""
_MOST = 500


def deadline_event(due: Deadline, address: Address) -> AllDay:
    """One deadline; its uid stays the same for ever."""
    page = reverse("project_file", args=[due.project.uid]) + (f"?tab={due.tab}" if due.tab else "")
    return AllDay(
        uid=f"{due.project.uid}-{due.on:%Y%m%d}-{due.tab}-{crc32(due.what.encode())}@bangfu",
        on=due.on,
        summary=f"{due.what}：{due.project.name}",
        description=due.project.region.name,
        url=address(page),
        remind_days=_REMIND_DAYS,
    )


def coming_events(user: User, today: date, address: Address) -> list[AllDay]:
    """What falls due within sixty days in the projects that the person sees, the nearest five hundred."""
    found = deadlines_between(user, today, today + timedelta(days=_AHEAD))
    return [deadline_event(due, address) for due in found[:_MOST]]

"""What upper rooms put into the calendar that a phone subscribes to, beside the duties."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from bangfu.access.models import User
from bangfu.duties.showing.ical import AllDay

Address = Callable[[str], str]
"""From a path to the whole address."""
EventSource = Callable[[User, date, Address], Iterable[AllDay]]
_sources: list[EventSource] = []


def register_events(source: EventSource) -> None:
    """An upper room's events of a person from a day on; nothing that must not lie on a phone.

    Called when the application starts.
    """
    if source not in _sources:
        _sources.append(source)


def more_events(user: User, today: date, address: Address) -> list[AllDay]:
    """The events of all upper rooms, by day."""
    found = [event for source in _sources for event in source(user, today, address)]
    return sorted(found, key=lambda event: (event.on, event.uid))

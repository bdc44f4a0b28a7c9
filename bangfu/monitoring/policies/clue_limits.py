"""By when a clue is to be verified: dated parameters of the place, in working or calendar days."""

from __future__ import annotations

from datetime import date, timedelta

from bangfu.core import parameters
from bangfu.workflow.calendars import WorkCalendar, calendar_now
from bangfu.workflow.definition.model import LimitUnit


def verify_by(discovered_on: date, place: str, calendar: WorkCalendar | None = None) -> date:
    """The last day for the verdict on a clue discovered on a day in a place.

    Who asks for many places hands the calendar in. Raises ParameterMissing.
    """
    days: int = parameters.value("clue_verify_days", on=discovered_on, place=place)
    working = parameters.value("clue_verify_in_working_days", on=discovered_on, place=place)
    unit = LimitUnit.WORKING if working else LimitUnit.CALENDAR
    return (calendar or calendar_now()).add(discovered_on, days, unit)


def soon(on: date, place: str) -> date:
    """Clues due up to this day are due soon."""
    days: int = parameters.value("clue_due_soon_days", on=on, place=place)
    return on + timedelta(days=days)

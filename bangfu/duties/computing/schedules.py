"""Which version of a template decides in a county, window by window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bangfu.duties.definition.windows import Window
from bangfu.duties.models import DutyTemplate

COUNTY_DIGITS = 6
"""Digits of a county's code: a version of a template holds for a county or for everywhere."""


@dataclass(frozen=True)
class Slot:
    """A window with the version of the template that decides on it."""

    window: Window
    template: DutyTemplate
    due_on: date
    remind_on: date


def schedule(versions: Iterable[DutyTemplate], county: str, first: date, last: date) -> list[Slot]:
    """The windows of one duty that begin from ``first`` to ``last`` in a county, by start.

    The version in force on the window's first day decides; one that is switched off leaves none.
    """
    here = [version for version in versions if county.startswith(version.place)]
    slots = [
        _slot(version, window)
        for version in here
        if not version.is_off
        for window in version.rhythm.windows(max(first, version.valid_from), _last(version, last))
        if in_force(here, window.start) is version
    ]
    return sorted(slots, key=lambda slot: slot.window)


def in_force(versions: Sequence[DutyTemplate], day: date) -> DutyTemplate | None:
    """The version that decides on a window that begins on the day: the nearest place's, then the newest."""
    holding = [
        version
        for version in versions
        if version.valid_from <= day and (version.valid_to is None or day <= version.valid_to)
    ]
    return max(holding, key=lambda version: (len(version.place), version.number), default=None)


def _last(version: DutyTemplate, last: date) -> date:
    return last if version.valid_to is None else min(last, version.valid_to)


def _slot(version: DutyTemplate, window: Window) -> Slot:
    due = window.end + timedelta(days=version.tolerance_days)
    return Slot(window, version, due, due - timedelta(days=version.reminder_days))

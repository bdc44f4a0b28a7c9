"""The calendar day in China of an instant."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def local_day(at: datetime) -> date:
    """The day in the installation's time zone; ``at`` is aware."""
    return timezone.localtime(at).date()

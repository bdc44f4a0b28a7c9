"""Opening and closing a person's calendar feed."""

from __future__ import annotations

import secrets
from datetime import datetime

from bangfu.access.models import User
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.duties.models import CalendarKey
from bangfu.duties.queries.calendars import digest_of

_BYTES = 32
"""A secret of 256 bits: nobody guesses an address."""


def open_calendar(*, by: User, at: datetime) -> str:
    """A new secret for the person's own feed, told this once; the one before opens nothing any more."""
    secret = secrets.token_urlsafe(_BYTES)
    with recording(by=by, at=at, verb="open_calendar") as change:
        values = {"digest": digest_of(secret), "made_at": at}
        CalendarKey.objects.update_or_create(user=by, defaults=values)
        audit.record(by=by, at=at, verb="open_calendar", change=change)
    return secret


def close_calendar(*, by: User, at: datetime) -> None:
    """The person's feed opens no more."""
    with recording(by=by, at=at, verb="close_calendar") as change:
        CalendarKey.objects.filter(user=by).delete()
        audit.record(by=by, at=at, verb="close_calendar", change=change)

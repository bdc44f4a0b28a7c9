"""Papers that people take away."""

from __future__ import annotations

from datetime import datetime

from bangfu.access.models import User
from bangfu.core import audit
from bangfu.core.models import Subject


def note_training_print(
    *,
    by: User,
    at: datetime,
    verb: str,
    form: str,
    place: str,
    subject: Subject | None = None,
    address: str | None = None,
) -> None:
    """Note that somebody took a paper away as a file."""
    audit.record(by=by, at=at, verb=verb, subject=subject, place=place, data={"form": form}, address=address)

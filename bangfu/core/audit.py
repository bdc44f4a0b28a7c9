"""Writing to the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bangfu.core.changing import Actor
from bangfu.core.models import AuditEvent, Change, Subject


def record(
    *,
    by: Actor,
    at: datetime,
    verb: str,
    subject: Subject | None = None,
    place: str = "",
    summary: str = "",
    data: dict[str, Any] | None = None,
    change: Change | None = None,
    address: str | None = None,
) -> AuditEvent:
    """One event. ``summary`` and ``data`` hold no personal data: names of fields, counts, reasons, uids."""
    return AuditEvent.objects.create(
        at=at,
        actor_id=by.pk,
        actor_label=by.actor_label(),
        verb=verb,
        subject=subject,
        subject_label=subject.label if subject else None,
        place=place or (subject.place if subject else ""),
        summary=summary,
        data=data or {},
        change=change,
        address=address,
    )

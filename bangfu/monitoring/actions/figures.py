"""The record of figures of the main loop that left the system."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bangfu.access.models import User
from bangfu.core import audit


def export_circular(*, by: User, at: datetime, month: date, place: str, internal: bool = False) -> None:
    """Note that a month's circular was taken out as a workbook; it holds numbers only, ``internal`` ones the
    small too."""
    with transaction.atomic():
        audit.record(
            by=by,
            at=at,
            verb="export_circular",
            place=place,
            summary=f"导出月通报{'（内部件）' if internal else ''}：{month:%Y-%m}",
            data={"month": f"{month:%Y-%m}", "internal": internal},
        )

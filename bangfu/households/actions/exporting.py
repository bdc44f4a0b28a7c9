"""The record of figures of the register that left the system."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bangfu.access.models import User
from bangfu.core import audit
from bangfu.households.models import Round


def export_movement_report(*, by: User, at: datetime, round: Round, place: str) -> None:
    """Note that a round's movement report was taken out as a workbook; it holds numbers only."""
    with transaction.atomic():
        audit.record(
            by=by,
            at=at,
            verb="export_movement_report",
            place=place or round.place,
            summary=f"导出变动表：{round.title}",
            data={"round": str(round.uid)},
        )

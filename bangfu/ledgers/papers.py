"""A ledger on paper: A4 across, the conditions on top, the head repeated on every sheet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bangfu.ledgers.asking import Asked, rewritten
from bangfu.ledgers.cells import heading_of, text_of, value_of
from bangfu.ui.formats import minute

PAPER_ROWS = 2_000
"""More belong into a workbook."""


def paper(asked: Asked, rows: QuerySet, totals: dict[str, Any], count: int, at: datetime) -> dict[str, Any]:
    """The context of ``ledgers/print.html``."""
    return {
        "title": asked.ledger.print_title or asked.ledger.title,
        "conditions": asked.phrases(),
        "printed_by": asked.user.actor_label(),
        "printed_at": minute(at),
        "count": count,
        "heads": [(heading_of(column, asked.unit), column.numeric) for column in asked.columns],
        "lines": [_line(asked, row) for row in rows],
        "totals": _totals(asked, totals),
        "back_url": f"{asked.ledger.url}{rewritten(asked.params)}",
    }


def _line(asked: Asked, row: Any) -> list[tuple[str, bool]]:
    return [(text_of(column, value_of(column, row), asked.unit), column.numeric) for column in asked.columns]


def _totals(asked: Asked, totals: dict[str, Any]) -> list[str]:
    if not totals:
        return []
    texts = [
        text_of(column, totals[column.id], asked.unit) if column.id in totals else ""
        for column in asked.columns
    ]
    return ["合计", *texts[1:]]

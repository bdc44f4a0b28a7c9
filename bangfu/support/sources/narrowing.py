"""What all sources of duties narrow their rows by: days, and holders."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q

Holders = Collection[int] | None
"""The subjects whose duties are asked for; None: everybody's."""


def overlapping(start: date, end: date) -> Q:
    """Rows that hold on some of these days."""
    return Q(valid_from__lte=end) & (Q(valid_to__isnull=True) | Q(valid_to__gte=start))


def of_these(rows: Any, field: str, holders: Holders) -> Any:
    """The rows whose holder, in ``field``, is asked for."""
    return rows if holders is None else rows.filter(**{f"{field}__in": list(holders)})

"""What belongs to a row, summed or looked up in the same statement."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from bangfu.core.money import MoneyField
from bangfu.projects.models import Progress


def sum_by(key: str, rows: QuerySet[Any], field: str) -> Coalesce:
    """The fen of ``field`` over ``rows``, which are narrowed to one ``key`` by the outer row; 0 of none."""
    whole = rows.order_by().values(key).annotate(sum=Sum(field)).values("sum")
    return Coalesce(Subquery(whole), 0, output_field=MoneyField())


def built_percent(project: str) -> Subquery:
    """The last reported per cent of the works of the outer row's ``project``; null before any report."""
    return Subquery(reports(OuterRef(project)).values("percent")[:1])


def reports(project: Any) -> QuerySet[Progress]:
    """The reports on a project's works that were not withdrawn, the last one first."""
    rows = Progress.objects.filter(project=project, withdrawn_on=None)
    return rows.order_by("-on", "-id")

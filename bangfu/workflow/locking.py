"""Runs held until the end of the transaction, so that of two people one wins and the other is told."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from bangfu.core.errors import SituationForbids
from bangfu.workflow.among import among
from bangfu.workflow.models import FlowRun


def locked(ids: Iterable[int]) -> list[FlowRun]:
    """The runs as they stand in the database, by id, locked until the transaction ends; one query."""
    found = list(_rows(ids).select_for_update(of=("self",)))
    if not found:
        raise SituationForbids("没有选中要办的事。请先勾选。")
    return found


def as_they_stand(ids: Iterable[int]) -> list[FlowRun]:
    """The same runs without holding them."""
    return list(_rows(ids))


def _rows(ids: Iterable[int]) -> QuerySet[FlowRun]:
    rows = FlowRun.objects.filter(pk__in=among(ids)).select_related("definition", "subject")
    return rows.defer("definition__text").order_by("pk")

"""How a tracked row was: its versions, how it stood at an instant, and what a change replaced.

A row's states are ordered as they were written. The state at an instant is the last one whose change is
not later; a deletion is a state without data. An insert keeps no version: the row itself, or its first
version, is the image.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from bangfu.core.images import Row, read_image
from bangfu.core.models import Change, RowVersion, TrackedModel
from bangfu.core.undoing import undo

__all__ = ["Version", "replaced_since", "row_at", "rows_at", "undo", "versions_of"]


@dataclass(frozen=True)
class Version:
    """A row's values (by attribute name, such as ``village_id``) from ``change`` until ``until``.

    ``until`` and ``ended_by`` are None for the row as it is today; ``deleted`` says that the ending change
    deleted the row.
    """

    data: Row
    change: Change
    until: datetime | None
    ended_by: Change | None = None
    deleted: bool = False


@dataclass(frozen=True)
class _State:
    since: datetime
    data: Row | None


def versions_of(model: type[TrackedModel], pk: int) -> list[Version]:
    """All versions of a row, the oldest first, today's last; empty when there never was such a row."""
    found = [
        Version(read_image(model, kept.data), kept.change, kept.ended_by.at, kept.ended_by, kept.deleted)
        for kept in _kept(model).filter(row_id=pk).select_related("change", "ended_by")
    ]
    for row in model._base_manager.filter(pk=pk).select_related("change"):
        found.append(Version(_today(row), row.change, None))
    return found


def row_at(model: type[TrackedModel], pk: int, at: datetime) -> Row | None:
    """A row's values as recorded at ``at``; None when it was not there yet, or no longer."""
    return _at(_states(model, Q(pk=pk), Q(row_id=pk)).get(pk, []), at)


def rows_at(queryset: QuerySet[Any], at: datetime, *, also_gone: dict[str, Any] | None = None) -> list[Row]:
    """The rows of ``queryset`` as recorded at ``at``, in the order of their keys; rows not there yet are
    left out.

    ``also_gone`` (column → value, such as ``{"household_id": 7}``) adds rows that were there at ``at``,
    held these values when they were deleted, and are gone since.
    """
    model = queryset.model
    pks = queryset.values("pk")
    kept = Q(row_id__in=pks)
    if also_gone:
        gone = _kept(model).filter(
            deleted=True, **{f"data__{column}": value for column, value in also_gone.items()}
        )
        kept |= Q(row_id__in=gone.order_by().values("row_id"))
    states = _states(model, Q(pk__in=pks), kept)
    found = (_at(states[pk], at) for pk in sorted(states))
    return [row for row in found if row is not None]


def replaced_since(model: type[TrackedModel], column: str, change: int) -> dict[int, Any]:
    """Row → what ``column`` held when ``change`` was the latest, of the rows written or deleted since."""
    kept = _kept(model).filter(change__lte=change, ended_by__gt=change)
    return dict(kept.values_list("row_id", f"data__{column}"))


def _states(model: type[TrackedModel], current: Q, kept: Q) -> dict[int, list[_State]]:
    """The states of some rows in the order in which they were written."""
    states: dict[int, list[_State]] = defaultdict(list)
    for version in _kept(model).filter(kept).select_related("change", "ended_by"):
        states[version.row_id].append(_State(version.change.at, read_image(model, version.data)))
        if version.deleted:
            states[version.row_id].append(_State(version.ended_by.at, None))
    for row in model._base_manager.filter(current).select_related("change"):
        states[row.pk].append(_State(row.change.at, _today(row)))
    return states


def _at(states: Iterable[_State], at: datetime) -> Row | None:
    held: Row | None = None
    for state in states:
        if state.since <= at:
            held = state.data
    return held


def _kept(model: type[TrackedModel]) -> QuerySet[RowVersion]:
    return RowVersion.objects.filter(table=model._meta.db_table).order_by("id")


def _today(row: TrackedModel) -> Row:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}

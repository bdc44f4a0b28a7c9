"""Undoing a change: every row it touched goes back to what it was, under a new change of its own.

The rows are restored by the database from the images the triggers kept, so that the undo of a batch of a
hundred thousand rows takes a few statements and no value passes through Python.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, models

from bangfu.core.changing import Actor, recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change, RowVersion, TrackedModel
from bangfu.core.restoring import reinsert_deleted, restore_updated
from bangfu.core.subjects import settle_subjects
from bangfu.core.triggers import tracked_models


def undo(change: Change, *, by: Actor, at: datetime, reason: str) -> Change:
    """Put every row that ``change`` wrote back to what it was before; returns the change that did it.

    Inserted rows are deleted, updated rows restored, deleted rows brought back with their old key.
    Nothing is undone by half. Raises SituationForbids when the change was undone already, when any of its
    rows was changed since, or when later rows hang on rows it had inserted; the message counts them.
    """
    with recording(by=by, at=at, verb="undo", reason=reason, undoes=change.pk) as undoing:
        if change.undone_by.exclude(pk=undoing.pk).exists():
            raise SituationForbids("这次变更已经撤回过，不能再撤回一次。数据没有变动。")
        models_touched = [model for model in tracked_models() if _touched(model, change)]
        _refuse_if_changed_since(models_touched, change)
        for model in models_touched:
            _inserted(model, change)._raw_delete(using=connection.alias)
        for model in models_touched:
            restore_updated(model, change, undoing)
            reinsert_deleted(model, change, undoing)
            settle_subjects(model._base_manager.filter(change_id=undoing.pk))
        _refuse_if_needed(models_touched, undoing)
    return undoing


def count_changed_since(change: Change) -> int:
    """How many rows that ``change`` wrote were changed, deleted or brought back by later changes."""
    return sum(_changed_since(model, change) for model in tracked_models())


def _refuse_if_changed_since(touched: list[type[TrackedModel]], change: Change) -> None:
    count = sum(_changed_since(model, change) for model in touched)
    if count:
        raise SituationForbids(f"其中 {count} 条后来又改过，不能整批撤回。数据没有变动；请逐条更正。")


def _kept(model: type[TrackedModel]) -> models.QuerySet[RowVersion]:
    return RowVersion.objects.filter(table=model._meta.db_table)


def _touched(model: type[TrackedModel], change: Change) -> bool:
    """Whether the change wrote any row of the model."""
    rows = model._base_manager.filter(change_id=change.pk)
    kept = _kept(model)
    return rows.exists() or kept.filter(ended_by=change).exists() or kept.filter(change=change).exists()


def _changed_since(model: type[TrackedModel], change: Change) -> int:
    kept = _kept(model)
    later = set(kept.filter(change=change).exclude(ended_by=change).values_list("row_id", flat=True))
    deleted = kept.filter(ended_by=change, deleted=True).values("row_id")
    back = model._base_manager.filter(pk__in=deleted).exclude(change_id=change.pk)
    return len(later.union(back.values_list("pk", flat=True)))


def _inserted(model: type[TrackedModel], change: Change) -> models.QuerySet[TrackedModel]:
    """Rows that the change made: written by it and without an image from before it."""
    written = model._base_manager.filter(change_id=change.pk).order_by()
    before = _kept(model).filter(ended_by=change).exclude(change=change)
    # A difference of sets: neither database can take it for something to be looked up row by row.
    return model._base_manager.filter(pk__in=written.values("pk").difference(before.values("row_id")))


def _refuse_if_needed(touched: list[type[TrackedModel]], undoing: Change) -> None:
    """Count the rows that point at rows the undo has deleted; the refusal takes everything back."""
    count = 0
    for model in touched:
        gone = _kept(model).filter(ended_by=undoing, deleted=True).values("row_id")
        for relation in model._meta.related_objects:
            if not relation.many_to_many:
                pointing = relation.field.model._base_manager
                count += pointing.filter(**{f"{relation.field.attname}__in": gone}).count()
    if count:
        raise SituationForbids(f"后来登记的 {count} 条挂在这一批数据上，不能整批撤回。数据没有变动。")

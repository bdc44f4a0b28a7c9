"""Changes and the versions of rows that they end.

Every tracked row points to the change that wrote it. Database triggers (``bangfu.core.triggers``)
refuse a write
outside an open change, however it comes (save, update(), bulk writes, COPY, plain SQL), and keep the
row as it was
before an update or a delete. An insert needs no version: the row itself, or its first version, is the image.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from bangfu.core.changing import current_change_id


class Change(models.Model):
    """Who wrote, when, why, in which batch. Append-only."""

    at = models.DateTimeField("时间", db_index=True)
    effective_on = models.DateField("业务日期", null=True)
    actor_id = models.BigIntegerField("人", null=True, db_index=True)
    actor_label = models.CharField("姓名和岗位", max_length=100)
    verb = models.CharField("动作", max_length=60)
    reason = models.CharField("原因", max_length=500, blank=True)
    batch = models.CharField("批次", max_length=40, blank=True, db_index=True)
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="undone_by")

    class Meta:
        verbose_name = "变更"


class CurrentChange(models.Model):
    """One row (id 1) that names the open change on SQLite; PostgreSQL uses a setting of the transaction."""

    change_id = models.BigIntegerField(null=True)


class RowVersion(models.Model):
    """A tracked row as it was from ``change`` until ``ended_by``. Written by triggers only, never changed."""

    table = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    change = models.ForeignKey(Change, models.PROTECT, related_name="+", db_constraint=False)
    ended_by = models.ForeignKey(Change, models.PROTECT, related_name="versions_ended", db_constraint=False)
    deleted = models.BooleanField()
    data = models.JSONField()

    class Meta:
        verbose_name = "历史"
        indexes = (models.Index(fields=["table", "row_id"], name="core_rowversion_row"),)


class TrackedQuerySet(models.QuerySet):
    """Names the open change in bulk writes, so that they are recorded like any other."""

    def update(self, **values: Any) -> int:
        """Update in bulk; each row's version counts up."""
        values.setdefault("change_id", current_change_id())
        values.setdefault("version", models.F("version") + 1)
        return super().update(**values)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        """Insert in bulk under the open change."""
        objs = list(objs)
        for obj in objs:
            obj.change_id = current_change_id()
        return super().bulk_create(objs, *args, **options)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Update in bulk under the open change."""
        objs = list(objs)
        for obj in objs:
            obj.change_id = current_change_id()
            obj.version += 1
        return super().bulk_update(objs, [*fields, "change", "version"], batch_size)


def unchecked_change() -> models.ForeignKey:
    """The change of a model that is written by the hundred thousand, without a foreign key in the database.

    The triggers let no row carry another change than the open one, and no change is ever deleted.
    """
    return models.ForeignKey(Change, models.PROTECT, related_name="+", editable=False, db_constraint=False)


class TrackedModel(models.Model):
    """A row whose every change is recorded, with a version for optimistic locking.

    Each model takes ``objects`` from TrackedQuerySet or one built on it, so that bulk writes name the change.
    """

    change = models.ForeignKey(Change, models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField("版次", default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Write under the open change; an update counts the version up."""
        self.change_id = current_change_id()
        if not self._state.adding:
            self.version += 1
            if options.get("update_fields") is not None:
                options["update_fields"] = {*options["update_fields"], "change", "version"}
        super().save(*args, **options)

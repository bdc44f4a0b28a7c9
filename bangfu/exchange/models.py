"""An import batch, from upload to receipt, and its undo; and what of it lies in the lake."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from bangfu.access.models import User
from bangfu.access.scope import ScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Change, Job


class BatchState(models.TextChoices):
    """Where a batch stands."""

    UPLOADED = "uploaded", "已上传"
    PREFLIGHTED = "preflighted", "已预检"
    COMMITTED = "committed", "已提交"
    UNDONE = "undone", "已撤回"
    DISCARDED = "discarded", "已放弃"
    FAILED = "failed", "读不了"


class Batch(models.Model):
    """One uploaded file on its way into the register.

    The upload and the staged rows lie in the installation's ``uploads`` folder, named by ``uid``,
    encrypted where
    they hold personal data. ``preflight`` is the report shown before the commit; it holds counts and
    column names,
    and of cell values only what the person may see. ``answers`` is what a person said of a department's list:
    ``dataset`` of a file that holds several, ``month``, ``replaces`` (a batch's number).
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    number = models.CharField("批次号", max_length=20, unique=True)
    dataset = models.CharField("名单", max_length=40, blank=True)
    file_name = models.CharField("文件名", max_length=200)
    file_bytes = models.PositiveBigIntegerField("大小")
    digest = models.CharField("文件指纹", max_length=64, db_index=True)
    place = models.CharField("区划代码", max_length=15)
    state = models.CharField("状态", max_length=12, choices=BatchState, default=BatchState.UPLOADED)
    mapping = models.JSONField("认列", default=dict)
    answers = models.JSONField("答复", default=dict)
    preflight = models.JSONField("预检", default=dict)
    receipt = models.JSONField("回执", default=dict)
    rows_read = models.PositiveIntegerField("读入", default=0)
    rows_accepted = models.PositiveIntegerField("接收", default=0)
    rows_rejected = models.PositiveIntegerField("退回", default=0)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    change = models.ForeignKey(Change, models.PROTECT, null=True, related_name="+")
    undo_change = models.ForeignKey(Change, models.PROTECT, null=True, related_name="+")
    undo_until = models.DateTimeField("可撤回至", null=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传")
    preflighted_at = models.DateTimeField("预检", null=True)
    committed_at = models.DateTimeField("提交", null=True)
    error = models.CharField("说明", max_length=500, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "导入批次"
        ordering = ("-uploaded_at",)


class ListState(models.TextChoices):
    """Whether the rows of a list count."""

    VALID = "valid", "有效"
    REPLACED = "replaced", "已被替代"
    WITHDRAWN = "withdrawn", "已撤回"


class ListBatchQuerySet(ScopedQuerySet):
    """Lists with their state, which nobody writes: it follows from the batches."""

    def with_state(self) -> Any:
        """Add ``state``: undoing a batch withdraws its list and gives the replaced one back."""
        heirs = ListBatch.objects.filter(replaces=OuterRef("pk"), batch__state=BatchState.COMMITTED)
        withdrawn = ~Q(batch__state=BatchState.COMMITTED)
        state = Case(
            When(withdrawn, then=Value(ListState.WITHDRAWN.value)),
            When(Exists(heirs), then=Value(ListState.REPLACED.value)),
            default=Value(ListState.VALID.value),
        )
        return self.annotate(state=state)


class ListBatch(models.Model):
    """One department's list in the lake: a Parquet file of facts, tied to people by random keys.

    ``month`` is the first day of the month that the list is about. ``linked_rows`` and ``linked_people`` are
    those found in the register at the preflight; each screening links anew. ``path`` is below the lake.
    """

    state: str
    """What ``with_state`` adds to each row: a ``ListState``."""

    batch = models.OneToOneField(Batch, models.PROTECT, related_name="listed", verbose_name="批次")
    dataset = models.CharField("名单", max_length=40)
    place = models.CharField("区划代码", max_length=15)
    month = models.DateField("哪个月的")
    rows = models.PositiveIntegerField("行数")
    linked_rows = models.PositiveIntegerField("认到人的行")
    linked_people = models.PositiveIntegerField("认到的人")
    path = models.CharField("文件", max_length=200, unique=True)
    digest = models.CharField("文件指纹", max_length=64)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="替代")

    objects = ListBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "部门名单"
        ordering = ("-id",)
        indexes = (models.Index(fields=["place", "dataset", "month"], name="exchange_list_place"),)

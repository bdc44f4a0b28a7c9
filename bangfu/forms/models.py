"""Versions of forms, sweeps, their households, and the sheets filled."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import ScopedQuerySet, TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.forms.enums import (
    FormState,
    SheetBatchState,
    SheetKind,
    SweepState,
    TaskState,
    UnreachedReason,
)
from bangfu.forms.terms import GROUPS
from bangfu.households.models import Household


class FormVersion(TrackedModel):
    """A version of a form: its YAML, for a place (empty: everywhere, as the software brings it).

    A published text never changes; a sheet keeps the version it was filled with.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    code = models.CharField("表", max_length=40)
    number = models.PositiveIntegerField("版次号")
    title = models.CharField("名称", max_length=100)
    place = models.CharField("适用区划", max_length=15, blank=True)
    text = models.TextField("定义")
    digest = models.CharField("指纹", max_length=64, db_index=True)
    state = models.CharField("状态", max_length=10, choices=FormState, default=FormState.DRAFT)
    is_shipped = models.BooleanField("随软件带来", default=False)
    note = models.CharField("修改说明", max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="编写人")
    made_at = models.DateTimeField("编写时间")
    published_at = models.DateTimeField("发布时间", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "表的版本"
        ordering = ("code", "-number")
        constraints = (
            models.UniqueConstraint(fields=["code", "number"], name="forms_version_number"),
            models.UniqueConstraint(
                fields=["code", "digest"], condition=models.Q(is_shipped=True), name="forms_shipped_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} 第 {self.number} 版"


class Sweep(TrackedModel):
    """A sweep of a place from house to house, between two days (C-183)."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="sweep")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="排查范围")
    title = models.CharField("名称", max_length=100)
    basis = models.CharField("文件依据", max_length=200, blank=True)
    plan = models.TextField("方案", blank=True)
    group = models.CharField("对象", max_length=40)
    starts_on = models.DateField("开始")
    ends_on = models.DateField("截止")
    screening_form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+", verbose_name="筛查表")
    inspection_form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+", verbose_name="排查表")
    state = models.CharField("状态", max_length=10, choices=SweepState, default=SweepState.PREPARING)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="部署人")
    opened_at = models.DateTimeField("部署时间")
    closed_on = models.DateField("收尾日期", null=True)
    summary = models.TextField("小结", blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "排查"
        ordering = ("-starts_on", "-id")

    def __str__(self) -> str:
        return self.title

    @property
    def group_label(self) -> str:
        """What the group of households is called."""
        return GROUPS[self.group].label


class SweepTask(TrackedModel):
    """A household in a sweep. ``place`` repeats the household's, for lists."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    sweep = models.ForeignKey(Sweep, models.PROTECT, related_name="tasks", verbose_name="排查")
    household = models.ForeignKey(Household, models.PROTECT, related_name="sweep_tasks", verbose_name="户")
    place = models.CharField("区划代码", max_length=15)
    state = models.CharField("状态", max_length=12, choices=TaskState, default=TaskState.WAITING)
    unreached_reason = models.CharField("没见到的原因", max_length=10, choices=UnreachedReason, blank=True)
    unreached_note = models.CharField("说明", max_length=200, blank=True)
    has_risk = models.BooleanField("有风险", default=False)
    done_on = models.DateField("办理日期", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "排查任务"
        constraints = (models.UniqueConstraint(fields=["sweep", "household"], name="forms_task_once"),)
        indexes = (
            models.Index(fields=["sweep", "place", "state", "has_risk"], name="forms_task_place"),
            models.Index(fields=["place", "id"], name="forms_task_order"),
        )

    def __str__(self) -> str:
        return self.household.head_name


class Sheet(TrackedModel):
    """A filled sheet: the answers by question; for questions about members, by the member's uid.

    ``household_version`` is the household as the person saw it; ``risks`` are kind and words of each risk.
    """

    scope_owner = "household"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    task = models.ForeignKey(SweepTask, models.PROTECT, related_name="sheets", verbose_name="任务")
    household = models.ForeignKey(Household, models.PROTECT, related_name="sheets", verbose_name="户")
    kind = models.CharField("表", max_length=10, choices=SheetKind)
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="sheets", verbose_name="版本")
    filled_on = models.DateField("日期")
    filled_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填表人")
    met = models.CharField("见到谁", max_length=60, blank=True)
    answers = models.JSONField("答案", default=dict)
    risks = models.JSONField("风险", default=list)
    reused = models.PositiveSmallIntegerField("沿用登记的项数", default=0)
    household_version = models.PositiveIntegerField("户的版次")
    batch = models.CharField("批次", max_length=40, blank=True, db_index=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "排查表"
        ordering = ("-filled_on", "-id")
        constraints = (models.UniqueConstraint(fields=["task", "kind"], name="forms_sheet_once"),)

    def __str__(self) -> str:
        return f"{self.household.head_name}{self.get_kind_display()}"


class SheetBatch(models.Model):
    """A workbook of screening sheets that somebody filled and uploaded (C-184).

    The file lies sealed in the installation's ``uploads`` folder, named by ``uid``. ``refusals`` say which
    rows stayed outside and why: {row, column, reason}.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    sweep = models.ForeignKey(Sweep, models.PROTECT, related_name="batches", verbose_name="排查")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件指纹", max_length=64)
    state = models.CharField("状态", max_length=12, choices=SheetBatchState, default=SheetBatchState.CHECKED)
    rows_read = models.PositiveIntegerField("读入", default=0)
    rows_accepted = models.PositiveIntegerField("能收、已收", default=0)
    rows_known = models.PositiveIntegerField("填过、没有变", default=0)
    rows_empty = models.PositiveIntegerField("还没填", default=0)
    rows_rejected = models.PositiveIntegerField("退回", default=0)
    rows_risky = models.PositiveIntegerField("有风险", default=0)
    refusals = models.JSONField("退回的原因", default=list)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")
    committed_at = models.DateTimeField("提交时间", null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "筛查表批次"
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return self.file_name

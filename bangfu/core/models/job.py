"""Long work: the truth about each piece of it."""

from __future__ import annotations

from django.db import models

from bangfu.core.ids import uid7


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", "等待"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "未完成"
    CANCELLED = "cancelled", "已取消"


class Job(models.Model):
    """A piece of long work: who holds it until when, how far it is, what came of it."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    kind = models.CharField("种类", max_length=40, db_index=True)
    label = models.CharField("名称", max_length=100)
    key = models.CharField("幂等键", max_length=100, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField("状态", max_length=10, choices=JobState, default=JobState.WAITING, db_index=True)
    step = models.CharField("步骤", max_length=60, blank=True)
    done = models.PositiveBigIntegerField("已完成", default=0)
    total = models.PositiveBigIntegerField("共", null=True)
    attempt = models.PositiveSmallIntegerField("第几次", default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    holder = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField("要求取消", default=False)
    message = models.CharField("说明", max_length=500, blank=True)
    result = models.JSONField(default=dict)
    run_after = models.DateTimeField("不早于", null=True)
    created_by_id = models.BigIntegerField(null=True, db_index=True)
    created_at = models.DateTimeField("提交")
    started_at = models.DateTimeField("开始", null=True)
    finished_at = models.DateTimeField("结束", null=True)

    class Meta:
        verbose_name = "任务"
        ordering = ("-created_at",)

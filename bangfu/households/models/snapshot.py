"""Month-end snapshots: what was known then, in the lake."""

from __future__ import annotations

from django.db import models


class Snapshot(models.Model):
    """One dataset of the register at the end of one month, as a Parquet file of the lake."""

    month = models.DateField("月末")
    place = models.CharField("区划代码", max_length=15)
    dataset = models.CharField("数据集", max_length=20)
    path = models.CharField("文件", max_length=200)
    rows = models.PositiveIntegerField("行数")
    digest = models.CharField("指纹", max_length=64)
    last_change_id = models.BigIntegerField("截至变更")
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "月末快照"
        ordering = ("-month", "place", "dataset")
        constraints = (
            models.UniqueConstraint(fields=["month", "place", "dataset"], name="households_snapshot_once"),
        )

"""County parameters: dated, with unit, place, basis and grade of evidence. Superseded, never edited away."""

from __future__ import annotations

from django.db import models

from bangfu.core.models.change import TrackedModel, TrackedQuerySet


class Parameter(TrackedModel):
    """One value of a parameter, from a day until another, in a place (empty: everywhere)."""

    class Kind(models.TextChoices):
        """How the value's text is read."""

        MONEY = "money", "金额（元）"
        INTEGER = "integer", "整数"
        DECIMAL = "decimal", "小数"
        BOOLEAN = "boolean", "是否"
        TEXT = "text", "文字"
        LIST = "list", "清单（一行一项）"

    code = models.CharField("代码", max_length=60, db_index=True)
    value = models.TextField("值")
    kind = models.CharField("类型", max_length=8, choices=Kind)
    unit = models.CharField("单位", max_length=20, blank=True)
    place = models.CharField("适用区划", max_length=15, blank=True)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)
    basis = models.CharField("文件依据", max_length=300, blank=True)
    grade = models.CharField("依据等级", max_length=10, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="supersedes")

    objects = TrackedQuerySet.as_manager()

    class Meta:
        verbose_name = "参数"
        ordering = ("code", "place", "valid_from", "id")

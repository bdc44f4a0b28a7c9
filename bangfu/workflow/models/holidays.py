"""The dated table of public holidays."""

from __future__ import annotations

from django.db import models

from bangfu.core.models import TrackedModel, TrackedQuerySet
from bangfu.workflow.enums import DayKind


class Holiday(TrackedModel):
    """A day that differs from its weekday, as the State Council's notice of the year says.

    A year with rows here uses them instead of what the software brings for that year.
    """

    year = models.PositiveSmallIntegerField("年度", db_index=True)
    day = models.DateField("日期", unique=True)
    kind = models.CharField("安排", max_length=4, choices=DayKind)
    name = models.CharField("节日", max_length=20, blank=True)
    basis = models.CharField("文件依据", max_length=200)
    grade = models.CharField("依据等级", max_length=2)

    objects = TrackedQuerySet.as_manager()

    class Meta:
        verbose_name = "节假日"
        ordering = ("day",)

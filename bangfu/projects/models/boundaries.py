"""The shapes of a county's regions, as the county uploaded them."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, TrackedModel


class Boundary(TrackedModel):
    """A boundary file of a place from a day on; the one that began last holds.

    ``shapes`` maps region codes to rings of points on a grid (``terms.boundaries``): enough to draw, not to
    survey. ``source`` says where the file comes from, ``file_name`` what it was called.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="哪里的边界")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    valid_from = models.DateField("启用日期")
    source = models.CharField("边界从哪里来", max_length=200)
    file_name = models.CharField("文件名", max_length=100)
    shapes = models.JSONField("形状", default=dict)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "区划边界"
        ordering = ("place", "valid_from", "id")

"""Who looks after whom: grids, pairings, duty officers. Each dated at both ends."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, TrackedModel
from bangfu.households.enums import OfficerKind
from bangfu.households.models.household import Household


class Grid(TrackedModel):
    """A part of a village that a grid worker looks after."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    village = models.ForeignKey(Region, models.PROTECT, related_name="grids", verbose_name="行政村")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    name = models.CharField("网格名称", max_length=60)
    valid_to = models.DateField("停用", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "网格"
        ordering = ("place", "name")

    def __str__(self) -> str:
        return self.name


class GridDuty(TrackedModel):
    """A grid worker's time in a grid."""

    scope_owner = "grid"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="duties")
    user = models.ForeignKey(User, models.PROTECT, related_name="grid_duties", verbose_name="网格员")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "网格员任职"


class Pairing(TrackedModel):
    """A cadre helps a household, from a day until another."""

    scope_owner = "household"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="pairings", verbose_name="户")
    helper = models.ForeignKey(User, models.PROTECT, related_name="pairings", verbose_name="帮扶责任人")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)
    end_reason = models.CharField("结束原因", max_length=100, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "结对"
        ordering = ("household", "-valid_from")
        indexes = (
            models.Index(
                fields=["household"], condition=Q(valid_to__isnull=True), name="households_pairing_open"
            ),
        )


class DutyOfficer(TrackedModel):
    """An information officer, full-time officer or duty cadre of a township or village."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="officers", verbose_name="区划")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    kind = models.CharField("种类", max_length=20, choices=OfficerKind)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    name = models.CharField("姓名", max_length=40)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "信息员"
        ordering = ("place", "kind", "valid_from")

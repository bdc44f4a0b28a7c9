"""Who teaches, and what there is to look at."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, TrackedModel
from bangfu.households.models import Household
from bangfu.training.enums.people import PointKind, TeacherKind


class Teacher(TrackedModel):
    """A lecturer, an expert, an adviser or an example household, with what qualifies them (C-005, C-221).

    A person with a user account is that user, a household of the register that household; both may be empty.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="teachers", verbose_name="地方")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    kind = models.CharField("类别", max_length=16, choices=TeacherKind)
    name = models.CharField("姓名", max_length=60)
    unit_name = models.CharField("单位或村组", max_length=80, blank=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="账号")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="teachers", verbose_name="户"
    )
    field = models.CharField("擅长", max_length=80)
    qualification = models.CharField("资格", max_length=120)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)
    end_reason = models.CharField("结束原因", max_length=100, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "师资"
        ordering = ("place", "kind", "name", "id")

    def __str__(self) -> str:
        return f"{self.name}（{self.get_kind_display()}）"


class ObservationPoint(TrackedModel):
    """A sample village or a site that sessions visit (C-004, C-198)."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="observation_points", verbose_name="所在地"
    )
    place = models.CharField("区划代码", max_length=15, db_index=True)
    kind = models.CharField("类别", max_length=16, choices=PointKind)
    name = models.CharField("名称", max_length=60)
    shows = models.CharField("看什么", max_length=200)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)
    end_reason = models.CharField("结束原因", max_length=100, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "观摩点"
        ordering = ("place", "name", "id")

    def __str__(self) -> str:
        return self.name

"""People who are being brought up to lead (领头雁, C-040)."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, TrackedModel
from bangfu.households.models import Member
from bangfu.training.enums.people import LeaderKind, LeaderState


class FutureLeader(TrackedModel):
    """Somebody of a village in training for more: since when, by whom, towards what, and what came of it."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="future_leaders", verbose_name="村")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    kind = models.CharField("类别", max_length=20, choices=LeaderKind)
    name = models.CharField("姓名", max_length=60)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", verbose_name="成员")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="干部")
    picked_on = models.DateField("列入日期")
    mentor = models.CharField("联系培养人", max_length=60)
    aim = models.CharField("培养目标", max_length=200)
    state = models.CharField("状态", max_length=12, choices=LeaderState, default=LeaderState.IN_TRAINING)
    outcome = models.CharField("结果", max_length=200, blank=True)
    ended_on = models.DateField("结束日期", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "带头人培养对象"
        ordering = ("place", "kind", "name", "id")

    def __str__(self) -> str:
        return self.name

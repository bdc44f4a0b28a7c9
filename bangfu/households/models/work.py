"""Members' work, by month."""

from __future__ import annotations

from django.db import models

from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.core.money import MoneyField
from bangfu.households.enums import WorkArea
from bangfu.households.models.household import Member


class WorkSpell(TrackedModel):
    """A job from one month until another (first days of months; an open end means still working), C-205."""

    scope_owner = "member"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="work_spells", verbose_name="成员")
    from_month = models.DateField("开始月份")
    to_month = models.DateField("结束月份", null=True)
    area = models.CharField("务工区域", max_length=10, choices=WorkArea)
    place_name = models.CharField("务工所在地", max_length=100, blank=True)
    employer = models.CharField("务工企业名称", max_length=100, blank=True)
    industry = models.CharField("所属行业", max_length=40, blank=True)
    monthly_wage_fen = MoneyField("务工月收入", null=True)
    channel = models.CharField("就业渠道", max_length=40, blank=True)
    point_to_point = models.BooleanField("是否点对点输送", null=True)
    public_post = models.CharField("公益性岗位", max_length=60, blank=True)
    end_reason = models.CharField("结束原因", max_length=100, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "务工"
        ordering = ("member", "-from_month")

    @property
    def where(self) -> str:
        """Where the member works, as briefly as it is known."""
        return self.employer or self.place_name or self.get_area_display()

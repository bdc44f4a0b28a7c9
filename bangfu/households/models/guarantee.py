"""Basic guarantees and water, as dated assessments."""

from __future__ import annotations

from django.db import models

from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.models import TrackedModel
from bangfu.households.enums import GuaranteeKind, GuaranteeResult, HousingLevel, UnrepairedReason
from bangfu.households.models.household import Household


class GuaranteeAssessment(TrackedModel):
    """One guarantee of one household on one day; the latest day counts.

    Water has four measures: litres a person and day, quality, minutes to fetch (there and back),
    reliability (%).
    """

    scope_owner = "household"

    household = models.ForeignKey(Household, models.PROTECT, related_name="guarantees")
    kind = models.CharField("项目", max_length=10, choices=GuaranteeKind)
    assessed_on = models.DateField("核查日期")
    result = models.CharField("结果", max_length=8, choices=GuaranteeResult)
    housing_level = models.CharField("住房鉴定等级", max_length=1, choices=HousingLevel, blank=True)
    unrepaired_reason = models.CharField("未改造原因", max_length=16, choices=UnrepairedReason, blank=True)
    way_out = models.CharField("解决办法", max_length=200, blank=True)
    litres_per_person_day = models.DecimalField("水量（升/人·日）", max_digits=7, decimal_places=1, null=True)
    water_quality_ok = models.BooleanField("水质达标", null=True)
    fetch_minutes = models.DecimalField("取水往返（分钟）", max_digits=6, decimal_places=1, null=True)
    reliability = models.DecimalField("供水保证率（%）", max_digits=5, decimal_places=2, null=True)
    assessed_by = models.CharField("核查人", max_length=60, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "三保障和饮水核查"
        ordering = ("household", "kind", "-assessed_on", "-id")
        indexes = (
            # C、D 级的户很少，靠它找
            models.Index(fields=["housing_level"], name="households_housing_level"),
            models.Index(fields=["household", "kind", "-assessed_on"], name="households_guarantee_latest"),
        )

"""The village register: one dated record after another, so that before and after stand side by side."""

from __future__ import annotations

from django.db import models

from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, TrackedModel
from bangfu.core.money import MoneyField


class VillageRecord(TrackedModel):
    """A village as it was on a day; columns of the national village export (facts.md 2.2) [码], C-204."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    village = models.ForeignKey(Region, models.PROTECT, related_name="records", verbose_name="行政村")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    as_of = models.DateField("截至日期")
    out_of_poverty = models.BooleanField("是否出列", null=True)
    out_of_poverty_year = models.PositiveSmallIntegerField("出列年度", null=True)
    households = models.PositiveIntegerField("总户数", null=True)
    persons = models.PositiveIntegerField("总人口数", null=True)
    natural_villages = models.PositiveIntegerField("自然村数", null=True)
    groups = models.PositiveIntegerField("村民小组数", null=True)
    collective_income_fen = MoneyField("村级集体经济收入", null=True)
    farmland_mu = models.DecimalField("耕地（亩）", max_digits=10, decimal_places=2, null=True)
    forest_mu = models.DecimalField("林地（亩）", max_digits=10, decimal_places=2, null=True)
    resources = models.CharField("资源", max_length=300, blank=True)
    minimum_living_households = models.PositiveIntegerField("低保户数", null=True)
    minimum_living_persons = models.PositiveIntegerField("低保人口数", null=True)
    extreme_poverty_persons = models.PositiveIntegerField("特困供养人口数", null=True)
    disabled_persons = models.PositiveIntegerField("残疾人口数", null=True)
    dangerous_house_households = models.PositiveIntegerField("危房户数", null=True)
    unsafe_water_households = models.PositiveIntegerField("未实现饮水安全户数", null=True)
    pension_persons = models.PositiveIntegerField("参加城乡居民基本养老保险人数", null=True)
    primary_schools = models.PositiveIntegerField("村小学个数", null=True)
    clinics = models.PositiveIntegerField("卫生室个数", null=True)
    doctors = models.PositiveIntegerField("执业（助理）医师数", null=True)
    culture_rooms = models.PositiveIntegerField("文化（图书）室个数", null=True)
    public_toilets = models.PositiveIntegerField("公共卫生厕所个数", null=True)
    waste_points = models.PositiveIntegerField("垃圾集中堆放点个数", null=True)
    bus = models.BooleanField("是否通客运班车", null=True)
    paved_road = models.BooleanField("到乡镇是否通沥青（水泥）路", null=True)
    tap_water = models.BooleanField("是否通自来水", null=True)
    power = models.BooleanField("是否通生产用电", null=True)
    note = models.CharField("说明", max_length=300, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "村情况"
        ordering = ("place", "-as_of")
        constraints = (models.UniqueConstraint(fields=["village", "as_of"], name="households_village_day"),)

"""Who can hold a tie: a unit or a person; units' posts, yearly plans, and what they really brought."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import Unit, User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.core.money import MoneyField
from bangfu.evidence.models import EvidenceFile
from bangfu.support.enums.units import BroughtKind, PlanStanding, PostKind, UnitLevel, UnitNature


class Party(TrackedModel):
    """A unit or a person that helps or is helped; exactly one of ``unit`` and ``user`` is set.

    ``level``, ``nature`` and ``working_body`` (工作机构) are said of units only, as far as known.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="party")
    unit = models.OneToOneField(Unit, models.PROTECT, null=True, related_name="party", verbose_name="单位")
    user = models.OneToOneField(User, models.PROTECT, null=True, related_name="party", verbose_name="人员")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    name = models.CharField("名称", max_length=100)
    level = models.CharField("级别", max_length=10, choices=UnitLevel, blank=True)
    nature = models.CharField("性质", max_length=20, choices=UnitNature, blank=True)
    working_body = models.CharField("工作机构", max_length=100, blank=True)
    region_name = models.CharField("所在地", max_length=60, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "帮扶力量"
        ordering = ("place", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True) ^ models.Q(user__isnull=True), name="support_party_one"
            ),
        )

    def __str__(self) -> str:
        return self.name


class UnitPost(TrackedModel):
    """A person's post in a unit from one day until another; leaders in charge that change are counted."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="单位")
    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name="人员")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    kind = models.CharField("职务类别", max_length=10, choices=PostKind)
    title = models.CharField("职务", max_length=60, blank=True)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)
    paper_number = models.CharField("任职文件", max_length=100, blank=True)
    paper = models.ForeignKey(
        EvidenceFile, models.PROTECT, null=True, related_name="+", verbose_name="文件扫描件"
    )
    end_reason = models.CharField("离任原因", max_length=100, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "单位职务"
        ordering = ("unit", "kind", "-valid_from")
        indexes = (models.Index(fields=["unit", "kind", "valid_to"], name="support_post_unit"),)


class YearPlan(TrackedModel):
    """A unit's plan for its village for one year, and what came of it (C-212)."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="plans", verbose_name="帮扶单位")
    region = models.ForeignKey(Region, models.PROTECT, related_name="year_plans", verbose_name="帮扶地")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    year = models.PositiveSmallIntegerField("年度")
    standing = models.CharField("状态", max_length=10, choices=PlanStanding, default=PlanStanding.DRAFT)
    needs = models.CharField("村的需求", max_length=500)
    measures = models.TextField("帮扶措施", max_length=3000)
    planned_fen = MoneyField("计划投入", null=True)
    adopted_on = models.DateField("定下日期", null=True)
    result = models.TextField("完成情况", max_length=3000, blank=True)
    finished_on = models.DateField("总结日期", null=True)
    paper = models.ForeignKey(
        EvidenceFile, models.PROTECT, null=True, related_name="+", verbose_name="计划扫描件"
    )

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "年度帮扶计划"
        ordering = ("-year", "place")
        constraints = (
            models.UniqueConstraint(fields=["party", "region", "year"], name="support_one_plan_a_year"),
        )


class YearSummary(TrackedModel):
    """A unit's summary of its year of help (C-037)."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="summaries", verbose_name="帮扶单位")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    year = models.PositiveSmallIntegerField("年度")
    text = models.TextField("总结", max_length=5000)
    handed_in_on = models.DateField("报送日期")
    paper = models.ForeignKey(
        EvidenceFile, models.PROTECT, null=True, related_name="+", verbose_name="总结扫描件"
    )

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "年度总结"
        ordering = ("-year", "place")
        constraints = (models.UniqueConstraint(fields=["party", "year"], name="support_one_summary_a_year"),)


class Brought(TrackedModel):
    """What a unit really brought to a place on a day: an amount in fen, or how many (people, firms)."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="brought", verbose_name="帮扶单位")
    region = models.ForeignKey(Region, models.PROTECT, related_name="brought", verbose_name="帮扶地")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    kind = models.CharField("类别", max_length=20, choices=BroughtKind)
    on = models.DateField("日期")
    what = models.CharField("内容", max_length=300)
    amount_fen = MoneyField("金额", null=True)
    count = models.PositiveIntegerField("数量", null=True)
    paper = models.ForeignKey(EvidenceFile, models.PROTECT, null=True, related_name="+", verbose_name="凭证")
    withdrawn_reason = models.CharField("撤下原因", max_length=200, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "帮扶成果"
        ordering = ("-on", "-id")

"""Inspections, their teams, what was drawn and found, and the orders that follow (C-008, C-022, C-109)."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import Unit, User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.households.models import Household
from bangfu.support.enums.meetings import TaskState
from bangfu.support.enums.supervision import HouseholdGroup, InspectionKind, InspectionState


class Inspection(TrackedModel):
    """A cross-inspection, an unannounced visit or routine supervision of the villages of a region.

    ``seed`` decides the whole sample: ``frame`` keeps the codes of the villages that could be drawn, so that
    anybody can draw again. ``by_township`` spreads the villages over the townships.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="inspection")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="检查范围")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    kind = models.CharField("方式", max_length=12, choices=InspectionKind)
    title = models.CharField("名称", max_length=100)
    matter = models.CharField("查什么", max_length=500)
    leader = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="督导组长")
    starts_on = models.DateField("开始")
    ends_on = models.DateField("结束")
    state = models.CharField("状态", max_length=8, choices=InspectionState, default=InspectionState.OPEN)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="发起人")
    seed = models.CharField("抽样种子", max_length=40, blank=True)
    village_count = models.PositiveSmallIntegerField("抽几个村", default=0)
    household_count = models.PositiveSmallIntegerField("每村抽几户", default=0)
    household_group = models.CharField(
        "抽哪些户", max_length=12, choices=HouseholdGroup, default=HouseholdGroup.ALL
    )
    by_township = models.BooleanField("按乡镇分层", default=True)
    frame = models.JSONField("抽样框（村）", default=list)
    drawn_at = models.DateTimeField("抽样时间", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "督导检查"
        ordering = ("-starts_on", "-id")

    def __str__(self) -> str:
        return self.title


class InspectionTeam(TrackedModel):
    """A team of an inspection and the region in which it looks."""

    scope_owner = "inspection"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="teams", verbose_name="检查")
    number = models.PositiveSmallIntegerField("组号")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="检查哪里")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "检查组"
        ordering = ("inspection", "number")
        constraints = (
            models.UniqueConstraint(fields=["inspection", "number"], name="support_inspection_team"),
        )

    def __str__(self) -> str:
        return f"第 {self.number} 组"


class Inspector(TrackedModel):
    """A person of a team; never one from the place that the team looks at."""

    team = models.ForeignKey(InspectionTeam, models.PROTECT, related_name="inspectors", verbose_name="检查组")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="人员")
    leads = models.BooleanField("组长", default=False)

    objects = TrackedScopedQuerySet.as_manager()
    scope_owner = "team"

    class Meta:
        verbose_name = "检查组成员"
        ordering = ("team", "-leads", "id")
        constraints = (models.UniqueConstraint(fields=["team", "user"], name="support_inspector_once"),)


class DrawnVillage(TrackedModel):
    """A village that the seed drew; ``frame`` keeps the uids of the households that could be drawn."""

    scope_owner = "inspection"

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="villages", verbose_name="检查")
    village = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="行政村")
    place = models.CharField("区划代码", max_length=15)
    position = models.PositiveSmallIntegerField("序号")
    frame = models.JSONField("抽样框（户）", default=list)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "抽到的村"
        ordering = ("inspection", "position")


class DrawnHousehold(TrackedModel):
    """A household that the seed drew; ``seen_on`` is the day somebody was there, or None."""

    scope_owner = "drawn_village"

    drawn_village = models.ForeignKey(DrawnVillage, models.PROTECT, related_name="households")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+", verbose_name="户")
    position = models.PositiveSmallIntegerField("序号")
    seen_on = models.DateField("查看日期", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "抽到的户"
        ordering = ("drawn_village", "position")


class SupervisionOrder(TrackedModel):
    """A numbered order to one unit to mend what was found (督办单).

    ``number`` counts within the county and the year of issue. ``place`` is the unit's own when it lies within
    the inspection's.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="supervision_order")
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, null=True, related_name="orders", verbose_name="检查"
    )
    county = models.CharField("县代码", max_length=6)
    number = models.CharField("编号", max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="supervision_orders", verbose_name="责任单位")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    demand = models.CharField("整改要求", max_length=1000)
    issued_on = models.DateField("下发日期")
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="下发人")
    due_on = models.DateField("整改时限")
    state = models.CharField("状态", max_length=10, choices=TaskState, default=TaskState.OPEN)
    closed_on = models.DateField("销号日期", null=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "督办单"
        ordering = ("-issued_on", "-id")
        indexes = (models.Index(fields=["state", "due_on"], name="support_order_due"),)
        constraints = (models.UniqueConstraint(fields=["county", "number"], name="support_order_number"),)

    def __str__(self) -> str:
        return f"督办单 {self.number}"


class Finding(TrackedModel):
    """A problem that was found: what, where, about whom; on an order once a unit has to mend it.

    One that was mended before the inspectors left (``mended_on``, and how) needs no order.

    ``kind`` is a code of the parameter ``finding_kinds``, ``kind_name`` what it was called on that day.
    ``about`` is the household or the village. One that was found outside an inspection has none: it
    is about another matter, such as a project, stands on its order from the first, and ``village`` is the
    region in which the matter lies, which may be a township.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="finding")
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, null=True, related_name="findings", verbose_name="检查"
    )
    about = models.ForeignKey(Subject, models.PROTECT, related_name="findings_about", verbose_name="对象")
    village = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="行政村")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    kind = models.CharField("种类代码", max_length=30)
    kind_name = models.CharField("种类", max_length=40)
    words = models.CharField("问题", max_length=500)
    found_on = models.DateField("发现日期")
    found_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    order = models.ForeignKey(
        SupervisionOrder, models.PROTECT, null=True, related_name="findings", verbose_name="督办单"
    )
    mended_on = models.DateField("当场整改日期", null=True)
    mended_how = models.CharField("当场怎么改的", max_length=300, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "督导问题"
        ordering = ("-found_on", "-id")
        indexes = (models.Index(fields=["kind", "found_on"], name="support_finding_kind"),)


class OrderReply(TrackedModel):
    """What a unit says it mended, and what the re-check found; None until checked."""

    scope_owner = "order"

    order = models.ForeignKey(SupervisionOrder, models.PROTECT, related_name="replies", verbose_name="督办单")
    text = models.CharField("整改情况", max_length=1000)
    answered_on = models.DateField("回复日期")
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="回复人")
    accepted = models.BooleanField("复核通过", null=True)
    checked_on = models.DateField("复核日期", null=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="复核人")
    check_words = models.CharField("复核意见", max_length=500, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "督办回复"
        ordering = ("id",)


class LeaningProblem(TrackedModel):
    """A problem of one kind found in many places, given a name by a person (倾向性问题)."""

    scope_owner = "inspection"

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="leanings", verbose_name="检查")
    kind = models.CharField("种类代码", max_length=30)
    kind_name = models.CharField("种类", max_length=40)
    name = models.CharField("倾向性问题", max_length=200)
    village_count = models.PositiveSmallIntegerField("涉及几个村")
    named_on = models.DateField("归纳日期")
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="归纳人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "倾向性问题"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["inspection", "kind"], name="support_leaning_once"),)

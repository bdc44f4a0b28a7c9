"""Versions of schemes, assessments by them, every point, objections, who may read it (C-089, C-179)."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import Unit, User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.assessment.enums import AskedGroup, IndicatorKind, RoundState, VersionState
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.households.enums import CheckVerdict
from bangfu.support.models import DrawnHousehold


class SchemeVersion(TrackedModel):
    """A version of a scheme's definition: its YAML, for a place (empty: everywhere, as shipped).

    A published text never changes; an assessment keeps the version by which it was reckoned.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    code = models.CharField("方案", max_length=26)
    number = models.PositiveIntegerField("版次号")
    title = models.CharField("名称", max_length=100)
    place = models.CharField("适用区划", max_length=15, blank=True)
    text = models.TextField("定义")
    digest = models.CharField("指纹", max_length=64, db_index=True)
    state = models.CharField("状态", max_length=10, choices=VersionState, default=VersionState.DRAFT)
    is_shipped = models.BooleanField("随软件带来", default=False)
    note = models.CharField("修改说明", max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="编写人")
    made_at = models.DateTimeField("编写时间")
    published_at = models.DateTimeField("发布时间", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "考核方案的版本"
        ordering = ("code", "-number")
        constraints = (
            models.UniqueConstraint(fields=["code", "number"], name="assessment_number"),
            models.UniqueConstraint(
                fields=["code", "digest"], condition=models.Q(is_shipped=True), name="assessment_shipped_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} 第 {self.number} 版"


class AssessmentRound(TrackedModel):
    """Units or townships of a region are assessed by a scheme for a period.

    ``read_at`` is when the records were last counted; ``objections_until`` the last day for objecting.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    scheme = models.ForeignKey(
        SchemeVersion, models.PROTECT, related_name="rounds", verbose_name="方案的版本"
    )
    code = models.CharField("方案", max_length=26, db_index=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="哪里的考核")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    title = models.CharField("名称", max_length=100)
    starts_on = models.DateField("考核期自")
    ends_on = models.DateField("考核期至")
    state = models.CharField("状态", max_length=10, choices=RoundState, default=RoundState.DRAFT)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="组织人")
    read_at = models.DateTimeField("取数时间", null=True)
    told_on = models.DateField("告知日期", null=True)
    objections_until = models.DateField("异议截止", null=True)
    final_on = models.DateField("审定日期", null=True)
    final_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="审定人")
    published_on = models.DateField("公布日期", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "考核"
        ordering = ("-ends_on", "-id")

    def __str__(self) -> str:
        return self.title


class CircleUnit(TrackedModel):
    """A unit that reads the published result; the circle is named, nobody else reads it."""

    scope_owner = "round"

    round = models.ForeignKey(AssessmentRound, models.PROTECT, related_name="circle", verbose_name="考核")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "公布范围里的单位"
        ordering = ("round", "unit")
        constraints = (models.UniqueConstraint(fields=["round", "unit"], name="assessment_circle_once"),)


class Assessed(TrackedModel):
    """A unit or a township in an assessment, never a person. ``total`` is None until all points are there."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="assessed")
    round = models.ForeignKey(AssessmentRound, models.PROTECT, related_name="assessed", verbose_name="考核")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="单位")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", verbose_name="乡镇")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    name = models.CharField("考核对象", max_length=100)
    total = models.DecimalField("总分", max_digits=8, decimal_places=2, null=True)
    words = models.CharField("总分怎样来的", max_length=300, blank=True)
    grade = models.CharField("等次", max_length=40, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "考核对象"
        ordering = ("round", "place", "name")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True) ^ models.Q(region__isnull=True),
                name="assessment_one_whom",
            ),
            models.UniqueConstraint(fields=["round", "unit"], name="assessment_unit_once"),
            models.UniqueConstraint(fields=["round", "region"], name="assessment_region_once"),
        )

    def __str__(self) -> str:
        return self.name


class Score(TrackedModel):
    """The points of an indicator and how they came about; ``marks`` is None until it is reckoned.

    ``value`` is the number behind it, ``proof`` what proves one that was typed.
    """

    scope_owner = "assessed"

    assessed = models.ForeignKey(Assessed, models.PROTECT, related_name="scores", verbose_name="考核对象")
    position = models.PositiveSmallIntegerField("序号")
    indicator = models.CharField("指标编号", max_length=26)
    group = models.CharField("类别", max_length=60, blank=True)
    title = models.CharField("指标", max_length=200)
    kind = models.CharField("种类", max_length=10, choices=IndicatorKind)
    weight = models.DecimalField("权重", max_digits=6, decimal_places=2)
    full = models.DecimalField("满分", max_digits=8, decimal_places=2)
    typed = models.BooleanField("手填", default=False)
    value = models.DecimalField("数", max_digits=18, decimal_places=4, null=True)
    marks = models.DecimalField("得分", max_digits=8, decimal_places=2, null=True)
    points = models.DecimalField("计入总分", max_digits=8, decimal_places=2, null=True)
    words = models.CharField("怎样算的", max_length=500, blank=True)
    proof = models.CharField("证据", max_length=300, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="填写人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "考核得分"
        ordering = ("assessed", "position")
        constraints = (
            models.UniqueConstraint(fields=["assessed", "indicator"], name="assessment_score_once"),
        )


class Objection(TrackedModel):
    """What the assessed object to; ``upheld`` is None until it is answered."""

    scope_owner = "assessed"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    assessed = models.ForeignKey(Assessed, models.PROTECT, related_name="objections", verbose_name="考核对象")
    score = models.ForeignKey(
        Score, models.PROTECT, null=True, related_name="objections", verbose_name="哪一项"
    )
    words = models.CharField("异议", max_length=1000)
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    raised_on = models.DateField("提出日期")
    upheld = models.BooleanField("异议成立", null=True)
    answer = models.CharField("答复", max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="答复人")
    answered_on = models.DateField("答复日期", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "考核异议"
        ordering = ("id",)


class SampleAnswer(TrackedModel):
    """What was found at a household that an inspection drew: identified rightly, satisfied, aware (C-209).

    ``group`` is what it counted as on that day. ``satisfied`` and ``aware`` are None where nobody answered.
    """

    scope_owner = "drawn"

    drawn = models.OneToOneField(
        DrawnHousehold, models.PROTECT, related_name="sample_answer", verbose_name="抽到的户"
    )
    group = models.CharField("哪类户", max_length=12, choices=AskedGroup)
    verdict = models.CharField("识别", max_length=20, choices=CheckVerdict)
    satisfied = models.BooleanField("满意", null=True)
    aware = models.BooleanField("知晓", null=True)
    note = models.CharField("说明", max_length=300, blank=True)
    asked_on = models.DateField("入户日期")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "抽样调查结果"
        ordering = ("drawn",)

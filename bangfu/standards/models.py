"""Versions of standards, and checks of things by them."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.core.money import MoneyField
from bangfu.funds.models import FundSource
from bangfu.projects.models import Project
from bangfu.standards.enums import CheckVerdict, SubsidyState, VersionState


class StandardVersion(TrackedModel):
    """A version of a standard's definition: its YAML, for a place (empty: everywhere, as shipped).

    A published text never changes; a check keeps the version by which it was judged.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    code = models.CharField("标准", max_length=26)
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
        verbose_name = "标准的版本"
        ordering = ("code", "-number")
        constraints = (
            models.UniqueConstraint(fields=["code", "number"], name="standards_number"),
            models.UniqueConstraint(
                fields=["code", "digest"], condition=models.Q(is_shipped=True), name="standards_shipped_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} 第 {self.number} 版"


class StandardCheck(TrackedModel):
    """A thing was examined by a standard on a day. ``row_uid`` is the ledger's row that it is, if it is one.

    ``earlier`` is the check that this one repeats; ``is_latest`` until it is repeated itself.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="standard_check")
    standard = models.ForeignKey(
        StandardVersion, models.PROTECT, related_name="checks", verbose_name="标准的版本"
    )
    code = models.CharField("标准", max_length=26, db_index=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="地方")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    thing = models.CharField("验收什么", max_length=100)
    row_uid = models.UUIDField("台账的行", null=True)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, related_name="standard_checks", verbose_name="项目"
    )
    earlier = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="later", verbose_name="上一次"
    )
    is_latest = models.BooleanField("最近一次", default=True)
    on = models.DateField("验收日期")
    verdict = models.CharField("结果", max_length=10, choices=CheckVerdict)
    score = models.PositiveIntegerField("得分")
    words = models.CharField("意见", max_length=500, blank=True)
    due_on = models.DateField("整改时限", null=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "达标验收"
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return self.thing


class CheckItem(TrackedModel):
    """What a check found of an item; ``met`` is None where nobody looked. ``value`` is in words."""

    scope_owner = "check_of"

    check_of = models.ForeignKey(StandardCheck, models.PROTECT, related_name="items", verbose_name="验收")
    position = models.PositiveSmallIntegerField("序号")
    item = models.CharField("项目编号", max_length=26)
    title = models.CharField("项目", max_length=200)
    demand = models.CharField("要求", max_length=300)
    value = models.CharField("查到的", max_length=100)
    number = models.DecimalField("数", max_digits=18, decimal_places=4, null=True)
    met = models.BooleanField("符合", null=True)
    veto = models.BooleanField("一票否决", default=False)
    points = models.PositiveIntegerField("得分")
    full = models.PositiveIntegerField("满分")
    missing = models.CharField("差什么", max_length=300, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "验收的一项"
        ordering = ("check_of", "position")


class CheckSigner(TrackedModel):
    """Who examined and signed, with the unit."""

    scope_owner = "check_of"

    check_of = models.ForeignKey(StandardCheck, models.PROTECT, related_name="signers", verbose_name="验收")
    name = models.CharField("姓名", max_length=40)
    unit = models.CharField("单位", max_length=100)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "验收签字人"
        ordering = ("check_of", "id")


class SubsidyProposal(TrackedModel):
    """What a thing that passed should be given, and from which source it will be.

    No money moves here: the source is where the proposal is to be paid from.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    check_of = models.OneToOneField(
        StandardCheck, models.PROTECT, related_name="subsidy", verbose_name="验收"
    )
    place = models.CharField("区划代码", max_length=15, db_index=True)
    amount = MoneyField("金额")
    words = models.CharField("怎样算的", max_length=300)
    state = models.CharField("状态", max_length=10, choices=SubsidyState, default=SubsidyState.PROPOSED)
    source = models.ForeignKey(
        FundSource, models.PROTECT, null=True, related_name="subsidies", verbose_name="从哪份指标"
    )
    answer = models.CharField("答复", max_length=300, blank=True)
    proposed_on = models.DateField("提出日期")
    answered_on = models.DateField("答复日期", null=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="答复人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "补助建议"
        ordering = ("-proposed_on", "-id")

    def __str__(self) -> str:
        return self.check_of.thing

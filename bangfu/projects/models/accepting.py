"""After it is built: acceptance, settlement, assets and what becomes of them."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.core.money import MoneyField
from bangfu.projects.enums.works import AssetEventKind, AssetKind, AssetState
from bangfu.projects.models.admission import Project
from bangfu.projects.models.deciding import ProjectRecord


class Acceptance(ProjectRecord):
    """One acceptance by several parties with the 100-point sheet of ``acceptance.yaml`` (C-138, C-173).

    ``parties`` are lines 单位 姓名; ``scores`` maps the items' codes to points. The three persons answer for
    quality at village, township and county.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="acceptances", verbose_name="项目")
    held_on = models.DateField("验收日期")
    parties = models.JSONField("参加验收的各方", default=list)
    scores = models.JSONField("逐项得分", default=dict)
    total = models.PositiveSmallIntegerField("总分")
    passed = models.BooleanField("验收合格")
    village_person = models.CharField("村级质量责任人", max_length=60)
    township_person = models.CharField("乡镇质量责任人", max_length=60)
    county_person = models.CharField("县级质量责任人", max_length=60)
    words = models.CharField("验收意见", max_length=1000, blank=True)

    class Meta:
        verbose_name = "项目验收"
        ordering = ("held_on", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(total__lte=100), name="projects_acceptance_total"),
        )


class Settlement(ProjectRecord):
    """The audit of what it really cost; fen."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="settlements", verbose_name="项目")
    audited_on = models.DateField("审计日期")
    auditor = models.CharField("审计单位", max_length=100)
    report_number = models.CharField("报告文号", max_length=100)
    submitted = MoneyField("送审金额（分）")
    settled = MoneyField("审定金额（分）")

    class Meta:
        verbose_name = "决算审计"
        ordering = ("audited_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(settled__lte=models.F("submitted")), name="projects_settled_not_more"
            ),
        )


class Asset(TrackedModel):
    """What a project left behind: whose it is, who looks after it (facts 3.6)."""

    scope_owner = "project"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="assets", verbose_name="项目")
    name = models.CharField("资产名称", max_length=100)
    kind = models.CharField("资产类别", max_length=10, choices=AssetKind)
    original = MoneyField("原值（分）")
    spot = models.CharField("坐落", max_length=100)
    owner = models.CharField("产权归属", max_length=100)
    registered_on = models.DateField("确权登记日期")
    handed_over_on = models.DateField("移交日期", null=True)
    maintainer = models.CharField("管护责任人（单位）", max_length=100, blank=True)
    maintenance = models.CharField("管护要求和经费", max_length=500, blank=True)
    state = models.CharField("状态", max_length=12, choices=AssetState, default=AssetState.REGISTERED)
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "项目资产"
        ordering = ("project", "id")

    def __str__(self) -> str:
        return self.name


class AssetEvent(TrackedModel):
    """Maintenance, shared income, or disposal with approval; income in fen with who got it in words."""

    scope_owner = "asset"

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="events", verbose_name="资产")
    kind = models.CharField("什么事", max_length=10, choices=AssetEventKind)
    on = models.DateField("日期")
    amount = MoneyField("金额（分）", default=0)
    household_count = models.PositiveIntegerField("受益户数", default=0)
    words = models.CharField("情况", max_length=500)
    approval_number = models.CharField("批准文号", max_length=100, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "资产管护和收益"
        ordering = ("on", "id")

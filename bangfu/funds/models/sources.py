"""Where money comes from and to which project it goes (C-027, C-128, C-130)."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, TrackedModel
from bangfu.funds.models.kernel import Account
from bangfu.projects.enums.admission import SourceKind
from bangfu.projects.models import Contract, Project


class FundSource(TrackedModel):
    """What one notice or one donation brought. Its money stands in ``account``.

    ``book`` names the special account whose books it is kept in; ``pooled`` says that it was merged with
    others (整合); ``donor`` is filled for donations. ``received_on`` is the day it reached the county:
    from it the time to allocate is counted.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    account = models.OneToOneField(Account, models.PROTECT, related_name="fund_source")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="到哪里")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    kind = models.CharField("来源", max_length=12, choices=SourceKind)
    notice_number = models.CharField("指标文号", max_length=100)
    noticed_on = models.DateField("文件日期")
    received_on = models.DateField("到县日期")
    year = models.PositiveSmallIntegerField("年度")
    purpose = models.CharField("用途方向", max_length=100)
    book = models.CharField("专户（账套）", max_length=60)
    pooled = models.BooleanField("纳入整合", default=False)
    donor = models.CharField("捐赠人", max_length=100, blank=True)
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "资金来源"
        ordering = ("-noticed_on", "-id")
        indexes = (models.Index(fields=["year", "place"], name="funds_source_year"),)
        constraints = (
            models.UniqueConstraint(
                fields=["place", "notice_number", "purpose"], name="funds_source_notice_once"
            ),
        )

    def __str__(self) -> str:
        return self.notice_number


class Allocation(TrackedModel):
    """Money of one source given to one project by one paper.

    ``reward_basis`` is the paper by which a good result is rewarded with it (C-224); empty: no reward.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    account = models.OneToOneField(Account, models.PROTECT, related_name="allocation")
    source = models.ForeignKey(FundSource, models.PROTECT, related_name="allocations", verbose_name="来源")
    project = models.ForeignKey(Project, models.PROTECT, related_name="allocations", verbose_name="项目")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    paper_number = models.CharField("下达文号", max_length=100)
    reward_basis = models.CharField("奖励依据", max_length=100, blank=True)
    on = models.DateField("下达日期")
    allocated_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "资金下达"
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return f"{self.source.notice_number}：{self.project.name}"


class PlanAccount(TrackedModel):
    """How much of a project's planned money was allocated: the account's amount is the plan's."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="plan_account")
    account = models.OneToOneField(Account, models.PROTECT, related_name="plan_account")

    objects = TrackedScopedQuerySet.as_manager()
    scope_owner = "project"

    class Meta:
        verbose_name = "项目资金账户"


class ContractAccount(TrackedModel):
    """How much of a contract was claimed: the account's amount is the contract's."""

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="fund_account")
    account = models.OneToOneField(Account, models.PROTECT, related_name="contract_account")

    objects = TrackedScopedQuerySet.as_manager()
    scope_owner = "contract"

    class Meta:
        verbose_name = "合同账户"

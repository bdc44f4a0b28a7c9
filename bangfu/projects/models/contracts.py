"""Contracts of a project, and their changes with approval (C-126)."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.core.money import MoneyField
from bangfu.evidence.models import EvidenceFile
from bangfu.projects.enums.works import ContractObject, ContractWay
from bangfu.projects.models.admission import Project


class Contract(TrackedModel):
    """An agreement with a builder or supplier. ``amount`` is today's, in fen, after all approved changes.

    ``signed_amount`` is what was signed. ``retention`` is the share kept back until the warranty ends, in
    thousandths of the amount. A void contract pays nothing.
    """

    scope_owner = "project"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="contracts", verbose_name="项目")
    number = models.CharField("合同编号", max_length=60)
    contractor = models.CharField("承包（供应）单位", max_length=100)
    matter = models.CharField("合同内容", max_length=300)
    object = models.CharField("买什么", max_length=10, choices=ContractObject)
    way = models.CharField("怎样选定", max_length=12, choices=ContractWay)
    selected_on = models.DateField("中标（选定）日期")
    signed_amount = MoneyField("签订金额（分）")
    amount = MoneyField("合同金额（分）")
    retention = models.PositiveSmallIntegerField("质保金（千分之）", default=0)
    warranty_until = models.DateField("质保期至", null=True)
    signed_on = models.DateField("签订日期")
    starts_on = models.DateField("约定开工")
    ends_on = models.DateField("约定竣工")
    paper = models.ForeignKey(
        EvidenceFile, models.PROTECT, null=True, related_name="+", verbose_name="合同扫描件"
    )
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "合同"
        ordering = ("project", "signed_on", "id")
        constraints = (
            models.UniqueConstraint(fields=["project", "number"], name="projects_contract_number"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="projects_contract_positive"),
            models.CheckConstraint(
                condition=models.Q(retention__lte=1000), name="projects_contract_retention"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.contractor}"

    @property
    def retention_fen(self) -> int:
        """What is kept back until the warranty ends, in whole fen, never more than the share."""
        return self.amount * self.retention // 1000


class ContractChange(TrackedModel):
    """An approved change of a contract: its amount before and after, its end, and by which approval."""

    scope_owner = "contract"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="changes", verbose_name="合同")
    reason = models.CharField("变更原因", max_length=500)
    amount_before = MoneyField("变更前金额（分）")
    amount_after = MoneyField("变更后金额（分）")
    ends_on = models.DateField("变更后竣工")
    approval_number = models.CharField("批准文号", max_length=100)
    approved_on = models.DateField("批准日期")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "合同变更"
        ordering = ("contract", "id")

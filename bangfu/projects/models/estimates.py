"""What a project or a contract is to cost, item by item (C-166, C-172)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.models import TrackedModel
from bangfu.core.money import MoneyField
from bangfu.projects.models.admission import Project
from bangfu.projects.models.contracts import Contract
from bangfu.projects.models.deciding import ProjectRecord


class Estimate(ProjectRecord):
    """One version of the items of a project, or of one of its contracts; ``total`` in fen.

    The one that nothing superseded holds; earlier ones stay to be read. From the admission on, and for every
    change of a contract's, ``approval_number`` and ``approved_on`` say who allowed it.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="estimates", verbose_name="项目")
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, related_name="estimates", verbose_name="合同"
    )
    number = models.PositiveSmallIntegerField("第几次")
    drawn_on = models.DateField("编制日期")
    total = MoneyField("分项合计（分）")
    reason = models.CharField("为什么改", max_length=500, blank=True)
    approval_number = models.CharField("批准文号", max_length=100, blank=True)
    approved_on = models.DateField("批准日期", null=True)
    superseded_on = models.DateField("改掉的日期", null=True)

    class Meta:
        verbose_name = "概算分项"
        ordering = ("project", "contract", "number")
        constraints = (
            models.CheckConstraint(condition=Q(total__gt=0), name="projects_estimate_positive"),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(contract=None, superseded_on=None),
                name="projects_estimate_of_project",
            ),
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(superseded_on=None),
                name="projects_estimate_of_contract",
            ),
        )


class EstimateItem(TrackedModel):
    """One line: so many units at a price in fen; ``amount`` is their product, rounded to whole fen."""

    scope_owner = "estimate"

    estimate = models.ForeignKey(Estimate, models.PROTECT, related_name="items", verbose_name="概算")
    position = models.PositiveSmallIntegerField("序号")
    name = models.CharField("分项", max_length=100)
    unit = models.CharField("单位", max_length=20)
    quantity = models.DecimalField("数量", max_digits=14, decimal_places=3)
    price = MoneyField("单价（分）")
    amount = MoneyField("金额（分）")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "概算的一项"
        ordering = ("estimate", "position")
        constraints = (
            models.UniqueConstraint(fields=["estimate", "position"], name="projects_estimate_item_position"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, price__gt=0, amount__gt=0), name="projects_estimate_item_positive"
            ),
        )

"""When how much of a contract is to be paid (C-032, C-099)."""

from __future__ import annotations

from django.db import models

from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.models import TrackedModel
from bangfu.core.money import MoneyField
from bangfu.projects.models import Contract


class Instalment(TrackedModel):
    """One part of a contract's payment schedule: due on a day, once so much of the works is built."""

    scope_owner = "contract"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="instalments", verbose_name="合同")
    number = models.PositiveSmallIntegerField("第几笔")
    due_on = models.DateField("应付日期")
    percent = models.PositiveSmallIntegerField("形象进度至少（%）")
    fen = MoneyField("金额（分）")
    words = models.CharField("名目", max_length=100)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "付款计划"
        ordering = ("contract", "number")
        constraints = (
            models.UniqueConstraint(fields=["contract", "number"], name="funds_instalment_once"),
            models.CheckConstraint(
                condition=models.Q(fen__gt=0) & models.Q(percent__lte=100), name="funds_instalment_fits"
            ),
        )

    def __str__(self) -> str:
        return f"第 {self.number} 笔 {self.words}"

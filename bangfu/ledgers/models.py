"""Saved views of ledger pages, and exports that a worker makes."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.core.ids import uid7


class SavedView(models.Model):
    """A person's own name for the address of a ledger page with its filters, columns and order."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    ledger = models.CharField("台账", max_length=40)
    name = models.CharField("名称", max_length=40)
    query = models.CharField("条件", max_length=2000)

    class Meta:
        verbose_name = "存下的视图"
        ordering = ("ledger", "name")
        constraints = (
            models.UniqueConstraint(fields=["user", "ledger", "name"], name="ledgers_saved_view_name"),
        )


class LedgerExport(models.Model):
    """A workbook too large for one request: what was asked, and, once a worker has made it, where it lies.

    ``digest`` is empty until then; the file is deleted some days later, and the row with it.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="ledger_exports")
    ledger = models.CharField("台账", max_length=40)
    query = models.TextField("条件", blank=True)
    asked_at = models.DateTimeField("提交")
    rows = models.PositiveIntegerField("行数", null=True)
    digest = models.CharField("指纹", max_length=64, blank=True)

    class Meta:
        verbose_name = "大导出"
        ordering = ("-asked_at", "-id")

"""Saved views of ledger pages."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User


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

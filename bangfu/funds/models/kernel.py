"""Accounts and the entries that move money between them (C-031, C-128)."""

from __future__ import annotations

from django.db import models

from bangfu.access.scope import ScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import unchecked_change
from bangfu.core.money import MoneyField
from bangfu.funds.enums.funds import AccountKind, EntryKind


class Account(models.Model):
    """How much there is and how much of it is used, in fen: the database itself lets nobody use more.

    ``amount`` is the sum of the entries that it took, ``used`` of those that it gave; its history is they.
    """

    kind = models.CharField("种类", max_length=10, choices=AccountKind)
    place = models.CharField("区划代码", max_length=15)
    label = models.CharField("名称", max_length=200)
    used = MoneyField("已用（分）", default=0)
    amount = MoneyField("金额（分）", default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "账户"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(used__gte=0) & models.Q(used__lte=models.F("amount")),
                name="funds_account_never_overspent",
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def rest(self) -> int:
        """What is not used yet, in fen."""
        return self.amount - self.used


class Entry(models.Model):
    """One posting: ``fen`` from ``giver`` to ``taker`` (null: the world outside). Append-only.

    A reversal is an entry of its own, below zero, that names what it reverses. ``source`` and ``project``
    say whose money it is, so that a trace asks one index.
    """

    append_only = True

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    kind = models.CharField("事项", max_length=16, choices=EntryKind)
    giver = models.ForeignKey(Account, models.PROTECT, null=True, related_name="given", verbose_name="出")
    taker = models.ForeignKey(Account, models.PROTECT, null=True, related_name="taken", verbose_name="入")
    fen = MoneyField("金额（分）")
    source = models.ForeignKey("FundSource", models.PROTECT, null=True, related_name="entries")
    project = models.ForeignKey("projects.Project", models.PROTECT, null=True, related_name="fund_entries")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    on = models.DateField("日期")
    posted_at = models.DateTimeField("记账时间")
    voucher = models.CharField("凭证", max_length=60, blank=True)
    words = models.CharField("摘要", max_length=200, blank=True)
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="reversals")
    change = unchecked_change()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "资金账"
        ordering = ("-on", "-id")
        indexes = (
            models.Index(fields=["source", "on"], name="funds_entry_source"),
            models.Index(fields=["project", "on"], name="funds_entry_project"),
            models.Index(fields=["on", "id"], name="funds_entry_day"),
        )
        constraints = (models.CheckConstraint(condition=~models.Q(fen=0), name="funds_entry_not_nothing"),)

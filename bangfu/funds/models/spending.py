"""Claims with their invoices, payments with their vouchers, money to households (C-129, C-145)."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.core.money import MoneyField
from bangfu.funds.enums.funds import CardResult, ClaimState
from bangfu.funds.models.kernel import Account, Entry
from bangfu.funds.models.sources import Allocation
from bangfu.households.models import Household
from bangfu.projects.models import Contract, Project


class Invoice(TrackedModel):
    """An invoice by its code and number; the claims on it never exceed its amount (``account``)."""

    account = models.OneToOneField(Account, models.PROTECT, related_name="invoice")
    code = models.CharField("发票代码", max_length=20, blank=True)
    number = models.CharField("发票号码", max_length=30)
    place = models.CharField("区划代码", max_length=15, db_index=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "发票"
        constraints = (models.UniqueConstraint(fields=["code", "number"], name="funds_invoice_once"),)

    def __str__(self) -> str:
        return f"发票 {self.code} {self.number}".replace("  ", " ")


class Claim(TrackedModel):
    """What a contractor asks for on a contract (报账); what of it was paid stands in ``account``.

    ``releases_retention``: it claims what was kept back until the warranty ended.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    account = models.OneToOneField(Account, models.PROTECT, related_name="claim")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="claims", verbose_name="合同")
    project = models.ForeignKey(Project, models.PROTECT, related_name="claims", verbose_name="项目")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="claims", verbose_name="发票")
    releases_retention = models.BooleanField("付质保金", default=False)
    claimed_on = models.DateField("报账日期")
    words = models.CharField("事由", max_length=200)
    state = models.CharField("状态", max_length=10, choices=ClaimState, default=ClaimState.SUBMITTED)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="报账人")
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="审核人")
    reviewed_on = models.DateField("审核日期", null=True)
    review_words = models.CharField("审核意见", max_length=300, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "报账"
        ordering = ("-claimed_on", "-id")
        indexes = (models.Index(fields=["state", "place"], name="funds_claim_state"),)

    def __str__(self) -> str:
        return f"{self.contract.number} {self.words}"


class SubsidyBatch(TrackedModel):
    """Money of an allocation to households by bank card, without a contract.

    ``repeats`` is the batch whose refused households get theirs once more.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="batches", verbose_name="下达")
    project = models.ForeignKey(Project, models.PROTECT, related_name="subsidy_batches", verbose_name="项目")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    title = models.CharField("批次", max_length=100)
    sent_on = models.DateField("发放日期")
    repeats = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="repeated_by", verbose_name="补发"
    )
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "到户发放批次"
        ordering = ("-sent_on", "-id")

    def __str__(self) -> str:
        return self.title


class SubsidyLine(TrackedModel):
    """One household of a batch, and what the bank said."""

    scope_owner = "household"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    batch = models.ForeignKey(SubsidyBatch, models.PROTECT, related_name="lines", verbose_name="批次")
    household = models.ForeignKey(Household, models.PROTECT, related_name="subsidies", verbose_name="户")
    fen = MoneyField("金额（分）")
    result = models.CharField("结果", max_length=8, choices=CardResult, default=CardResult.SENT)
    result_on = models.DateField("回单日期", null=True)
    reason = models.CharField("没有到账的原因", max_length=200, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "到户发放"
        ordering = ("batch", "id")
        constraints = (
            models.UniqueConstraint(fields=["batch", "household"], name="funds_subsidy_once"),
            models.CheckConstraint(condition=models.Q(fen__gt=0), name="funds_subsidy_positive"),
        )


class Payment(TrackedModel):
    """Money that left an allocation, with its accounting voucher: no voucher of a book and year twice."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="payments", verbose_name="报账")
    batch = models.OneToOneField(
        SubsidyBatch, models.PROTECT, null=True, related_name="payment", verbose_name="到户批次"
    )
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="payments", verbose_name="下达")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="payment")
    fen = MoneyField("金额（分）")
    paid_on = models.DateField("支付日期")
    book = models.CharField("专户（账套）", max_length=60)
    year = models.PositiveSmallIntegerField("凭证年度")
    voucher = models.CharField("凭证号", max_length=60)
    reversed_on = models.DateField("冲回日期", null=True)
    reverse_reason = models.CharField("冲回原因", max_length=200, blank=True)
    paid_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "支付"
        ordering = ("-paid_on", "-id")
        constraints = (
            models.UniqueConstraint(fields=["book", "year", "voucher"], name="funds_voucher_once"),
            models.CheckConstraint(
                condition=models.Q(claim__isnull=True) ^ models.Q(batch__isnull=True),
                name="funds_payment_one_reason",
            ),
        )

    def __str__(self) -> str:
        return f"凭证 {self.voucher}"

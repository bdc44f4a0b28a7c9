"""Forms of a claim: what is claimed, what the review says, what is paid, why it is reversed."""

from __future__ import annotations

from typing import Any

from django import forms

from bangfu.core.money import yuan_text
from bangfu.funds.actions.claims import Bill
from bangfu.funds.actions.payments import Voucher
from bangfu.funds.enums.funds import EntryKind
from bangfu.funds.models import Allocation, Claim
from bangfu.funds.queries.spending import allocations_to_pay
from bangfu.households.forms.fields import YuanField
from bangfu.projects.forms.parts import day_field, words_field, yes_no_field


class ClaimForm(forms.Form):
    """What a contractor asks for, with its invoice."""

    fen = YuanField(
        label="报账金额（元）", help_text="可以写 30万。一张发票可以分几次报，合计不超过发票金额。"
    )
    invoice_code = forms.CharField(
        label="发票代码", max_length=20, required=False, help_text="数电发票没有代码，空着。"
    )
    invoice_number = forms.CharField(label="发票号码", max_length=30)
    invoice_fen = YuanField(label="发票金额（元）")
    words = forms.CharField(label="报的是什么", max_length=200, help_text="例如：第二笔进度款。")
    claimed_on = day_field("报账日期")
    releases_retention = forms.BooleanField(
        label="这一笔是质保金", required=False, help_text="质保期满了才能报。"
    )

    def bill(self) -> Bill:
        """The facts, once the form is valid."""
        return Bill(**self.cleaned_data)


def said_before(claim: Claim) -> dict[str, Any]:
    """What a claim says, as the form takes it; also of a returned one, which holds no money any more."""
    last = claim.account.taken.filter(kind=EntryKind.CLAIMED).order_by("pk").last()
    return {
        "fen": last and last.fen,
        "invoice_code": claim.invoice.code,
        "invoice_number": claim.invoice.number,
        "invoice_fen": claim.invoice.account.amount,
        "words": claim.words,
        "claimed_on": claim.claimed_on,
        "releases_retention": claim.releases_retention,
    }


class ReviewForm(forms.Form):
    """Pass it on to payment, or return it."""

    approve = yes_no_field("审核结果", "通过，转支付", "退回")
    words = words_field("意见", "退回要写明哪里不对。", longest=300, required=False)
    on = day_field("审核日期")


class _AllocationField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Allocation) -> str:
        """The notice and what is left of it."""
        return f"{obj.source}，{obj.paper_number}，还剩 {yuan_text(obj.account.rest)} 元"


class VoucherForm(forms.Form):
    """The accounting voucher of a payment."""

    voucher = forms.CharField(
        label="凭证号", max_length=60, help_text="会计凭证的编号，同一账套同一年不能重复。"
    )
    paid_on = day_field("支付日期")

    def said_voucher(self) -> Voucher:
        """The facts, once the form is valid."""
        return Voucher(self.cleaned_data["voucher"], self.cleaned_data["paid_on"])


class PayForm(VoucherForm):
    """From which allocation, how much, by which voucher."""

    allocation = _AllocationField(Allocation.objects.none(), label="从哪笔下达资金付", empty_label="请选")
    fen = YuanField(label="支付金额（元）")
    field_order = ("allocation", "fen", "voucher", "paid_on")

    def __init__(self, claim: Claim, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = allocations_to_pay(claim.project)
        self.fields["allocation"].queryset = rows  # type: ignore[attr-defined]


class ReverseForm(forms.Form):
    """Why a payment is taken back."""

    reason = words_field("为什么冲回", "例如：银行退票、付错账户。冲回以后这笔报账重新待支付。", longest=200)
    on = day_field("冲回日期")

"""Forms of money to households: the list, and what the bank answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bangfu.access.models import User
from bangfu.core.errors import SituationForbids
from bangfu.core.money import yuan_text
from bangfu.funds.enums.funds import CardResult
from bangfu.funds.forms.claims import VoucherForm
from bangfu.funds.importing.household_lists import (
    amounts_of,
    answers_of,
    names_in,
    read_lines,
    reasons_of,
)
from bangfu.funds.models import Allocation, SubsidyBatch
from bangfu.funds.queries.recipients import households_named
from bangfu.projects.forms.parts import day_field

_FILE_HELP = "{}。选了文件，先读进上面的框里，核对以后再按一次。"
_LONGEST = 400_000


def _list_field(label: str, help_text: str, example: str, **options: Any) -> forms.CharField:
    area = forms.Textarea({"rows": 10, "placeholder": example})
    return forms.CharField(label=label, help_text=help_text, widget=area, max_length=_LONGEST, **options)


class PayHouseholdsForm(VoucherForm):
    """Who gets how much."""

    title = forms.CharField(label="批次名称", max_length=100, help_text="例如：2026 年第二批产业奖补。")
    lines = _list_field(
        "发给谁", "一行一户：户编号（或户主），金额（元）。可以从 Excel 复制几列贴进来。", "5309210001，1200"
    )
    file = forms.FileField(
        label="或者传 Excel 名单",
        required=False,
        help_text=_FILE_HELP.format("表头写“户编号（或户主）、金额”"),
    )
    field_order = ("title", "lines", "file", "voucher", "paid_on")

    def __init__(self, user: User, allocation: Allocation, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._user, self._allocation = user, allocation

    def clean_lines(self) -> dict[Any, int]:
        """Fen by household; raises ValidationError that names each wrong line."""
        try:
            lines = read_lines(self.cleaned_data["lines"])
            return amounts_of(lines, households_named(self._user, self._allocation.place, names_in(lines)))
        except SituationForbids as refusal:
            raise ValidationError(refusal.message) from refusal


def repeat_said(batch: SubsidyBatch) -> dict[str, Any]:
    """The households of a batch whom the bank refused, as the form takes them."""
    refused = batch.lines.filter(result=CardResult.FAILED).select_related("household").order_by("pk")
    lines = [f"{line.household.code or line.household.head_name}，{yuan_text(line.fen)}" for line in refused]
    return {"title": f"{batch.title}（补发）"[:100], "lines": "\n".join(lines)}


class CardResultForm(forms.Form):
    """Whom the bank could not pay; all others were paid."""

    lines = _list_field(
        "没有到账的",
        "一行一户：户编号（或户主），银行说的原因。全部到账就空着。没有写的户都记为到账。",
        "5309210001，户名不符",
        required=False,
    )
    file = forms.FileField(
        label="或者传银行回单",
        required=False,
        help_text=_FILE_HELP.format("表头写“户编号（或户主）、失败原因”，成功的不写原因"),
    )
    on = day_field("回单日期")

    def __init__(self, batch: SubsidyBatch, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._lines = list(batch.lines.select_related("household"))

    def clean_lines(self) -> list[tuple[Any, str]]:
        """The lines of the batch that failed, with the reason; raises ValidationError."""
        by_household = {line.household: line for line in self._lines}
        try:
            reasons = reasons_of(read_lines(self.cleaned_data["lines"]), by_household)
        except SituationForbids as refusal:
            raise ValidationError(refusal.message) from refusal
        return [(by_household[household], reason) for household, reason in reasons.items()]


class AnswersForm(forms.Form):
    """What the bank answered to several batches, every household named."""

    lines = _list_field(
        "银行回单",
        "一行一户：凭证号（或批次名称），户编号（或户主），失败原因；到账的不写原因。没有写到的户，批次写到了就记为到账。",
        "记-0090，5309210001，\n记-0090，5309210002，户名不符",
    )
    file = forms.FileField(
        label="或者传银行回单",
        required=False,
        help_text=_FILE_HELP.format("表头写“凭证号（或批次）、户编号（或户主）、失败原因”"),
    )
    on = day_field("回单日期")

    def __init__(self, batches: Sequence[SubsidyBatch], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._batches = batches

    def clean_lines(self) -> dict[Any, list[tuple[Any, str]]]:
        """By batch the lines that failed; raises ValidationError that names each wrong line."""
        try:
            return answers_of(self.cleaned_data["lines"], self._batches)
        except SituationForbids as refusal:
            raise ValidationError(refusal.message) from refusal

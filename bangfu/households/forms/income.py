"""Forms of the income worksheet: its head, its lines, the signature, the dispute."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from bangfu.households.enums import IncomeCategory, PeriodKind
from bangfu.households.forms.fields import DayField, MonthField, YuanField
from bangfu.households.models import Household, IncomeLine
from bangfu.households.reckoning.counting import LineFacts
from bangfu.households.reckoning.income_items import income_items
from bangfu.households.reckoning.periods import (
    Period,
    annual_period,
    identification_period,
    recent_period,
    twelve_months_from,
)


class PeriodForm(forms.Form):
    """Which twelve months; each choice names its months."""

    period_kind = forms.ChoiceField(label="核算周期", widget=forms.RadioSelect)
    first_month = MonthField(
        label="其他 12 个月：从哪个月起", required=False, help_text="只有选了“其他 12 个月”才填。"
    )

    def __init__(self, *args: Any, household: Household, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        identified = household.identified_month or today
        self.periods = {
            PeriodKind.ANNUAL: annual_period(today, place=household.place),
            PeriodKind.IDENTIFICATION: identification_period(identified),
            PeriodKind.RECENT: recent_period(today),
        }
        cast(forms.ChoiceField, self.fields["period_kind"]).choices = [
            (kind.value, self._label(kind)) for kind in (*self.periods, PeriodKind.OTHER)
        ]

    def _label(self, kind: PeriodKind) -> str:
        period = self.periods.get(kind)
        return f"{kind.label}（{period.months}）" if period else kind.label

    def clean(self) -> dict[str, Any]:
        """The other period needs its first month."""
        cleaned = super().clean() or {}
        if cleaned.get("period_kind") == PeriodKind.OTHER and not cleaned.get("first_month"):
            self.add_error("first_month", "请选从哪个月起。")
        return cleaned

    def period(self) -> Period:
        """The period that was chosen."""
        kind = PeriodKind(self.cleaned_data["period_kind"])
        if kind is PeriodKind.OTHER:
            return twelve_months_from(kind, self.cleaned_data["first_month"])
        return self.periods[kind]


class WorksheetForm(forms.Form):
    """What stands beside the lines; ``version`` is that of the worksheet this one takes the place of."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    persons = forms.IntegerField(
        label="家庭人口数", min_value=1, max_value=99, help_text="登记在册的人口；分母就是它。"
    )
    compliant_self_pay_fen = YuanField(
        label="合规自付支出（元）", required=False, help_text="同一周期看病的合规自付。单列，不在收入里减。"
    )
    claim_fen = YuanField(
        label="理赔收入（元）", required=False, help_text="同一周期的保险理赔。单列，不算进收入。"
    )
    collected_by = forms.CharField(label="核算人", max_length=100, required=False)


# 样式用占位认出还没填的行
_AMOUNT = {"inputmode": "decimal", "autocomplete": "off", "class": "amount", "placeholder": " "}


class LineForm(forms.Form):
    """One line; a line without amount and words is not there."""

    category = forms.ChoiceField(choices=IncomeCategory.choices, widget=forms.HiddenInput)
    item = forms.ChoiceField(label="项目", required=False)
    description = forms.CharField(label="内容", max_length=200, required=False)
    amount_fen = YuanField(label="金额（元）", required=False, widget=forms.TextInput(attrs=_AMOUNT))
    evidence = forms.CharField(label="凭证", max_length=100, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        category = self["category"].value()
        chosen = self["item"].value()
        items = [item for item in income_items().values() if item.category == category]
        self.fixed = income_items().get(chosen or "")
        choices = [("", "再加一笔：选项目"), *((item.code, item.label) for item in items)]
        cast(forms.ChoiceField, self.fields["item"]).choices = choices
        if self.fixed is not None:
            self.fields["item"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Words need an amount, an amount its item."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        amount, words = cleaned.get("amount_fen"), cleaned.get("description") or cleaned.get("evidence")
        if amount is None and words:
            self.add_error("amount_fen", "写了内容，还要填金额；没有就填 0。")
        if amount is not None and not cleaned.get("item"):
            self.add_error("item", "请选是哪一项。")
        return cleaned

    def facts(self) -> LineFacts | None:
        """The line as typed; None for one left empty."""
        if self.cleaned_data.get("amount_fen") is None:
            return None
        return LineFacts(
            item=self.cleaned_data["item"],
            amount_fen=self.cleaned_data["amount_fen"],
            description=self.cleaned_data["description"],
            evidence=self.cleaned_data["evidence"],
        )


class BaseLines(BaseFormSet):
    """All lines of a worksheet, by category."""

    def groups(self) -> list[tuple[IncomeCategory, list[LineForm]]]:
        """The categories in the order of the form, each with its lines."""
        return [
            (category, [form for form in self.forms if form["category"].value() == category])
            for category in IncomeCategory
        ]

    def facts(self) -> list[LineFacts]:
        """The lines with an amount, in their order."""
        return [facts for form in self.forms if (facts := form.facts()) is not None]


LineFormSet = formset_factory(LineForm, formset=BaseLines, extra=0, max_num=400, absolute_max=400)


def opening_lines(known: Iterable[IncomeLine]) -> list[dict[str, Any]]:
    """A form opens with every item once, filled with what is known, and one free line in each category."""
    by_item: dict[str, list[IncomeLine]] = {}
    for line in known:
        by_item.setdefault(line.item, []).append(line)
    opened: list[dict[str, Any]] = []
    for category in IncomeCategory:
        for item in income_items().values():
            if item.category == category:
                opened += [_filled(line) for line in by_item.get(item.code, [])] or [
                    {"category": category.value, "item": item.code}
                ]
        opened.append({"category": category.value})
    return opened


def _filled(line: IncomeLine) -> dict[str, Any]:
    return {
        "category": line.category,
        "item": line.item,
        "description": line.description,
        "amount_fen": line.amount_fen,
        "evidence": line.evidence,
    }


class SignatureForm(forms.Form):
    """Who signed the paper, and when."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    signed_name = forms.CharField(
        label="签字人", max_length=60, help_text="一般是户主；代签的写代签人姓名和关系。"
    )
    signed_on = DayField(label="签字日期")


class DisputeForm(forms.Form):
    """What the household says is wrong."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="农户的异议",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="照农户的话写，例如：零工没有做那么多天；牛是借的，不是自己的。",
    )
    disputed_on = DayField(label="提出日期")

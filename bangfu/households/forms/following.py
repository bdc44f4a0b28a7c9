"""Forms of what is followed: a hand-over to civil affairs and its result, a relocation."""

from __future__ import annotations

from typing import Any

from django import forms

from bangfu.households.actions.referring import Decision
from bangfu.households.actions.relocating import RelocationPlan
from bangfu.households.enums import (
    ReferralResult,
    RelocationScope,
    Resettlement,
    ResettlementPlace,
    UnsettledReason,
)
from bangfu.households.forms.fields import DayField, MonthField, YuanField

_CHOOSE = ("", "请选")


def _version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReferForm(forms.Form):
    """Why a household goes to civil affairs, when and by whom."""

    reason = forms.CharField(
        label="转民政的理由", max_length=200, help_text="例如：整户没有劳动能力；重病重残，家里没有收入。"
    )
    handed_on = DayField(label="移交日期")
    handed_by = forms.CharField(label="移交人", max_length=60)


class AcceptForm(forms.Form):
    """The day on which civil affairs took it up."""

    version = _version()
    accepted_on = DayField(label="受理日期")


class DecideForm(forms.Form):
    """What civil affairs decided."""

    version = _version()
    decided_on = DayField(label="结果日期")
    result = forms.ChoiceField(label="结果", choices=[_CHOOSE, *ReferralResult.choices])
    from_month = MonthField(label="从哪个月起", required=False, help_text="不符合条件的空着。")
    standard_fen = YuanField(
        label="标准金额（元）",
        required=False,
        help_text="低保、特困填全户一个月的钱，临时救助填一次的钱。不知道就空着。",
    )
    result_reason = forms.CharField(
        label="结果说明", max_length=200, required=False, help_text="不符合条件的，写民政给的理由。"
    )

    def decision(self) -> Decision:
        """What was typed, ready for the action."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return Decision(**typed)


class PlanForm(forms.Form):
    """How, where to and by when a household is to move; ``version`` when it changes a plan."""

    version = _version()
    scope = forms.ChoiceField(label="搬迁方式", choices=[_CHOOSE, *RelocationScope.choices])
    resettlement = forms.ChoiceField(
        label="安置方式",
        choices=[_CHOOSE, *Resettlement.choices],
        help_text="集中安置以交钥匙那天算入住，分散安置以住进去那天算。",
    )
    place_kind = forms.ChoiceField(label="安置地", choices=[_CHOOSE, *ResettlementPlace.choices])
    place_name = forms.CharField(label="安置点", max_length=100, required=False)
    planned_on = DayField(label="计划入住日期")
    note = forms.CharField(label="说明", max_length=200, required=False)

    def plan(self) -> RelocationPlan:
        """What was typed, ready for the action."""
        typed: dict[str, Any] = {
            name: value for name, value in self.cleaned_data.items() if name != "version"
        }
        return RelocationPlan(**typed)


class SettleForm(forms.Form):
    """The day that counts as moved in."""

    version = _version()
    settled_on = DayField(label="实际入住日期")

    def __init__(self, *args: Any, together: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["settled_on"].label = "交钥匙日期" if together else "住进去的日期"


class HoldForm(forms.Form):
    """Why a household has not moved in."""

    version = _version()
    reason = forms.ChoiceField(label="为什么还没入住", choices=[_CHOOSE, *UnsettledReason.choices])
    note = forms.CharField(
        label="说明", max_length=200, required=False, help_text="打算怎么办，什么时候再看。"
    )

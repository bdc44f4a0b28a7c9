"""The six fields of the public page."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from bangfu.core.models import Region
from bangfu.households.forms.joining import VillageField
from bangfu.monitoring.actions.declaring import Declaration
from bangfu.monitoring.enums.clues import RiskKind

DIFFICULTIES = (
    (RiskKind.ILLNESS, "看病花钱多"),
    (RiskKind.SCHOOLING, "孩子上学"),
    (RiskKind.UNSTABLE_WORK, "没活干"),
    (RiskKind.HOUSING, "房子不安全"),
    (RiskKind.WATER, "没水吃"),
    (RiskKind.OTHER, "别的"),
)


class DeclareForm(forms.Form):
    """Name, phone, village, difficulties, a few words, consent."""

    name = forms.CharField(label="您叫什么", max_length=60, error_messages={"required": "请写姓名。"})
    phone = forms.CharField(
        label="电话",
        max_length=30,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": "请写电话，好联系您。"},
    )
    village = VillageField(
        queryset=Region.objects.none(),
        label="住在哪个村",
        empty_label="请选",
        error_messages={"required": "请选住在哪个村。", "invalid_choice": "请选住在哪个村。"},
    )
    risks = forms.MultipleChoiceField(
        label="遇到什么难处",
        choices=[(code.value, word) for code, word in DIFFICULTIES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = forms.CharField(label="说两句", max_length=500, widget=forms.Textarea({"rows": 2}), required=False)
    agreed = forms.BooleanField(
        label="同意工作人员为核实困难查看我家的收入、看病等情况",
        error_messages={"required": "请先勾上“同意”，工作人员才能上门核实。"},
    )

    def __init__(self, villages: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(VillageField, self.fields["village"]).queryset = villages

    def declaration(self) -> Declaration:
        """What was typed, as the action takes it."""
        return Declaration(**self.cleaned_data)

"""Forms of the lists' calendar."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms

from bangfu.access.models import Unit
from bangfu.access.scope import within
from bangfu.monitoring.actions.list_calendar import Requirement
from bangfu.monitoring.enums.clues import ListFrequency
from bangfu.ui.controls import DayInput

_GRADES = (("官", "官：政府文件"), ("次", "次：二手资料"), ("码", "码：公开代码"), ("知", "知：一般业务知识"))


class RequirementForm(forms.Form):
    """Who sends the list how often and by when."""

    department = forms.CharField(label="部门", max_length=60)
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="报送单位",
        required=False,
        empty_label="还没定",
        help_text="选了单位，这个单位的账号就能看到自己名单的核实结果。",
    )
    frequency = forms.ChoiceField(label="多久一次", choices=ListFrequency)
    due_day = forms.IntegerField(
        label="几号以前",
        required=False,
        min_value=1,
        max_value=31,
        help_text="月底填 31；25 号以前的报上个月的。",
    )
    due_months = forms.CharField(
        label="哪几个月", max_length=40, required=False, help_text="每学期、每年报的才填，例如 4、10。"
    )
    valid_from = forms.DateField(label="从哪天起", widget=DayInput)
    basis = forms.CharField(label="依据", max_length=300, help_text="文件名、文号，或会议定的。")
    grade = forms.ChoiceField(label="依据等级", choices=_GRADES)

    def __init__(self, place: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        units = Unit.objects.filter(within("place", place), is_active=True).order_by("name")
        cast(forms.ModelChoiceField, self.fields["unit"]).queryset = units

    def clean_due_months(self) -> list[int]:
        """The numbers in what was typed."""
        return [int(number) for number in re.findall(r"\d+", self.cleaned_data["due_months"])]

    def requirement(self) -> Requirement:
        """What was typed, as the action takes it."""
        return Requirement(**self.cleaned_data)


class RemindForm(forms.Form):
    """A few words on the reminder."""

    note = forms.CharField(
        label="说明",
        max_length=200,
        required=False,
        help_text="例如：电话催了联络员；他们系统升级，答应周五前报。",
    )

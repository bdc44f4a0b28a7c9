"""Forms of what units plan, bring and sum up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from bangfu.core.models import Region
from bangfu.households.forms.fields import DayField, YuanField
from bangfu.households.forms.people import RegionField, offer
from bangfu.support.actions.assistance import Brings, Planned
from bangfu.support.enums.units import BroughtKind

_WORDS = forms.Textarea(attrs={"rows": 4})


class _PlaceForm(forms.Form):
    region = RegionField(label="哪里", queryset=Region.objects.none(), empty_label="请选")

    def __init__(self, *args: Any, regions: QuerySet[Region], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "region", regions)


class YearPlanForm(_PlaceForm):
    """What a village needs and what the unit will do."""

    year = forms.IntegerField(label="年度", min_value=2015, max_value=2099)
    needs = forms.CharField(label="村的需求", max_length=500, widget=_WORDS, help_text="和村里商量过的。")
    measures = forms.CharField(
        label="帮扶措施", max_length=3000, widget=_WORDS, help_text="做什么、谁来做、什么时候。"
    )
    planned = YuanField(label="计划投入（元）", required=False)

    def plan(self) -> Planned:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return Planned(data["needs"], data["measures"], data["planned"])


class AdoptYearPlanForm(forms.Form):
    """The day on which the plan was agreed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    adopted_on = DayField(label="定下日期")


class FinishYearPlanForm(forms.Form):
    """What came of the plan."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    result = forms.CharField(
        label="完成情况", max_length=3000, widget=_WORDS, help_text="做成了什么；没做成的写原因。"
    )


class BroughtForm(_PlaceForm):
    """One thing that was brought."""

    kind = forms.ChoiceField(label="类别", choices=BroughtKind)
    on = DayField(label="日期")
    what = forms.CharField(label="内容", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    amount = YuanField(label="金额（元）", required=False, help_text="资金和消费帮扶必填。")
    count = forms.IntegerField(
        label="数量", required=False, min_value=1, help_text="人才、岗位、工作站、冠名班必填。"
    )

    def brings(self) -> Brings:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return Brings(data["kind"], data["on"], data["what"], data["amount"], data["count"])


class WithdrawForm(forms.Form):
    """Why something is taken down."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="原因", max_length=200, help_text="例如：金额填错，已另登记。")


class SummaryForm(forms.Form):
    """A unit's year in its own words."""

    year = forms.IntegerField(label="年度", min_value=2015, max_value=2099)
    text = forms.CharField(label="总结", max_length=5000, widget=forms.Textarea(attrs={"rows": 10}))

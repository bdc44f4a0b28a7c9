"""Forms of plans and measures."""

from __future__ import annotations

from typing import Any

from django import forms

from bangfu.households.forms.fields import DayField, YesNoField, YuanField
from bangfu.monitoring.actions.measures import Planned, Progress
from bangfu.monitoring.enums.help import MeasureKind
from bangfu.monitoring.forms.cases import WORDS
from bangfu.monitoring.terms import sub_kinds


class PlanForm(forms.Form):
    """What the household needs, and where the plan wants to get."""

    needs = forms.CharField(label="帮扶需求", max_length=500, widget=WORDS)
    goal = forms.CharField(
        label="目标", max_length=300, widget=WORDS, help_text="例如：一年内收入稳定超过监测线。"
    )


class AdoptPlanForm(forms.Form):
    """The day on which the plan was agreed with the household."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    adopted_on = DayField(label="定下日期")


def _sub_kinds() -> list[tuple[str, Any]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for one in sub_kinds():
        value = f"{one.kind.value}:{one.label}"
        found.setdefault(str(one.kind.label), []).append((value, one.label))
    return list(found.items())


class MeasureForm(forms.Form):
    """One measure; kind and sub-kind are one choice."""

    what = forms.ChoiceField(label="措施", choices=_sub_kinds)
    risk = forms.ChoiceField(label="针对哪个风险", required=False)
    content = forms.CharField(
        label="内容", max_length=300, widget=WORDS, help_text="做什么、做多少、谁来做。"
    )
    in_charge = forms.CharField(label="责任单位", max_length=60, required=False)
    planned_from = DayField(label="计划开始")
    planned_to = DayField(label="计划完成", required=False)
    amount = YuanField(label="金额（元）", required=False)
    cash_or_goods = YesNoField(label="只发钱发物", help_text="不填的，按措施子项的通常情况算。")

    def __init__(self, *args: Any, risks: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["risk"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "不针对某一个"), *((risk, risk) for risk in risks)]

    def planned(self) -> Planned:
        """What is planned, for the action."""
        data = self.cleaned_data
        kind, _, label = data["what"].partition(":")
        return Planned(
            kind=MeasureKind(kind),
            sub_kind=label,
            content=data["content"],
            planned_from=data["planned_from"],
            planned_to=data["planned_to"],
            risk=data["risk"],
            in_charge=data["in_charge"],
            amount_fen=data["amount"],
            cash_or_goods=data["cash_or_goods"],
        )


class CarryOutForm(forms.Form):
    """How far a measure has come."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    started_on = DayField(label="实际开始")
    ended_on = DayField(label="实际完成", required=False, help_text="还没完成的不填。")
    amount = YuanField(label="金额（元）", required=False, help_text="实际花的或发的。")
    result = forms.CharField(
        label="成效", max_length=300, required=False, widget=WORDS, help_text="完成的要写：户里有什么变化。"
    )
    evidence = forms.FileField(
        label="凭证", required=False, help_text="流水、合同、验收单等；不要求人像照片。"
    )

    def progress(self) -> Progress:
        """How far, without the file, which the view keeps first."""
        data = self.cleaned_data
        return Progress(data["started_on"], data["ended_on"], data["amount"], data["result"])


class StopMeasureForm(forms.Form):
    """Why a measure ends before it is done."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    stopped_on = DayField(label="停止日期")
    reason = forms.CharField(label="原因", max_length=300, widget=WORDS)

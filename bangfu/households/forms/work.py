"""Forms of members' work: a job from month to month, and its end."""

from __future__ import annotations

from django import forms

from bangfu.households.actions.work import WorkFacts
from bangfu.households.enums import WorkArea
from bangfu.households.forms.fields import MonthField, YesNoField, YuanField
from bangfu.households.models import WorkSpell


class WorkForm(forms.Form):
    """One job; ``version`` when it corrects one."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    from_month = MonthField(label="开始月份")
    to_month = MonthField(label="结束月份", required=False, help_text="还在做的空着。")
    area = forms.ChoiceField(label="务工区域", choices=[("", "请选"), *WorkArea.choices])
    place_name = forms.CharField(
        label="务工所在地", max_length=100, required=False, help_text="写到县，例如：广东省东莞市。"
    )
    employer = forms.CharField(
        label="务工企业名称", max_length=100, required=False, help_text="零工写雇主或工地。"
    )
    industry = forms.CharField(label="所属行业", max_length=40, required=False)
    monthly_wage_fen = YuanField(label="务工月收入（元）", required=False, help_text="不知道就空着，不要估。")
    channel = forms.CharField(
        label="就业渠道",
        max_length=40,
        required=False,
        help_text="例如：自己找的、亲友介绍、劳务组织、招工活动。",
    )
    point_to_point = YesNoField(label="是否点对点输送")
    public_post = forms.CharField(
        label="公益性岗位", max_length=60, required=False, help_text="不是公益性岗位的空着。"
    )
    end_reason = forms.CharField(
        label="结束原因", max_length=100, required=False, help_text="已经结束的才填，例如：返乡、工地停工。"
    )

    def facts(self) -> WorkFacts:
        """What was typed, ready for the action."""
        return WorkFacts(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


def opening_work(spell: WorkSpell) -> dict:
    """The form filled with what is known of a job."""
    return {name: getattr(spell, name) for name in WorkForm.base_fields}


class CloseForm(forms.Form):
    """The last month of a job, and why it ended."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    to_month = MonthField(label="结束月份", help_text="最后做了活的那个月。")
    end_reason = forms.CharField(
        label="结束原因", max_length=100, help_text="例如：返乡照顾家人、工地停工、换了单位。"
    )

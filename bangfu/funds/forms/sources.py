"""The form of a notice."""

from __future__ import annotations

from typing import Any

from django import forms

from bangfu.core.models import Region
from bangfu.funds.actions.sources import Notice
from bangfu.households.forms.fields import DayField, YuanField
from bangfu.projects.enums.admission import SourceKind
from bangfu.projects.forms.parts import day_field, words_field


class SourceForm(forms.Form):
    """What a budget notice or a donation letter says."""

    region = forms.ModelChoiceField(Region.objects.none(), label="给哪里的")
    kind = forms.ChoiceField(label="来源", choices=SourceKind.choices)
    notice_number = forms.CharField(label="指标文号", max_length=100, help_text="捐赠写协议或收据编号。")
    noticed_on = DayField(label="文件日期")
    received_on = DayField(label="到县日期", help_text="下达时效从这天算起。")
    fen = YuanField(label="金额（元）", help_text="可以写 120万。")
    purpose = forms.CharField(label="用途方向", max_length=100)
    book = forms.CharField(label="专户（账套）", max_length=60)
    pooled = forms.BooleanField(label="纳入统筹整合", required=False)
    donor = forms.CharField(label="捐赠人", max_length=100, required=False, help_text="只有捐赠才填。")

    def __init__(self, *args: Any, regions: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]

    def notice(self) -> Notice:
        """The facts, once the form is valid."""
        return Notice(**{name: value for name, value in self.cleaned_data.items() if name != "region"})


class WithdrawForm(forms.Form):
    """Why a notice is taken out of the books."""

    reason = words_field("为什么撤回", "例如：金额登记错了、同一份文件登记了两次。", longest=200)
    on = day_field("撤回日期")

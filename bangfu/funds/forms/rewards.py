"""The form of a reward: of which year, how much."""

from __future__ import annotations

from typing import Any

from django import forms

from bangfu.core.models import Region
from bangfu.households.forms.fields import YuanField


class RewardForm(forms.Form):
    """What is to be shared out, and whose results count."""

    region = forms.ModelChoiceField(Region.objects.none(), label="县")
    year = forms.TypedChoiceField(label="看哪一年的指标", coerce=int)
    fen = YuanField(label="奖励资金（元）", help_text="可以写 50万。这里只测算，不记账。")

    def __init__(self, *args: Any, regions: Any, years: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, f"{year} 年度") for year in years]  # type: ignore[attr-defined]

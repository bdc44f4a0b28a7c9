"""What the gallery shows: invented data from gallery.yaml and two small forms."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django import forms
from django.core.paginator import Paginator

from bangfu.ui.controls import DayInput
from bangfu.ui.maps import Region, Twin, region_twin

Sample = dict[str, Any]


class SampleFilters(forms.Form):
    """The filter row of a ledger."""

    village = forms.ChoiceField(label="村", choices=[("", "全部 14 村"), ("1", "上寨村")], required=False)
    source = forms.ChoiceField(
        label="来源", choices=[("", "来源：全部"), ("list", "来源：部门名单")], required=False
    )
    due = forms.DateField(label="期限不晚于", widget=DayInput, required=False)
    words = forms.CharField(
        label="线索里的字", widget=forms.TextInput({"placeholder": "线索里的字"}), required=False
    )
    rule = forms.ChoiceField(label="规则", choices=[("", "规则：全部 38 条")], required=False)
    status = forms.ChoiceField(label="状态", choices=[("", "状态：不限")], required=False)
    owner = forms.ChoiceField(label="经办人", choices=[("", "经办人：不限")], required=False)


class SampleForm(forms.Form):
    """One field of each kind."""

    wage = forms.DecimalField(
        label="务工收入（元）",
        help_text="近 12 个月到手的，含零工",
        widget=forms.TextInput({"inputmode": "decimal"}),
        error_messages={"invalid": "只能写数字。已替您留着，请改成 21500.50 这样"},
    )
    place = forms.ChoiceField(
        label="务工所在地",
        choices=[("town", "乡镇内"), ("county", "县内"), ("away", "省外")],
        widget=forms.RadioSelect,
    )
    since = forms.DateField(label="从哪一天起", widget=DayInput, help_text="记不清写当月 1 日")
    channel = forms.ChoiceField(
        label="怎么找到的", choices=[("", "请选"), ("kin", "亲友介绍")], required=False
    )
    note = forms.CharField(label="情况说明", widget=forms.Textarea({"rows": 2}), required=False)
    told = forms.BooleanField(label="已当面读给户主听", required=False)


class SampleReason(forms.Form):
    """Why somebody wants to see what is masked."""

    reason = forms.ChoiceField(label="理由", choices=[("visit", "入户前联系户主"), ("check", "核对证件号")])
    note = forms.CharField(label="补充说明", required=False)


@cache
def _written() -> Sample:
    file = Path(__file__).with_name("gallery.yaml")
    samples: Sample = yaml.safe_load(file.read_text(encoding="utf-8"))
    return samples


def samples() -> Sample:
    """Everything the gallery's templates ask for; a new dictionary each time."""
    written = _written()
    return {
        **written,
        "page": Paginator(range(63), 16).get_page(1),
        "filters": SampleFilters({"source": "list"}),
        "sample_form": SampleForm({"wage": "21500元5", "place": "away", "note": "户主口述"}),
        "twin": _twin(written["regions"]),
        "unmask": {**written["unmask"], "form": SampleReason(auto_id="unmask_%s")},
        "confirm": {**written["confirm"], "form": SampleReason(auto_id="confirm_%s")},
        "job": written["jobs"][0],
    }


def _twin(regions: list[Sample]) -> Twin:
    known = [
        Region(
            code=region["code"],
            name=region["name"],
            url=region["url"],
            group=region["group"],
            figure=Decimal(region["figure"]),
            cells=tuple(region["cells"]),
        )
        for region in regions
    ]
    return region_twin(known, unit="每千户")

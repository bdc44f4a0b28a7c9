"""One form for a visit: the six guarantees and water, filled with what is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from bangfu.access.steps import taken
from bangfu.households.actions.guarantees import Finding, check_finding
from bangfu.households.enums import GuaranteeKind, GuaranteeResult, HousingLevel, UnrepairedReason
from bangfu.households.forms.fields import DayField, YesNoField
from bangfu.households.models import GuaranteeAssessment

_LOOKED_AT = {
    GuaranteeKind.FOOD: "主食有保障，能吃上肉蛋奶豆。",
    GuaranteeKind.CLOTHING: "四季有换季的，日常有换洗的。",
    GuaranteeKind.EDUCATION: "适龄孩子没有因贫失学辍学；身体原因不能上的，送教上门。没有适龄孩子的填“达标”。",
    GuaranteeKind.MEDICAL: "全家都参加基本医保，慢病有人管。",
}
_WATER = ("litres_per_person_day", "water_quality_ok", "fetch_minutes", "reliability")
_HOUSING = ("housing_level", "unrepaired_reason", "way_out")
_RESULTS = [("", "这次没有核查"), *GuaranteeResult.choices]


class GuaranteesForm(forms.Form):
    """What was seen of each; a kind left blank gets no assessment."""

    assessed_on = DayField(label="核查日期")
    assessed_by = forms.CharField(label="核查人", max_length=60, help_text="几个人去的，都写上。")
    housing_level = forms.ChoiceField(
        label="住房鉴定等级", choices=[("", "没有鉴定"), *HousingLevel.choices], required=False
    )
    unrepaired_reason = forms.ChoiceField(
        label="C、D 级房为什么还没改造",
        choices=[("", "不是 C、D 级"), *UnrepairedReason.choices],
        required=False,
    )
    way_out = forms.CharField(
        label="怎么解决",
        max_length=200,
        required=False,
        help_text="C、D 级没改造的要写，例如：先由村集体垫付；动员亲属接住；安排周转房。",
    )
    litres_per_person_day = forms.DecimalField(
        label="水量（升/人·日）",
        min_value=0,
        max_digits=7,
        decimal_places=1,
        required=False,
        help_text="一天用几桶，一桶多少升，除以人数。",
    )
    water_quality_ok = YesNoField(label="水质是否达标", help_text="有检测报告看报告；没有的看、闻、问、尝。")
    fetch_minutes = forms.DecimalField(
        label="取水往返（分钟）",
        min_value=0,
        max_digits=6,
        decimal_places=1,
        required=False,
        help_text="水到家里的填 0。",
    )
    reliability = forms.DecimalField(
        label="供水保证率（%）",
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
        help_text="一年停水 18 天，大约是 95%。",
    )
    note = forms.CharField(label="说明", max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind in GuaranteeKind:
            if kind != GuaranteeKind.WATER:
                self.fields[f"{kind.value}_result"] = forms.ChoiceField(
                    label=kind.label, choices=_RESULTS, required=False, help_text=_LOOKED_AT.get(kind, "")
                )
        self.order_fields(_ORDER)

    def clean(self) -> dict[str, Any]:
        """The house's level, result, reason and way out must fit together."""
        cleaned = super().clean() or {}
        if cleaned.get("housing_level") and not cleaned.get("housing_result"):
            self.add_error("housing_result", "填了鉴定等级，也请填住房安全的结果。")
        elif cleaned.get("housing_result"):
            taken(self, lambda: check_finding(self._finding(GuaranteeKind.HOUSING)))
        return cleaned

    def findings(self) -> list[Finding]:
        """One finding for each kind that was looked at; water when one of its measures is known."""
        kinds: list[GuaranteeKind] = [
            kind
            for kind in GuaranteeKind
            if kind != GuaranteeKind.WATER and self.cleaned_data[f"{kind.value}_result"]
        ]
        if any(self.cleaned_data[name] is not None for name in _WATER):
            kinds.append(GuaranteeKind.WATER)
        return [self._finding(kind) for kind in kinds]

    def sections(self) -> list[dict[str, Any]]:
        """The fields under the headings of the page."""
        return [
            {"heading": heading, "fields": [self[name] for name in names]} for heading, names in _SECTIONS
        ]

    def _finding(self, kind: GuaranteeKind) -> Finding:
        names = {GuaranteeKind.WATER: _WATER, GuaranteeKind.HOUSING: _HOUSING}.get(kind, ())
        details: dict[str, Any] = {name: self.cleaned_data.get(name) for name in names}
        result = self.cleaned_data.get(f"{kind.value}_result")
        return Finding(
            kind=kind,
            result=GuaranteeResult(result) if result else None,
            note=self.cleaned_data.get("note", ""),
            **details,
        )


_SECTIONS = (
    ("这次核查", ("assessed_on", "assessed_by", "note")),
    ("吃穿、教育、医疗", ("food_result", "clothing_result", "education_result", "medical_result")),
    ("住房安全", ("housing_result", *_HOUSING)),
    ("饮水安全：四项都填，由系统按本县参数定", _WATER),
)
_ORDER = [name for _, names in _SECTIONS for name in names]


def opening_guarantees(latest: Mapping[GuaranteeKind, GuaranteeAssessment]) -> dict[str, Any]:
    """The form filled with the latest assessment of each kind."""
    opened: dict[str, Any] = {
        f"{kind.value}_result": assessment.result for kind, assessment in latest.items()
    }
    for kind, names in ((GuaranteeKind.HOUSING, _HOUSING), (GuaranteeKind.WATER, _WATER)):
        if kind in latest:
            opened |= {name: getattr(latest[kind], name) for name in names}
    return opened

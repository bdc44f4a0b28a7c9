"""The form of a village record, in the groups of the paper form."""

from __future__ import annotations

from typing import Any

from django import forms

from bangfu.households.forms.fields import DayField, YesNoField, YuanField
from bangfu.households.models import VillageRecord
from bangfu.households.reckoning.village_fields import FIELDS, GROUPS, VillageField

_HELP = {
    "households": "户籍在本村的户数，以村里底册为准。",
    "collective_income_fen": "上一年度村集体收入，单位元；写 12 万也可以。",
    "out_of_poverty_year": "四位数，例如 2019。",
    "resources": "矿产、林木、水、旅游等，一句话写清。",
    "doctors": "有执业证或助理执业证、在村卫生室看病的。",
}


class VillageForm(forms.Form):
    """One record; every field may stay empty, because empty means not known."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, with_day: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if with_day:
            self.fields["as_of"] = DayField(label="截至日期", help_text="这些数是哪一天的。")
        for field in FIELDS:
            self.fields[field.name] = _form_field(field)

    def sections(self) -> list[dict[str, Any]]:
        """The fields under the headings of the paper form."""
        first = [{"heading": "截至", "fields": [self["as_of"]]}] if "as_of" in self.fields else []
        return first + [
            {"heading": heading, "fields": [self[name] for name in names.split()]}
            for heading, names in GROUPS
        ]

    def values(self) -> dict[str, Any]:
        """What was typed, by field of VillageRecord."""
        return {field.name: self.cleaned_data[field.name] for field in FIELDS}


def opening_village(record: VillageRecord | None) -> dict[str, Any]:
    """The form filled with what a record says."""
    return {field.name: getattr(record, field.name) for field in FIELDS} if record else {}


def _form_field(field: VillageField) -> forms.Field:
    common: dict[str, Any] = {
        "label": _label(field),
        "required": False,
        "help_text": _HELP.get(field.name, ""),
    }
    match field.kind:
        case "bool":
            return YesNoField(**common)
        case "money":
            return YuanField(**common)
        case "area":
            return forms.DecimalField(min_value=0, max_digits=10, decimal_places=2, **common)
        case "year":
            return forms.IntegerField(min_value=1978, max_value=2100, **common)
        case "count":
            return forms.IntegerField(min_value=0, max_value=10_000_000, **common)
        case _:
            return forms.CharField(max_length=300, **common)


def _label(field: VillageField) -> str:
    return f"{field.label}（元）" if field.kind == "money" else field.label

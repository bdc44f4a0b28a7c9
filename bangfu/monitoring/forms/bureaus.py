"""The form that says which units answer for a bureau."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from bangfu.access.models import Unit, UnitKind
from bangfu.access.scope import within
from bangfu.ui.controls import DayInput

UNIT_KINDS = (UnitKind.DEPARTMENT, UnitKind.COUNTY_OFFICE, UnitKind.OTHER)
"""Kinds of units that may answer for a bureau of the county."""


class BureauForm(forms.Form):
    """A bureau, its units, from when on."""

    bureau = forms.ChoiceField(label="比对的部门")
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label="由哪个单位回",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="可以勾几个。一个也不勾，就由县帮扶办登记。",
    )
    valid_from = forms.DateField(label="从哪天起", widget=DayInput)

    def __init__(self, place: str, bureaus: Sequence[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["bureau"]).choices = [(name, name) for name in bureaus]
        units = Unit.objects.filter(within("place", place), is_active=True, kind__in=UNIT_KINDS)
        cast(forms.ModelMultipleChoiceField, self.fields["units"]).queryset = units.order_by("kind", "name")

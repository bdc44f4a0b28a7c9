"""What the sheet for the wall shows."""

from __future__ import annotations

from typing import Any, cast

from django import forms


class WallForm(forms.Form):
    """The year of the plan."""

    year = forms.TypedChoiceField(label="计划年度", coerce=int, empty_value=None, required=False)

    def __init__(self, years: list[int], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "在办和当年的"), *((str(year), f"{year} 年度计划") for year in years)]
        cast(forms.ChoiceField, self.fields["year"]).choices = choices

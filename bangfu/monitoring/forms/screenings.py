"""The form that starts a screening."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of
from bangfu.core.models import Region
from bangfu.households.snapshots.reading import kept_months
from bangfu.ui.controls import DayInput

NOW = "now"
"""The choice of the register as it is."""


class RegionField(forms.ModelChoiceField):
    """A region by its name."""

    def label_from_instance(self, obj: Region) -> str:
        """The name alone."""
        return obj.name


class ScreeningForm(forms.Form):
    """Where, over which state of the register, as of which day."""

    region = RegionField(Region.objects.none(), label="筛查哪里")
    register_on = forms.TypedChoiceField(
        label="名册用哪个时候的",
        coerce=lambda text: None if text == NOW else date.fromisoformat(text),
        help_text="选了月末，名册是当时存下的，名单是现在有效的；筛到的都写明是哪一天的名册。",
    )
    as_of = forms.DateField(
        label="截至日期",
        widget=DayInput,
        help_text="一般是今天。选了月末的名册，一律从那一天算，这里不用改。规则里的“本年至今”“上月”都从这一天算。",
    )

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        regions = Region.objects.filter(code__in=places_of(user, Permission.SCREENING_RUN))
        field = cast(RegionField, self.fields["region"])
        field.queryset = regions
        if len(regions) == 1:
            field.initial = regions[0]
        months = {month for region in regions for month in kept_months(place=region.code)}
        kept = [(month.isoformat(), f"{month} 的月末快照") for month in sorted(months, reverse=True)]
        cast(forms.ChoiceField, self.fields["register_on"]).choices = [(NOW, "现在的登记"), *kept]

    def clean(self) -> dict[str, Any]:
        """A snapshot is screened as of its own day."""
        cleaned = super().clean() or {}
        if cleaned.get("register_on"):
            cleaned["as_of"] = cleaned["register_on"]
        return cleaned

"""The form of the proposal: a unit for each village that has none."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from bangfu.access.models import Unit
from bangfu.core.models import Region
from bangfu.households.forms.fields import DayField
from bangfu.support.actions.ties import Terms
from bangfu.support.queries.need import Need


class AssignForm(forms.Form):
    """Which unit goes to which village, from which day, by which paper."""

    valid_from = DayField(label="开始日期")
    planned_to = DayField(label="文件定的期限", required=False)
    paper_number = forms.CharField(label="文件", max_length=100, required=False)

    def __init__(self, *args: Any, needs: list[Need], units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.needs = needs
        choices = [("", "先不定"), *((str(unit.uid), unit.name) for unit in units)]
        self._units = {str(unit.uid): unit for unit in units}
        for need in needs:
            initial = str(need.proposed.uid) if need.proposed else ""
            self.fields[_name(need)] = forms.ChoiceField(
                label=need.region.name, choices=choices, required=False, initial=initial
            )

    def lines(self) -> list[dict[str, Any]]:
        """Each village with its field, for the table."""
        return [
            {"need": need, "percent": f"{need.share:.1%}", "field": self[_name(need)]} for need in self.needs
        ]

    def chosen(self) -> list[tuple[Region, Unit]]:
        """The villages for which a unit was chosen."""
        found = [(need.region, self.cleaned_data[_name(need)]) for need in self.needs]
        return [(region, self._units[uid]) for region, uid in found if uid]

    def terms(self) -> Terms:
        """The terms that all of them get."""
        names = ("valid_from", "planned_to", "paper_number")
        return Terms(**{name: self.cleaned_data[name] for name in names})


def _name(need: Need) -> str:
    return f"unit-{need.region.code}"

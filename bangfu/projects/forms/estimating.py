"""The form of an estimate: lines as a spreadsheet gives them."""

from __future__ import annotations

from typing import Any

from django import forms

from bangfu.projects.forms.parts import day_field, version_field
from bangfu.projects.models import Estimate
from bangfu.projects.terms.estimating import LINE, EstimateFacts, Item, line_of, read_items

_HELP = f"{LINE}。可以从表格里整块复制过来，例如：路基整平 平方米 11200 12.50。金额由系统算。"


class EstimateForm(forms.Form):
    """The items; for a change of what was decided, also its approval."""

    version = version_field()
    items = forms.CharField(
        label="分项", help_text=_HELP, widget=forms.Textarea(attrs={"rows": 12}), max_length=60000
    )
    drawn_on = day_field("编制日期")
    reason = forms.CharField(label="为什么改", max_length=500)
    approval_number = forms.CharField(label="批准文号", max_length=100)
    approved_on = day_field("批准日期")

    def __init__(self, by_approval: bool, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not by_approval:
            for name in ("reason", "approval_number", "approved_on"):
                del self.fields[name]

    def clean_items(self) -> list[Item]:
        """The items; raises ValidationError naming each wrong line."""
        return read_items(self.cleaned_data["items"])

    def facts(self) -> EstimateFacts:
        """What the action takes."""
        return EstimateFacts(**{name: each for name, each in self.cleaned_data.items() if name != "version"})


def opening_estimate(held: Estimate | None) -> dict[str, Any]:
    """The form filled with the items that hold."""
    if held is None:
        return {"version": 0}
    items = (Item(each.name, each.unit, each.quantity, each.price) for each in held.items.all())
    return {"version": held.number, "items": "\n".join(line_of(item) for item in items)}

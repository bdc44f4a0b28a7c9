"""The entry form of a ledger, made from its columns; forms of definitions."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.region_field import RegionField
from bangfu.access.text_forms import SeenForm
from bangfu.core.models import Region
from bangfu.county_ledgers.actions.rows import Whom
from bangfu.county_ledgers.definition.model import Book, BookColumn
from bangfu.county_ledgers.enums import About, ColumnKind
from bangfu.county_ledgers.models import LONGEST
from bangfu.county_ledgers.policies import RECORD, written_columns
from bangfu.households.forms.fields import DayField, MonthField, YesNoField, YuanField
from bangfu.households.models import Household

_WHO_HELP = {
    About.HOUSEHOLD: "写户编号；户主不重名的，写户主也行。",
    About.MEMBER: "写户编号（户主不重名的，写户主也行），下面再写姓名。",
}


class RowForm(forms.Form):
    """The columns that the person may write; money in yuan, the version that was seen hidden."""

    def __init__(self, user: User, book: Book, *args: Any, is_new: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user, self.book, self.is_new = user, book, is_new
        if not is_new:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
        self.written = written_columns(user, book)
        for column in self.written:
            self.fields[f"c_{column.id}"] = _field(column)

    def values(self) -> dict[str, Any]:
        """What was typed, by column."""
        return {column.id: self.cleaned_data.get(f"c_{column.id}") for column in self.written}

    def put_errors(self, errors: dict[str, str]) -> None:
        """Show what was refused beside the fields; what has no field, above."""
        for id, words in errors.items():
            self.add_error(f"c_{id}" if f"c_{id}" in self.fields else None, words)


class NewRowForm(RowForm):
    """A new row: whom it is about comes first."""

    def __init__(self, user: User, book: Book, regions: QuerySet[Region], *args: Any, **options: Any) -> None:
        super().__init__(user, book, *args, **options)
        about = book.about
        whom: dict[str, forms.Field] = {}
        if about.is_in_register:
            whom["code"] = forms.CharField(label="户编号或户主", max_length=40, help_text=_WHO_HELP[about])
        else:
            whom["region"] = RegionField(regions, label="村" if about is About.VILLAGE else "地方")
        if about is About.MEMBER or not (about.is_in_register or about.is_region):
            label = "姓名" if about is About.MEMBER else about.label
            whom["who"] = forms.CharField(label=label, max_length=100)
        self.fields = {**whom, **self.fields}
        if "region" in whom and len(only := list(regions[:2])) == 1:
            cast(forms.ModelChoiceField, self.fields["region"]).initial = only[0]

    def clean(self) -> dict[str, Any]:
        """Find whom the row is about; an unknown household or member is said at its field."""
        data = super().clean() or {}
        if self.book.about.is_in_register and data.get("code"):
            household = _household(self.user, data["code"].strip())
            if household is None:
                self.add_error("code", "您登记的范围里没有这一户，或者户主有重名，要写户编号。请核对。")
            else:
                self._find(household, data)
        elif data.get("region"):
            data["whom"] = Whom(data["region"], data.get("who") or data["region"].name)
        return data

    def _find(self, household: Household, data: dict[str, Any]) -> None:
        if self.book.about is About.HOUSEHOLD:
            data["whom"] = Whom(household.village, household.head_name, household)
            return
        found = list(household.members.filter(name=data.get("who", ""))[:2])
        if len(found) == 1:
            data["whom"] = Whom(household.village, found[0].name, household, found[0])
        else:
            self.add_error("who", "这一户里没有这个人，或者有两个同名的。请核对。")


def _household(user: User, code: str) -> Household | None:
    """The one household with the code, or of the head when only one has that name."""
    rows = Household.objects.visible_to(user, RECORD).select_related("village", "subject")
    found = list(rows.filter(code=code)[:1]) or list(rows.filter(head_name=code)[:2])
    return found[0] if len(found) == 1 else None


def _field(column: BookColumn) -> forms.Field:
    options: dict[str, Any] = {"label": column.heading, "required": column.required, "help_text": column.help}
    if column.kind is ColumnKind.MONEY:
        return YuanField(**options, at_least=None)
    if column.kind is ColumnKind.NUMBER:
        return forms.DecimalField(**options, max_digits=18, decimal_places=4)
    if column.kind is ColumnKind.DATE:
        return DayField(**options)
    if column.kind is ColumnKind.MONTH:
        return MonthField(**options)
    if column.kind is ColumnKind.YES_NO:
        return YesNoField(**options)
    if column.kind is ColumnKind.CHOICE:
        choices = [("", "未填"), *((word, word) for word in column.options)]
        return forms.ChoiceField(**options, choices=choices)
    return forms.CharField(**options, max_length=LONGEST)


class RemoveForm(SeenForm):
    """Why a row is taken out."""

    reason = forms.CharField(label="为什么", min_length=2, max_length=300)


class MoveForm(SeenForm):
    """To which state."""

    state = forms.ChoiceField(label="转为", widget=forms.RadioSelect)

    def __init__(self, following: tuple[str, ...], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["state"]).choices = [(word, word) for word in following]

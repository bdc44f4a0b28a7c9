"""Parts that the forms of this room share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate

from bangfu.ui.controls import DayInput

CHOOSE = ("", "请选")


def day_field(label: str, help_text: str = "", **options: Any) -> forms.DateField:
    """A day, today unless told otherwise."""
    options.setdefault("initial", localdate)
    return forms.DateField(label=label, help_text=help_text, widget=DayInput(), **options)


def words_field(label: str, help_text: str = "", *, longest: int = 500, **options: Any) -> forms.CharField:
    """Several lines of words."""
    area = forms.Textarea(attrs={"rows": options.pop("rows", 3)})
    return forms.CharField(label=label, help_text=help_text, widget=area, max_length=longest, **options)


def version_field() -> forms.IntegerField:
    """The version that the person saw."""
    return forms.IntegerField(widget=forms.HiddenInput)


def count_field(label: str, help_text: str = "", **options: Any) -> forms.IntegerField:
    """How many, never fewer than none."""
    return forms.IntegerField(label=label, help_text=help_text, min_value=0, **options)


def yes_no_field(label: str, yes: str, no: str) -> forms.TypedChoiceField:
    """One of two, chosen by the person."""
    return forms.TypedChoiceField(
        label=label, choices=[CHOOSE, ("yes", yes), ("no", no)], coerce=lambda text: text == "yes"
    )

"""What the forms of this room share."""

from __future__ import annotations

from typing import Any

from django import forms

from bangfu.ui.controls import DayInput


def day_field(**options: Any) -> forms.DateField:
    """A day from the calendar."""
    return forms.DateField(widget=DayInput(), **options)

"""Form fields in our look: the class of each input, and what ties it to its help and its error."""

from __future__ import annotations

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BoundField, Form
from django.utils.safestring import SafeString


class DayInput(forms.DateInput):
    """A day from the browser's calendar; written 2026-11-22, as the browser demands it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class MonthInput(forms.DateInput):
    """A month from the browser's calendar, written 2026-11."""

    input_type = "month"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m")


def control(field: BoundField) -> SafeString:
    """The input of a form field with our class; help and error are read out with it."""
    widget = field.field.widget
    _name_the_blank(field)
    attributes: dict[str, str | bool] = {"class": " ".join(filter(None, [_kind(widget), *_states(field)]))}
    described = _described_by(field)
    if described:
        attributes["aria-describedby"] = described
    return field.as_widget(attrs=attributes)


def set_fields(form: Form) -> list[BoundField]:
    """The visible fields of a bound form that carry a value."""
    if not form.is_bound:
        return []
    return [field for field in form.visible_fields() if field.data not in (None, "", [], False)]


def _name_the_blank(field: BoundField) -> None:
    """Django's row of dashes says nothing: say whether one has to choose."""
    dashes = BLANK_CHOICE_DASH[0]
    word = "请选" if field.field.required else "不填"
    widget = field.field.widget
    if isinstance(field.field, forms.ModelChoiceField):
        if field.field.empty_label == dashes[1]:
            field.field.empty_label = word
    elif isinstance(widget, forms.Select):
        widget.choices = [("", word) if choice == dashes else choice for choice in widget.choices]


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return ""  # Django puts the class on the list around the inputs too
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"


def _states(field: BoundField) -> list[str]:
    given = str(field.field.widget.attrs.get("class", ""))
    invalid = "is-invalid" if field.errors else ""
    number = "n" if field.field.widget.attrs.get("inputmode") in {"decimal", "numeric"} else ""
    return [given, number, invalid]


def _described_by(field: BoundField) -> str:
    help_id = f"{field.auto_id}_help" if field.help_text else ""
    error_id = f"{field.auto_id}_error" if field.errors else ""
    return " ".join(filter(None, [help_id, error_id]))

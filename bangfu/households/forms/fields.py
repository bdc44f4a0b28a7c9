"""Form fields of the register: amounts in yuan, months, yes-no-unknown; and errors of a step on its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from bangfu.core.errors import BangfuError
from bangfu.core.money import FEN_PER_YUAN, to_fen
from bangfu.ui.controls import DayInput, MonthInput

Result = TypeVar("Result")


class YuanField(forms.CharField):
    """An amount typed in yuan (``1200.50``, ``3.2万``), kept in fen; empty is None."""

    def __init__(self, *, at_least: int | None = 0, **options: Any) -> None:
        self.at_least = at_least
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        options.setdefault("max_length", 24)
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """Fen; raises ValidationError in Chinese."""
        text = super().clean(value)
        if not text:
            return None
        fen = to_fen(text)
        if self.at_least is not None and fen < self.at_least:
            raise forms.ValidationError("金额填正数；要减的项目由系统减。")
        return fen

    def prepare_value(self, value: Any) -> Any:
        """Fen as the text that somebody would type."""
        if isinstance(value, int):
            sign = "-" if value < 0 else ""
            return f"{sign}{abs(value) // FEN_PER_YUAN}.{abs(value) % FEN_PER_YUAN:02d}"
        return value


class DayField(forms.DateField):
    """A day from the calendar."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=DayInput(), **options)


class MonthField(forms.DateField):
    """A month, kept as its first day."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"invalid": "请选月份，例如 2026-10。"})
        super().__init__(widget=MonthInput(), input_formats=["%Y-%m"], **options)


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not known (None)."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(
            choices=[("", "未填"), ("yes", "是"), ("no", "否")],
            coerce=lambda text: text == "yes",
            empty_value=None,
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        """The choice for a stored value."""
        if value is None or isinstance(value, bool):
            return {None: "", True: "yes", False: "no"}[value]
        return value


def taken(form: forms.BaseForm, step: Callable[[], Result]) -> Result | None:
    """What the step gives; None when it was refused, and then its reason stands on the form."""
    try:
        return step()
    except BangfuError as refusal:
        form.add_error(None, refusal.message)
        return None

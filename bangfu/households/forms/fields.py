"""Form fields of the register: amounts in yuan, months, yes-no-unknown."""

from __future__ import annotations

from typing import Any

from django import forms

from bangfu.core.money import FEN_PER_YUAN, to_fen
from bangfu.households.phones import phone_digits
from bangfu.ui.controls import DayInput, MonthInput

_SHORTEST_PHONE = 7
"""Digits of a land line without its area code."""


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


def checked_phone(text: str) -> str:
    """A telephone number as typed; raises ValidationError for one that is too short to be a number."""
    if text and len(phone_digits(text)) < _SHORTEST_PHONE:
        raise forms.ValidationError(
            f"“{text}”不是电话号码：至少 {_SHORTEST_PHONE} 位数字，例如 13800001111。"
        )
    return text

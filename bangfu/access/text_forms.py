"""Forms of the pages on which a county writes, publishes and retires a version of a text."""

from __future__ import annotations

from typing import Any, cast

from django import forms


class TextForm(forms.Form):
    """The text of a draft, what was changed, the version that the person has seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label="改了什么、为什么", max_length=300, help_text="写进修订历史。")
    text = forms.CharField(
        label="定义",
        widget=forms.Textarea(attrs={"class": "bf-definition", "rows": 30, "spellcheck": "false"}),
        strip=False,
    )


class DraftForm(TextForm):
    """A new version, for one of the person's ``places`` (code, name); ``help_text`` says what follows."""

    version = None  # type: ignore[assignment]
    place = forms.ChoiceField(label="适用区划")
    field_order = ("place", "note", "text")

    def __init__(
        self, places: list[tuple[str, str]], *args: Any, help_text: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        place = cast(forms.ChoiceField, self.fields["place"])
        place.choices, place.help_text = places, help_text


class SeenForm(forms.Form):
    """The version that the person has seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class RetireForm(SeenForm):
    """Why a version is retired."""

    reason = forms.CharField(label="为什么停用", min_length=2, max_length=300)

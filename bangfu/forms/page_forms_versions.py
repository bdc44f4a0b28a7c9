"""Forms of the pages on which a version of a sheet is written, published and retired."""

from __future__ import annotations

from typing import Any

from django import forms


class FormTextForm(forms.Form):
    """The text of a version."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label="改了什么、为什么", max_length=300, help_text="写进修订历史。")
    text = forms.CharField(
        label="定义",
        widget=forms.Textarea(attrs={"class": "bf-definition", "rows": 30, "spellcheck": "false"}),
        strip=False,
    )


class DraftForm(FormTextForm):
    """A new version, for one of the person's places."""

    version = None  # type: ignore[assignment]
    place = forms.ChoiceField(label="适用区划", help_text="在这里和它下面各处部署的排查，用新版。")
    field_order = ("place", "note", "text")

    def __init__(self, places: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].choices = places  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    """The version of the row that the person has read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class RetireForm(forms.Form):
    """Why a version is retired."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="为什么停用", min_length=2, max_length=300)

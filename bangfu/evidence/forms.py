"""Forms of this room."""

from __future__ import annotations

from typing import Any

from django import forms

from bangfu.evidence.actions.attaching import MAX_BYTES
from bangfu.evidence.enums import PaperKind
from bangfu.ui.controls import DayInput


def _said(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[("", "没写明"), ("yes", "有"), ("no", "没有")],
        coerce=lambda value: value == "yes",
        empty_value=None,
    )


class AttachForm(forms.Form):
    """A paper: what it is, its file, what stands on it."""

    kind = forms.ChoiceField(label="种类", choices=PaperKind)
    title = forms.CharField(label="名称", max_length=100, help_text="例如 2026 年收入测算表；不要写证件号。")
    file = forms.FileField(
        label="文件",
        help_text=f"PDF、图片、Word、Excel，不超过 {MAX_BYTES // 1024 // 1024} MB。"
        "照片里的位置、时间、机型会自动去掉。",
    )
    dated_on = forms.DateField(label="落款日期", required=False, widget=DayInput)
    signed = _said("签字")
    sealed = _said("盖章")
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def attachment(self) -> dict[str, Any]:
        """What ``attach_evidence`` takes, with the file's content read."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"next", "file"}}
        return {**given, "content": self.cleaned_data["file"].read()}


class ReturnForm(forms.Form):
    """The code of a printed paper, scanned or typed."""

    code = forms.CharField(
        label="材料上的码",
        max_length=120,
        help_text="用扫码枪扫，或者手机扫出来粘贴；以 RETURN: 开头。",
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off"}),
    )


class WithdrawForm(forms.Form):
    """Why a paper is taken down, and the version that was seen."""

    reason = forms.CharField(label="为什么撤下", min_length=2, max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)
    next = forms.CharField(required=False, widget=forms.HiddenInput)

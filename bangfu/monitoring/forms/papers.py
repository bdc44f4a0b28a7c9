"""Forms of papers: a scan that comes back, the reason for printing numbers in full."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from bangfu.access.forms import ReasonForm
from bangfu.households.forms.fields import DayField

_IN_NAME = re.compile(r"RETURN[:：_-]([A-Z0-9-]+)[:：_-]([0-9A-Z]{28})", re.IGNORECASE)
"""A code in a file's name; scanners write - or _ where a colon may not stand."""


class ReturnScanForm(forms.Form):
    """The scan and its code; the code may stand in the file's name instead."""

    scan_file = forms.FileField(label="扫描件")
    code = forms.CharField(
        label="回执码",
        max_length=120,
        required=False,
        help_text="纸脚的码：扫码枪扫进来，或照着输。文件名里带着码的不用填。",
    )
    dated_on = DayField(label="落款日期", required=False)
    signed = forms.BooleanField(label="已签字", required=False)
    sealed = forms.BooleanField(label="已盖章", required=False)

    def clean(self) -> dict[str, Any]:
        """The code typed, else the one in the name; refused when there is neither."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("code") and data.get("scan_file"):
            found = _IN_NAME.search(data["scan_file"].name)
            data["code"] = f"RETURN:{found[1]}:{found[2]}" if found else ""
        if not data.get("code"):
            self.add_error("code", "请填回执码；文件名里也没有找到。")
        return data

    def scan(self) -> dict[str, Any]:
        """For the action."""
        data = self.cleaned_data
        return {
            "code": data["code"],
            "content": data["scan_file"].read(),
            "dated_on": data["dated_on"],
            "signed": data["signed"],
            "sealed": data["sealed"],
        }


class PlainPaperForm(ReasonForm):
    """Why ID numbers are printed in full, and as what file."""

    form = forms.ChoiceField(label="文件", choices=[("pdf", "PDF"), ("docx", "Word")])

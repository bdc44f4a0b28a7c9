"""Forms of the pages of definitions and holidays."""

from __future__ import annotations

from typing import Any

from django import forms

from bangfu.access.text_forms import SeenForm
from bangfu.ui.controls import DayInput

_GRADES = (
    ("官", "［官］官方文件原文"),
    ("次", "［次］转载或二手材料"),
    ("码", "［码］公开系统里的设置"),
    ("知", "［知］一般业务知识，未核实"),
)


class PublishForm(SeenForm):
    """From which day a version holds."""

    valid_from = forms.DateField(
        label="从哪天起用", widget=DayInput, help_text="那天起发起的用新版；已经在办的不变。"
    )


class HolidayForm(forms.Form):
    """The table of a year: pasted, or as a CSV file."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    text = forms.CharField(
        label="节假日表",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 12, "placeholder": "2027-01-01 放假 元旦\n2027-02-05至2027-02-11 放假 春节"}
        ),
        help_text="一行一天或一段：日期、放假或上班、节日。双休日本来就休，不用写；周末上班要写。",
    )
    file = forms.FileField(label="或者传 CSV 文件", required=False, help_text="三列：日期、安排、节日。")
    basis = forms.CharField(label="文件依据", max_length=200)
    grade = forms.ChoiceField(label="依据等级", choices=(("", "请选等级"), *_GRADES))

    def clean(self) -> dict[str, Any]:
        """A table is pasted or sent; a file in the encoding that Excel gives."""
        cleaned = super().clean() or {}
        if cleaned.get("file"):
            cleaned["text"] = _decoded(cleaned["file"].read())
        if not cleaned.get("text", "").strip():
            self.add_error("text", "请粘贴节假日表，或者传文件。")
        return cleaned


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise forms.ValidationError("文件不是文本。请另存为 CSV 再传。")

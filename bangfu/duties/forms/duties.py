"""The form of a duty, and of its end."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from bangfu.duties.definition.model import LONGEST_DAYS, Definition
from bangfu.duties.enums import Each, WindowKind
from bangfu.duties.forms.common import day_field
from bangfu.duties.models import DutyTemplate
from bangfu.duties.policies.duties import wrong_with
from bangfu.duties.sources import matchers, sources

_GRADES = (("官", "官：官方文本"), ("次", "次：转载"), ("码", "码：别处做法"), ("知", "知：经验"))
FIELDS = tuple(Definition.__dataclass_fields__)


class DutyForm(forms.Form):
    """A duty of the county; its names are picked, its mistakes stand beside the fields."""

    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    place = forms.ChoiceField(label="适用的县")
    code = forms.CharField(
        label="代码", max_length=60, help_text="小写英文字母、数字、下划线，例如 village_evening。定了不改。"
    )
    title = forms.CharField(label="名称", max_length=60)
    what = forms.CharField(label="做什么", max_length=200, help_text="一句话，显示在“我的责任”里。")
    who = forms.ChoiceField(label="谁")
    window = forms.ChoiceField(label="多久", choices=WindowKind.choices)
    days = forms.IntegerField(
        label="一期几天",
        required=False,
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text="“每若干天”才填。",
    )
    at_least = forms.IntegerField(label="至少几次", min_value=1, max_value=366)
    matcher = forms.ChoiceField(label="凭什么记录")
    each = forms.ChoiceField(label="怎样算", choices=Each.choices)
    distinct = forms.BooleanField(label="每个对象只算一次", required=False)
    proof = forms.CharField(label="凭证", max_length=200, required=False)
    tolerance_days = forms.IntegerField(label="宽限天数", min_value=0, max_value=180, initial=0)
    reminder_days = forms.IntegerField(label="提前几天提醒", min_value=0, max_value=180, initial=7)
    valid_from = day_field(label="自", help_text="从这天起开始的每一期照这一版；已经开始的一期照旧。")
    valid_to = day_field(label="至", required=False)
    basis = forms.CharField(label="依据", max_length=300, help_text="文件名称和文号；没有就写是谁定的。")
    grade = forms.ChoiceField(label="依据等级", choices=_GRADES)
    note = forms.CharField(label="改了什么、为什么", max_length=300)

    def __init__(self, counties: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._pick("place", counties)
        self._pick("who", [(one.name, one.label) for one in sources().values()])
        self._pick("matcher", [(one.name, one.label) for one in matchers().values()])

    def _pick(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What is wrong with the duty stands beside its fields."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for field, sentence in wrong_with(self.duty()).items():
                self.add_error(field, sentence)
        return cleaned

    def duty(self) -> Definition:
        """The duty that was typed; the form must be valid."""
        values = {name: self.cleaned_data[name] for name in FIELDS}
        values["window"], values["each"] = WindowKind(values["window"]), Each(values["each"])
        return Definition(**values)


def typed_from(row: DutyTemplate, today: date) -> dict[str, Any]:
    """What the form opens with for a new version of a duty."""
    values: dict[str, Any] = {name: getattr(row, name) for name in FIELDS}
    return values | {"seen": row.number, "valid_from": today, "valid_to": None, "note": ""}


class EndForm(forms.Form):
    """Since when a duty is owed no more, and why."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    place = forms.ChoiceField(label="适用的县")
    on = day_field(label="从哪天起停用", help_text="这天以后开始的各期不再算；已经开始的一期照旧。")
    note = forms.CharField(label="为什么停用", min_length=2, max_length=300)

    def __init__(self, counties: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].choices = counties  # type: ignore[attr-defined]

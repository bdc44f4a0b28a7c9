"""Forms over the facts of a household or a member; a masked field that is left empty stays."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.http import QueryDict

from bangfu.households.enums import ChangeSource
from bangfu.households.facts import CLEAR, HOUSEHOLD_FACTS, MEMBER_FACTS, Subject, facts_of, is_hidden, shown
from bangfu.households.forms.fields import checked_phone
from bangfu.households.models import Household, Member
from bangfu.households.showing.wording import dictionaries, help_for
from bangfu.ui.controls import DayInput, MonthInput

_MONTHS = ("identified_month", "removed_month")
_LISTS = ("other_causes", "risks")
_MOST_OTHER_CAUSES = 2
_SEPARATORS = str.maketrans("，,；; ", "、、、、、")


class WordsField(forms.CharField):
    """Several words in one box, separated by 、; the value is a list."""

    def prepare_value(self, value: Any) -> Any:
        """A list as the person reads it."""
        return "、".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The words, each once, in the order written."""
        words = str(value or "").translate(_SEPARATORS).split("、")
        return list(dict.fromkeys(word.strip() for word in words if word.strip()))


class FactsForm(forms.ModelForm):
    """The facts of one row, and the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    titles: dict[str, str] = {}

    def __init__(self, data: QueryDict | None, *, instance: Subject) -> None:
        # 表单会改写它手里的那一行；页面上别处还要显示登记的样子
        super().__init__(data, instance=copy(instance))
        self.facts = facts_of(type(instance))
        self.initial["version"] = instance.version
        subject = "household" if isinstance(instance, Household) else "member"
        for name, field in self.fields.items():
            field.help_text = field.help_text or help_for(subject, name)
            field.required = field.required and name in ("version", "name")
            self._dress(name, field)

    def _dress(self, name: str, field: forms.Field) -> None:
        if name in dictionaries():
            field.widget.attrs["list"] = f"words-{name}"
        if isinstance(field, forms.DateField):
            field.widget = MonthInput() if name in _MONTHS else DayInput()
            field.input_formats = ["%Y-%m"] if name in _MONTHS else ["%Y-%m-%d"]
        if name in self.facts and is_hidden(self._meta.model, name):
            field.widget = forms.TextInput(attrs=field.widget.attrs)
            field.widget.attrs["placeholder"] = shown(self._meta.model, name, self.initial[name])
            self.initial[name] = ""

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The boxes by what they are about, for the page."""
        return [
            {"title": title, "fields": [self[name] for name in names.split() if name in self.fields]}
            for title, names in self.titles.items()
            if any(name in self.fields for name in names.split())
        ]

    def values(self) -> dict[str, Any]:
        """What to write: a masked field left empty is left out, 无 empties it."""
        found = {name: self.cleaned_data[name] for name in self.facts}
        for name in self.facts:
            if is_hidden(self._meta.model, name):
                if not found[name]:
                    del found[name]
                elif found[name] == CLEAR:
                    found[name] = ""
        return found

    def clean_phone(self) -> str:
        """A number, nothing, or 无."""
        phone: str = self.cleaned_data["phone"]
        return phone if phone == CLEAR else checked_phone(phone)

    def _get_validation_exclusions(self) -> set[str]:
        """The register's rules are asked by the action; the form only reads what was typed."""
        return {field.name for field in self._meta.model._meta.fields}


class HouseholdForm(FactsForm):
    """The facts of a household."""

    other_causes = WordsField(label="其他致贫原因", required=False)
    risks = WordsField(label="致贫返贫风险", required=False)
    reason = forms.CharField(
        label="为什么改",
        max_length=200,
        required=False,
        help_text="写来由，例如“入户核对”。会留在变更记录里。",
    )

    titles = {
        "识别和监测": "code group_name household_type monitored_category identified_month risk_removed"
        " removed_month main_cause other_causes risks no_labour_household",
        "联系和账户": "phone address bank_name bank_account",
        "住房、饮水和道路": "dangerous_house safe_water electricity toilet house_area road_hardened"
        " main_road_distance",
        "土地": "farmland forest_land",
        "来由": "reason",
    }

    class Meta:
        model = Household
        fields = HOUSEHOLD_FACTS

    def clean(self) -> None:
        """At most two further causes, none of them the main one."""
        super().clean()
        cleaned = self.cleaned_data
        others = cleaned.get("other_causes") or []
        if len(others) > _MOST_OTHER_CAUSES:
            self.add_error("other_causes", f"其他致贫原因最多 {_MOST_OTHER_CAUSES} 项，请留下最主要的。")
        elif cleaned.get("main_cause") in others:
            self.add_error("other_causes", "和主要致贫原因重复了，请去掉重复的一项。")


class MemberForm(FactsForm):
    """The facts of a member."""

    reason = HouseholdForm.declared_fields["reason"]

    titles = {
        "是谁": "code name relation sex birth_date ethnicity phone",
        "上学": "education student_status not_in_school_reason",
        "健康和劳动": "health labour public_post public_post_months",
        "保险和救助": "resident_insurance employee_insurance serious_illness_insurance medical_aid"
        " pension_insurance employee_pension minimum_living extreme_poverty_support",
        "来由": "reason",
    }

    class Meta:
        model = Member
        fields = MEMBER_FACTS


class ProposalSourceForm(forms.Form):
    """Where a proposal comes from."""

    source = forms.ChoiceField(label="来源", choices=ChangeSource.choices)
    source_note = forms.CharField(
        label="来源说明",
        max_length=200,
        required=False,
        help_text="什么时候、从谁那里知道的。例如“11 月 12 日入户，户主说的”。",
    )

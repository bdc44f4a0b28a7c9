"""The form of a home verification: household and each member, filled with what is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from bangfu.access.models import User
from bangfu.households.enums import MonitoredCategory
from bangfu.households.facts import label_of
from bangfu.households.forms.fields import DayField, YesNoField
from bangfu.households.forms.people import PersonField
from bangfu.households.models import Household, Member
from bangfu.households.showing.wording import dictionaries
from bangfu.monitoring.actions.case_verification import HOUSEHOLD_FACTS, MEMBER_FACTS, Sighting
from bangfu.monitoring.forms.cases import WORDS, CaseForm, RisksField
from bangfu.monitoring.models import Case

_OPEN_LISTS = ("health", "labour", "student_status")


class VerificationForm(CaseForm):
    """Two people, a day, facts to confirm or correct, risks, a conclusion.

    For a removal the risks of the household are ticked one by one as gone, and two further questions stand
    there.
    """

    verified_on = DayField(label="入户日期")
    first_verifier = PersonField(label="核查人一", queryset=User.objects.none(), empty_label="请选")
    second_verifier = PersonField(label="核查人二", queryset=User.objects.none(), empty_label="请选")
    conclusion = forms.CharField(label="核查意见", max_length=500, widget=WORDS)

    def __init__(self, *args: Any, case: Case, members: Sequence[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        self.case, self.members = case, members
        self._add_household(case.household)
        for member in members:
            self._add_member(member)
        if case.identifies:
            self._add_identification()
        else:
            self._add_removal()

    def _add_household(self, household: Household) -> None:
        for name in HOUSEHOLD_FACTS:
            label = label_of(Household, name)
            self.fields[f"h_{name}"] = YesNoField(label=label, initial=getattr(household, name))

    def _add_member(self, member: Member) -> None:
        for name in MEMBER_FACTS:
            self.fields[_key(member, name)] = _member_field(member, name)

    def _add_identification(self) -> None:
        self.fields["risks"] = RisksField(label="核实的风险", required=False, initial=self.case.risks)
        self.fields["category"] = forms.ChoiceField(
            label="拟认定的类别",
            choices=[("", "不符合条件"), *MonitoredCategory.choices],
            required=False,
            initial=self.case.category,
        )

    def _add_removal(self) -> None:
        risks = [(risk, risk) for risk in self.case.household.risks]
        self.fields["risks_gone"] = forms.MultipleChoiceField(
            label="已经消除的风险",
            choices=risks,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="逐条看凭证：确实消除了才勾。",
        )
        self.fields["income_steady"] = YesNoField(
            label="收入稳定超过监测线半年以上", help_text="看流水、务工合同、出售凭证。"
        )
        self.fields["new_risk"] = forms.BooleanField(label="发现了新的风险", required=False)

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The parts of the sheet, each with its fields."""
        people = [
            {
                "heading": member.name,
                "hint": member.relation,
                "fields": [self[_key(member, name)] for name in MEMBER_FACTS],
                "member": True,
            }
            for member in self.members
        ]
        return [
            {
                "heading": "谁去的、哪天",
                "fields": self._of("verified_on", "first_verifier", "second_verifier"),
            },
            {"heading": "住房和饮水", "fields": self._of(*(f"h_{name}" for name in HOUSEHOLD_FACTS))},
            *people,
            {"heading": "风险和意见", "fields": self._of(*self._last())},
        ]

    def _last(self) -> list[str]:
        middle = (
            ["risks", "category"] if self.case.identifies else ["risks_gone", "income_steady", "new_risk"]
        )
        return [*middle, "conclusion"]

    def _of(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names]

    def sighting(self) -> Sighting:
        """What was seen, for the action."""
        data = self.cleaned_data
        return Sighting(
            conclusion=data["conclusion"],
            household={name: data[f"h_{name}"] for name in HOUSEHOLD_FACTS},
            members={
                member.uid: {name: data[_key(member, name)] for name in MEMBER_FACTS}
                for member in self.members
            },
            risks=data.get("risks", ()),
            category=data.get("category", ""),
            risks_gone=data.get("risks_gone", ()),
            new_risk=data.get("new_risk", False),
            income_steady=data.get("income_steady"),
        )


def _key(member: Member, name: str) -> str:
    return f"m{member.pk}_{name}"


def _member_field(member: Member, name: str) -> forms.Field:
    label, known = label_of(Member, name), getattr(member, name)
    if name == "resident_insurance":
        return YesNoField(label=label, initial=known)
    if name in _OPEN_LISTS:
        return forms.ChoiceField(label=label, choices=_choices(name, known), initial=known, required=False)
    return forms.CharField(label=label, max_length=60, required=False, initial=known)


def _choices(name: str, known: str) -> list[tuple[str, str]]:
    """The usual values, and the one that is there when it is another."""
    usual = dictionaries()[name]
    more = [known] if known and known not in usual else []
    return [("", "未填"), *((value, value) for value in [*usual, *more])]

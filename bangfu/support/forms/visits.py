"""The note of a visit, made for a phone: what can be known is filled in, what is rare is folded away."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms

from bangfu.access.models import User
from bangfu.core.ids import uid7
from bangfu.monitoring.enums.clues import RiskKind
from bangfu.support.actions.visits import Note
from bangfu.support.enums.visits import (
    HOUSEHOLD_MET,
    HOUSEHOLD_WAYS,
    VILLAGE_MET,
    VILLAGE_WAYS,
    VisitChanged,
    VisitMet,
    VisitWay,
)
from bangfu.support.policies.visits import LONGEST_TEXT
from bangfu.support.queries.visits import colleagues
from bangfu.ui.controls import DayInput

YES, NO = "yes", "no"


class VisitForm(forms.Form):
    """A visit to a household."""

    ways: tuple[VisitWay, ...] = HOUSEHOLD_WAYS
    people: tuple[VisitMet, ...] = HOUSEHOLD_MET

    uid = forms.UUIDField(widget=forms.HiddenInput)
    way = forms.ChoiceField(label="怎么见的", widget=forms.RadioSelect)
    met = forms.MultipleChoiceField(label="见到谁", widget=forms.CheckboxSelectMultiple)
    changed = forms.ChoiceField(
        label="和上次比", choices=[(NO, "没有变化"), (YES, "有变化")], widget=forms.RadioSelect
    )
    changed_what = forms.MultipleChoiceField(
        label="哪些变了", choices=VisitChanged, widget=forms.CheckboxSelectMultiple, required=False
    )
    new_risk = forms.ChoiceField(
        label="有没有新风险", choices=[(NO, "没有"), (YES, "有")], widget=forms.RadioSelect
    )
    risks = forms.MultipleChoiceField(
        label="哪方面的风险", choices=RiskKind, widget=forms.CheckboxSelectMultiple, required=False
    )
    risk_of = forms.CharField(label="哪一家（姓名）", max_length=60, required=False)
    text = forms.CharField(
        label="说一句",
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="可以按手机键盘上的话筒用嘴说。",
    )
    on = forms.DateField(label="哪天去的", widget=DayInput)
    back_dating_reason = forms.CharField(
        label="补记原因", max_length=200, required=False, help_text="日子隔得久才要写，例如“村里没有信号”。"
    )
    visitor = forms.ModelChoiceField(
        User.objects.none(), label="谁去的", required=False, empty_label="我自己"
    )
    photo = forms.FileField(label="照片", required=False, help_text="可不拍。传了会去掉照片里的位置信息。")
    longitude = forms.DecimalField(label="经度", max_digits=9, decimal_places=6, required=False)
    latitude = forms.DecimalField(label="纬度", max_digits=8, decimal_places=6, required=False)

    def __init__(self, user: User, *args: Any, may_attach: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("uid", uid7())
        cast(forms.ChoiceField, self.fields["way"]).choices = [(one.value, one.label) for one in self.ways]
        people = [(one.value, one.label) for one in self.people]
        cast(forms.MultipleChoiceField, self.fields["met"]).choices = people
        cast(forms.ModelChoiceField, self.fields["visitor"]).queryset = colleagues(user)
        if not may_attach:
            del self.fields["photo"]
        self._shape()

    def _shape(self) -> None:
        """A household's risk needs no name; the folded part opens when something is set in it."""
        del self.fields["risk_of"]

    @property
    def more_is_set(self) -> bool:
        """Whether the folded part holds an error or more than it opened with."""
        names = ("on", "back_dating_reason", "visitor", "longitude", "latitude")
        return self.is_bound and any(self[name].errors or name in self.changed_data for name in names)

    def note(self) -> Note:
        """What was picked and written, as the action takes it."""
        values = self.cleaned_data
        return Note(
            on=values["on"],
            way=values["way"],
            met=values["met"],
            changed=values["changed"] == YES,
            new_risk=values["new_risk"] == YES,
            changed_what=values["changed_what"],
            risks=values["risks"],
            text=values["text"],
            risk_of=values.get("risk_of", ""),
            back_dating_reason=values["back_dating_reason"],
            longitude=values["longitude"],
            latitude=values["latitude"],
        )

    def visit_uid(self) -> UUID:
        """The number that the page gave the note, so that sent twice it is kept once."""
        uid: UUID = self.cleaned_data["uid"]
        return uid

    def content(self) -> bytes | None:
        """The photograph, if there is one."""
        file = self.cleaned_data.get("photo")
        return file.read() if file else None


class VillageVisitForm(VisitForm):
    """A visit to a village."""

    ways, people = VILLAGE_WAYS, VILLAGE_MET

    def _shape(self) -> None:
        self.fields["changed"].label = "村里和上次比"
        self.fields["new_risk"].label = "听说哪家有新风险"
        del self.fields["changed_what"]

    def note(self) -> Note:
        """The same, without what changed of a household."""
        self.cleaned_data["changed_what"] = []
        return super().note()


class WithdrawVisitForm(forms.Form):
    """Why a note is taken down."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="为什么撤下", max_length=200, help_text="例如：记错户了；重复记了。撤下的还看得到，不再算数。"
    )

"""The forms of meetings and resolutions; what was typed comes back on an error."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.core import parameters
from bangfu.support.forms.attendants import read_attendants, said_attendants
from bangfu.support.models import Meeting
from bangfu.support.policies.meetings import Attendant
from bangfu.support.queries.meetings import attendances_of, place_of_meeting, units_to_convene
from bangfu.support.terms.kinds import MEETINGS, kinds_in
from bangfu.ui.controls import DayInput

_ATTENDANTS = "一行一个，先写单位全称，再写姓名，例如：云岭县医疗保障局 李敏。"
_MARKS = "代会的在姓名后面写“代会”，没来的写“缺席”。"


def day_field(label: str, help_text: str = "", **options: Any) -> forms.DateField:
    """A day, today unless told otherwise."""
    options.setdefault("initial", localdate)
    return forms.DateField(label=label, help_text=help_text, widget=DayInput(), **options)


def long_field(label: str, help_text: str = "", rows: int = 4, **options: Any) -> forms.CharField:
    """Several lines of words."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, widget=area, **options)


def version_field() -> forms.IntegerField:
    """The version that the person saw."""
    return forms.IntegerField(widget=forms.HiddenInput)


class CallForm(forms.Form):
    """A meeting to come."""

    held = False
    kind = forms.ChoiceField(label="会议种类")
    convener = forms.ModelChoiceField(Unit.objects.none(), label="召集单位")
    title = forms.CharField(label="会议名称", max_length=100, help_text="例如：2026年第四季度挂包帮联席会议")
    held_on = day_field("日期")
    held_at = forms.CharField(label="地点", max_length=100)
    chair = forms.CharField(label="主持人", max_length=60)
    agenda = long_field("议程", "一行一项。", required=False)
    attendants = long_field("应到", _ATTENDANTS + "姓名可以先不写。", rows=6)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        units = units_to_convene(user)
        self._user = user
        self.fields["convener"].queryset = units  # type: ignore[attr-defined]
        self.fields["convener"].initial = units.filter(users=user).first()
        kinds = kinds_in(MEETINGS, user.unit.place if user.unit else "", localdate())
        self.fields["kind"].choices = [("", "请选"), *kinds.items()]  # type: ignore[attr-defined]

    def clean_attendants(self) -> list[Attendant]:
        """Each line as an attendant; raises ValidationError naming the lines that are none."""
        return read_attendants(self.cleaned_data["attendants"], held=self.held)

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        region = place_of_meeting(self._user, self.cleaned_data["convener"])
        return {**self.cleaned_data, "region": region}


def opening_like(meeting: Meeting | None) -> dict[str, Any]:
    """The form filled with what stays the same when a meeting is held again: place, chair, who is asked."""
    if meeting is None:
        return {}
    same = {name: getattr(meeting, name) for name in ("kind", "convener", "held_at", "chair")}
    return {**same, "attendants": said_attendants(attendances_of(meeting), names=False)}


class RecordForm(CallForm):
    """A meeting that took place."""

    held = True
    attendants = long_field("到会", _ATTENDANTS + _MARKS, rows=6)
    recorder = forms.CharField(label="记录人", max_length=60, required=False)
    minutes = long_field("纪要", "写议定的事、意见和要求；议定事项保存以后再分解到单位。", rows=8)


class HoldForm(forms.Form):
    """Who came to a called meeting, and what was said."""

    version = version_field()
    held_on = day_field("实际开会日期")
    attendants = long_field("到会", _ATTENDANTS + _MARKS, rows=8)
    recorder = forms.CharField(label="记录人", max_length=60, required=False)
    minutes = long_field("纪要", "写议定的事、意见和要求。", rows=8)

    def clean_attendants(self) -> list[Attendant]:
        """Each line as an attendant; raises ValidationError naming the lines that are none."""
        return read_attendants(self.cleaned_data["attendants"], held=True)


def opening_hold(meeting: Meeting) -> dict[str, Any]:
    """The form filled with who was asked."""
    return {
        "version": meeting.version,
        "held_on": meeting.held_on,
        "attendants": said_attendants(attendances_of(meeting)),
    }


class EditForm(forms.Form):
    """The words of a meeting."""

    version = version_field()
    agenda = long_field("议程", required=False)
    minutes = long_field("纪要", required=False, rows=10)


class ReasonForm(forms.Form):
    """Why something becomes void."""

    version = version_field()
    reason = long_field("原因", "作废的留在清单里，不再算数。", max_length=200)


class AssignForm(forms.Form):
    """One thing that was resolved, and who does it by when."""

    version = version_field()
    text = long_field("议定事项", "一次写一件，写清做什么、做到什么程度。", max_length=500)
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="责任单位", widget=forms.CheckboxSelectMultiple
    )
    due_on = day_field("完成时限", initial=None)

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = Unit.objects.filter(pk__in=meeting.attendances.values("unit"), is_active=True)
        self.fields["units"].queryset = asked  # type: ignore[attr-defined]
        self.fields["due_on"].initial = due_of(meeting)


def due_of(meeting: Meeting) -> date:
    """The day a resolution is due unless somebody says otherwise; raises ParameterMissing."""
    days = parameters.value("resolution_days", on=meeting.held_on, place=meeting.place)
    return meeting.held_on + timedelta(days=days)


class AnswerForm(forms.Form):
    """What a unit did."""

    version = version_field()
    text = long_field("办理情况", "做了什么、到哪一步、还差什么。", max_length=1000)
    answered_on = day_field("回复日期")


class VerdictForm(forms.Form):
    """Whether it is done."""

    version = version_field()
    accepted = forms.TypedChoiceField(
        label="核实结果",
        choices=[("", "请选"), ("yes", "办好了，销号"), ("no", "没有办好，退回")],
        coerce=lambda text: text == "yes",
    )
    words = long_field("核实意见", "退回的要写清哪里没有办好。", required=False, max_length=500)

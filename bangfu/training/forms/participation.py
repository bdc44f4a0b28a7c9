"""Forms of those who came and of what they said after the return."""

from __future__ import annotations

from django import forms

from bangfu.households.forms.fields import DayField
from bangfu.training.actions.participation import Answer
from bangfu.training.enums.people import Effect, Means
from bangfu.training.forms.courses import WORDS, VersionForm

_LIST_HELP = (
    "一行一人：姓名，单位或村，学时。学时不写，按课程学时。可以从 Excel 里复制几列贴进来；"
    "写了单位或村的，认得出是哪位干部、哪户的成员。"
)


class ParticipationForm(forms.Form):
    """The list, one person a line."""

    people = forms.CharField(
        label="谁来了",
        max_length=200_000,
        widget=forms.Textarea({"rows": 10, "placeholder": "杨志明，上寨村，4"}),
        help_text=_LIST_HELP,
    )


class ParticipationFileForm(forms.Form):
    """A workbook from which the list is read."""

    file = forms.FileField(label="Excel 名单", help_text="表头要有“姓名”，最好有“单位或村”“学时”。")


class EditParticipationForm(VersionForm):
    """The hours really attended, and what the person took along."""

    hours = forms.DecimalField(label="学时", min_value=0, max_value=500, decimal_places=1)
    reflection = forms.CharField(
        label="心得", max_length=500, required=False, widget=WORDS, help_text="本人愿意说才写，不要求人人写。"
    )


class RemoveParticipationForm(VersionForm):
    """Why somebody does not belong on the list."""

    reason = forms.CharField(label="为什么去掉", max_length=200, help_text="例如：登记错了，人没有来。")


class FollowUpForm(forms.Form):
    """What somebody said after the return."""

    asked_on = DayField(label="回访日期")
    means = forms.ChoiceField(label="方式", choices=Means)
    effect = forms.ChoiceField(label="效果", choices=Effect, widget=forms.RadioSelect)
    words = forms.CharField(label="说了什么", max_length=300, required=False, widget=WORDS)

    def answer(self) -> Answer:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return Answer(data["asked_on"], Means(data["means"]), Effect(data["effect"]), data["words"])

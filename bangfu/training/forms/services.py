"""Forms of service orders."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from bangfu.access.region_field import RegionField
from bangfu.core.models import Region
from bangfu.households.forms.fields import DayField, YuanField
from bangfu.households.models import Household
from bangfu.training.actions.services import Asked, Looked, Solved
from bangfu.training.enums.services import ReturnVerdict
from bangfu.training.forms.courses import WORDS, VersionForm, set_regions
from bangfu.training.models import Teacher
from bangfu.training.terms import ServiceKind, service_choices


class HouseholdField(forms.ModelChoiceField):
    """A household by its head and village."""

    def label_from_instance(self, obj: Household) -> str:
        """Head, village and group."""
        return f"{obj.head_name}（{obj.village.name}{obj.group_name}）"


class AskForm(forms.Form):
    """What is asked, for whom; of a known household the rest is known."""

    household = HouseholdField(Household.objects.none(), label="哪一户")
    region = RegionField(Region.objects.none(), label="地方")
    for_whom = forms.CharField(
        label="给谁办", max_length=80, help_text="哪一户、哪个合作社、哪个村。一户的，从户档案里提更好。"
    )
    kind = forms.ChoiceField(label="要什么服务", choices=service_choices)
    problem = forms.CharField(label="什么问题", max_length=500, widget=WORDS)
    wanted = YuanField(label="需要贷款（元）", required=False, help_text="只有信贷需求才写。")
    asked_on = DayField(label="提出日期")

    def __init__(
        self,
        *args: Any,
        regions: QuerySet[Region] | None = None,
        households: QuerySet[Household] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if regions is None:
            del self.fields["region"], self.fields["for_whom"]
        else:
            set_regions(self, regions)
        if households is None:
            del self.fields["household"]
        else:
            cast(HouseholdField, self.fields["household"]).queryset = households

    def asked(self) -> Asked:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return Asked(
            data["kind"], data["problem"], data["asked_on"], data.get("for_whom", ""), data["wanted"]
        )


class TakeForm(VersionForm):
    """Who takes the order."""

    expert = forms.ModelChoiceField(Teacher.objects.none(), label="谁来办")
    taken_on = DayField(label="接单日期")

    def __init__(self, *args: Any, experts: QuerySet[Teacher], **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField, self.fields["expert"]).queryset = experts


class SolveForm(VersionForm):
    """How it was solved."""

    done_on = DayField(label="办理日期")
    solution = forms.CharField(label="怎样解决的", max_length=500, widget=WORDS)
    granted = YuanField(label="放款（元）", required=False, help_text="没有放款的空着。")

    def __init__(self, *args: Any, kind: ServiceKind, **options: Any) -> None:
        super().__init__(*args, **options)
        if not kind.asks_amount:
            del self.fields["granted"]

    def solved(self) -> Solved:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return Solved(data["done_on"], data["solution"], data.get("granted"))


class VisitForm(VersionForm):
    """What the return visit found."""

    visited_on = DayField(label="回访日期")
    verdict = forms.ChoiceField(label="解决了吗", choices=ReturnVerdict.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="情况", max_length=300, required=False, widget=WORDS, help_text="没有全解决的要写还差什么。"
    )

    def looked(self) -> Looked:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return Looked(data["visited_on"], ReturnVerdict(data["verdict"]), data["words"])


class DeclineForm(VersionForm):
    """Why nobody here can help."""

    reason = forms.CharField(label="为什么不能办", max_length=200, widget=WORDS)

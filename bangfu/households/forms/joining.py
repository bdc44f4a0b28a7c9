"""Forms for people who join: a new household's head, a missed member."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, within_any
from bangfu.core.models import Region, RegionLevel
from bangfu.households.actions.registering import MemberFacts
from bangfu.households.enums import HouseholdType, Sex
from bangfu.households.forms.fields import checked_phone
from bangfu.households.policies.households import RESIDENT_ID
from bangfu.households.showing.wording import dictionaries, help_for
from bangfu.ui.controls import DayInput


class VillageField(forms.ModelChoiceField):
    """A village, with its township before it."""

    def label_from_instance(self, obj: Region) -> str:
        """Township and village."""
        return f"{obj.parent.name} {obj.name}" if obj.parent else obj.name


def villages_for(user: User, permission: Permission) -> Any:
    """The villages in which the person has the permission."""
    reached = within_any("code", places_of(user, permission))
    villages = Region.objects.filter(reached, level=RegionLevel.VILLAGE, valid_to__isnull=True)
    return villages.select_related("parent").order_by("code")


def _id_types() -> list[tuple[str, str]]:
    return [(word, word) for word in (*dictionaries()["id_type"], "其他")]


class PersonForm(forms.Form):
    """Who somebody is."""

    name = forms.CharField(label="姓名", max_length=60)
    id_type = forms.ChoiceField(label="证件类型", choices=_id_types, initial=RESIDENT_ID)
    id_number = forms.CharField(label="证件号码", max_length=30, required=False)
    relation = forms.CharField(label="与户主关系", max_length=20, required=False)
    sex = forms.ChoiceField(
        label="性别", choices=[("", "按证件"), *Sex.choices], required=False, help_text="有身份证号就不用选。"
    )
    birth_date = forms.DateField(
        label="出生日期", widget=DayInput, required=False, help_text="有身份证号就不用填。"
    )
    phone = forms.CharField(label="联系电话", max_length=30, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.help_text = field.help_text or help_for("member", name)
        if "relation" in self.fields:
            self.fields["relation"].widget.attrs["list"] = "words-relation"

    def clean_phone(self) -> str:
        """A number or nothing."""
        return checked_phone(self.cleaned_data["phone"])

    def person(self) -> MemberFacts:
        """What was typed, as the actions take it."""
        names = ("name", "id_type", "id_number", "relation", "sex", "birth_date", "phone")
        return MemberFacts(**{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})


class NewHouseholdForm(PersonForm):
    """A new household: where, and who heads it. Further members are added on its file."""

    village = VillageField(queryset=Region.objects.none(), label="行政村")
    group_name = forms.CharField(label="村民小组", max_length=40, required=False)
    code = forms.CharField(label="户编号", max_length=40, required=False)
    household_type = forms.ChoiceField(
        label="户类型", choices=[("", "还没定"), *HouseholdType.choices], required=False
    )
    moved_in_on = forms.DateField(
        label="整户迁入日期",
        widget=DayInput,
        required=False,
        help_text="从外地整户迁来才填；只是以前漏登的，空着。",
    )
    field_order = ("village", "group_name", "name", "id_type", "id_number", "sex", "birth_date", "phone")

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["relation"]  # 这里填的是户主
        cast(VillageField, self.fields["village"]).queryset = villages_for(
            user, Permission.HOUSEHOLD_REGISTER
        )
        self.fields["name"].label = "户主姓名"
        for name in ("code", "group_name"):
            self.fields[name].help_text = help_for("household", name)


class NewMemberForm(PersonForm):
    """A member whom the register missed."""

    joined_on = forms.DateField(
        label="加入本户日期", widget=DayInput, required=False, help_text="不知道就空着，表示一直在。"
    )


class IdNumberForm(forms.Form):
    """A corrected identity number."""

    id_type = forms.ChoiceField(label="证件类型", choices=_id_types, initial=RESIDENT_ID)
    id_number = forms.CharField(
        label="正确的证件号码", max_length=30, help_text=help_for("member", "id_number")
    )
    reason = forms.CharField(
        label="为什么改",
        max_length=200,
        help_text="例如“对照户口簿，原来抄错一位”。理由会留在审计记录里，号码不会。",
    )

"""Forms for natural changes: each kind asks for what it needs and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import HouseholdState, MemberState, NaturalChangeKind
from bangfu.households.forms.joining import PersonForm
from bangfu.households.models import Household, Member
from bangfu.ui.controls import DayInput


class MemberField(forms.ModelChoiceField):
    """One of the present members."""

    def label_from_instance(self, obj: Member) -> str:
        """Name and relation."""
        return _label(obj)


class MembersField(forms.ModelMultipleChoiceField):
    """Some of the present members."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Member) -> str:
        """Name and relation."""
        return _label(obj)


class HouseholdField(forms.ModelChoiceField):
    """Another household of the village."""

    def label_from_instance(self, obj: Household) -> str:
        """Head, group, number of persons."""
        return f"{obj.head_name}（{obj.group_name or obj.village.name}，{obj.member_count} 人）"


def _label(member: Member) -> str:
    return f"{member.name}（{member.relation or '成员'}）"


class _Dated(forms.Form):
    """What every kind asks: when, and what for the record."""

    occurred_on = forms.DateField(
        label="发生日期", widget=DayInput, help_text="事情发生的那天，不是登记的今天。"
    )
    note = forms.CharField(
        label="说明", max_length=300, required=False, help_text="凭什么登记，例如“死亡证明”。"
    )


class JoiningForm(PersonForm, _Dated):
    """Somebody joins."""

    field_order = (
        "name",
        "relation",
        "occurred_on",
        "id_type",
        "id_number",
        "sex",
        "birth_date",
        "phone",
        "note",
    )

    def __init__(self, household: Household, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)


class BirthForm(JoiningForm):
    """A child is born: the day of birth is the day of the change, and it has no telephone."""

    def __init__(self, household: Household, *args: Any, **options: Any) -> None:
        super().__init__(household, *args, **options)
        del self.fields["birth_date"], self.fields["phone"]
        self.fields["occurred_on"].label = "出生日期"
        self.fields["occurred_on"].help_text = "和出生证明一致。"
        self.fields["id_number"].help_text = "还没上户口就空着，以后补。"

    def clean(self) -> None:
        """The birth date follows from the day of the change."""
        super().clean()
        self.cleaned_data["birth_date"] = self.cleaned_data.get("occurred_on")


class LeavingForm(_Dated):
    """Somebody leaves; if it is the head, somebody follows."""

    member = MemberField(queryset=Member.objects.none(), label="哪一位")
    new_head = MemberField(
        queryset=Member.objects.none(),
        label="新户主",
        required=False,
        help_text="走的是户主、家里还有人时才选。",
    )
    field_order = ("member", "occurred_on", "new_head", "note")

    def __init__(self, household: Household, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, ("member", "new_head"), _present(household))


class HouseholdOutForm(_Dated):
    """The whole household moves away."""

    def __init__(self, household: Household, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)


class SplitForm(_Dated):
    """Some members form a household of their own."""

    members = MembersField(queryset=Member.objects.none(), label="谁分出去")
    new_head = MemberField(queryset=Member.objects.none(), label="新户的户主", help_text="从分出去的人里选。")
    remaining_head = MemberField(
        queryset=Member.objects.none(),
        label="原户的新户主",
        required=False,
        help_text="原来的户主也分出去时才选。",
    )
    young_head = forms.BooleanField(label="户主年龄小，已核实", required=False)
    field_order = ("members", "new_head", "remaining_head", "young_head", "occurred_on", "note")

    def __init__(self, household: Household, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound:
            # 登记不下来才问：多数分户用不着
            del self.fields["young_head"]
        _offer(self, ("members", "new_head", "remaining_head"), _present(household))


class MergeForm(_Dated):
    """This household goes into another one."""

    into = HouseholdField(
        queryset=Household.objects.none(),
        label="并入哪一户",
        help_text="同村在册的户；并过去的人以那一户的户主为户主。",
    )
    field_order = ("into", "occurred_on", "note")

    def __init__(self, household: Household, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        others = Household.objects.visible_to(user, Permission.HOUSEHOLD_REGISTER).exclude(pk=household.pk)
        here = others.filter(village=household.village_id, state=HouseholdState.PRESENT)
        _offer(self, ("into",), here.select_related("village").order_by("group_name", "head_name"))


def _offer(form: forms.Form, names: Iterable[str], rows: QuerySet) -> None:
    """Let one choose out of these rows in the named boxes."""
    for name in names:
        cast(forms.ModelChoiceField, form.fields[name]).queryset = rows


def _present(household: Household) -> QuerySet[Member]:
    return household.members.filter(state=MemberState.PRESENT).order_by("-is_head", "pk")


def form_of(kind: NaturalChangeKind) -> Callable[..., forms.Form]:
    """The form for a kind that concerns members of one household or the whole of it."""
    if kind is NaturalChangeKind.BIRTH:
        return BirthForm
    if kind.adds:
        return JoiningForm
    return LeavingForm if kind.removes else HouseholdOutForm

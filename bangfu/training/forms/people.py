"""Forms of teachers, places to look at, forums and people brought up to lead."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from bangfu.access.region_field import RegionField
from bangfu.core.models import Region
from bangfu.households.enums import MemberState
from bangfu.households.forms.fields import DayField
from bangfu.households.models import Household, Member
from bangfu.training.actions.forums import IssueFacts
from bangfu.training.actions.leaders import LeaderFacts
from bangfu.training.actions.teachers import PointFacts, TeacherFacts
from bangfu.training.enums.people import LeaderKind, LeaderState, PointKind, TeacherKind
from bangfu.training.forms.courses import WORDS, VersionForm, set_regions


class _PlaceForm(forms.Form):
    """Something new in a region."""

    region = RegionField(Region.objects.none(), label="地方")

    def __init__(self, *args: Any, regions: QuerySet[Region], **options: Any) -> None:
        super().__init__(*args, **options)
        set_regions(self, regions)


class TeacherForm(_PlaceForm):
    """Who teaches what, and what qualifies them."""

    kind = forms.ChoiceField(label="类别", choices=TeacherKind)
    name = forms.CharField(
        label="姓名", max_length=60, help_text="在册的典型户、示范户，从那一户档案的“培训与服务”里加。"
    )
    unit_name = forms.CharField(label="单位或村组", max_length=80, required=False)
    field = forms.CharField(label="擅长", max_length=80, help_text="例如：核桃、生猪、小额信贷、婚姻家庭。")
    qualification = forms.CharField(
        label="资格", max_length=120, help_text="职称、证书、示范户认定，或因为什么选他。"
    )
    valid_from = DayField(label="入库日期")

    def facts(self) -> TeacherFacts:
        """What was typed, as the action takes it."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("region", "kind")}
        return TeacherFacts(kind=TeacherKind(self.cleaned_data["kind"]), **data)


class HouseholdTeacherForm(TeacherForm):
    """A household of the register that tells of itself or shows its fields: who and where is known."""

    def __init__(self, *args: Any, household: Household, **options: Any) -> None:
        super().__init__(*args, regions=Region.objects.none(), **options)
        self._household = household
        for name in ("region", "name", "unit_name"):
            del self.fields[name]
        kinds = [(one.value, one.label) for one in TeacherKind if one.is_household]
        cast(forms.ChoiceField, self.fields["kind"]).choices = kinds

    def facts(self) -> TeacherFacts:
        """What was typed, with what the register knows."""
        home, data = self._household, self.cleaned_data
        return TeacherFacts(
            kind=TeacherKind(data["kind"]),
            name=home.head_name,
            unit_name=f"{home.village.name}{home.group_name}",
            field=data["field"],
            qualification=data["qualification"],
            valid_from=data["valid_from"],
        )


class PointForm(_PlaceForm):
    """What there is to look at."""

    kind = forms.ChoiceField(label="类别", choices=PointKind)
    name = forms.CharField(label="名称", max_length=60)
    shows = forms.CharField(label="看什么", max_length=200, widget=WORDS)
    valid_from = DayField(label="入库日期")

    def facts(self) -> PointFacts:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return PointFacts(PointKind(data["kind"]), data["name"], data["shows"], data["valid_from"])


class EndForm(VersionForm):
    """The last day, and why."""

    valid_to = DayField(label="最后一天")
    reason = forms.CharField(label="为什么出库", max_length=100)


class ForumForm(_PlaceForm):
    """A forum's year."""

    name = forms.CharField(label="论坛", max_length=60, help_text="例如：驻村故事大家讲。")
    organiser = forms.CharField(label="主办单位", max_length=60)
    year = forms.IntegerField(label="年度", min_value=2010, max_value=2100)
    planned = forms.IntegerField(label="计划期数", min_value=1, max_value=100)


class IssueForm(forms.Form):
    """An issue that was held."""

    theme = forms.CharField(label="主题", max_length=80)
    held_on = DayField(label="举办日期")
    location = forms.CharField(label="地点", max_length=80)
    speakers = forms.CharField(label="主讲", max_length=120)
    people = forms.IntegerField(label="到会人数", min_value=1, max_value=100_000)
    gist = forms.CharField(label="要点", max_length=500, required=False, widget=WORDS)

    def facts(self) -> IssueFacts:
        """What was typed, as the action takes it."""
        return IssueFacts(**self.cleaned_data)


class LeaderForm(_PlaceForm):
    """Who is brought up for what."""

    kind = forms.ChoiceField(label="类别", choices=LeaderKind)
    name = forms.CharField(label="姓名", max_length=60)
    picked_on = DayField(label="列入日期")
    mentor = forms.CharField(label="联系培养人", max_length=60)
    aim = forms.CharField(label="培养目标", max_length=200, widget=WORDS)

    def facts(self) -> LeaderFacts:
        """What was typed, as the action takes it."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("region", "kind")}
        return LeaderFacts(kind=LeaderKind(self.cleaned_data["kind"]), **data)


class HouseholdLeaderForm(LeaderForm):
    """A member of a household: picked, not typed."""

    member = forms.ModelChoiceField(Member.objects.none(), label="哪一位", empty_label="请选")
    field_order = ("member", "kind")

    def __init__(self, *args: Any, household: Household, **options: Any) -> None:
        super().__init__(*args, regions=Region.objects.none(), **options)
        for name in ("region", "name"):
            del self.fields[name]
        there = household.members.filter(state=MemberState.PRESENT)
        cast(forms.ModelChoiceField, self.fields["member"]).queryset = there.order_by("pk")

    def facts(self) -> LeaderFacts:
        """What was typed, under the member's name."""
        data = self.cleaned_data
        return LeaderFacts(
            LeaderKind(data["kind"]), data["member"].name, data["picked_on"], data["mentor"], data["aim"]
        )


class EndLeaderForm(VersionForm):
    """What came of it."""

    state = forms.ChoiceField(
        label="结果", choices=[(one.value, one.label) for one in (LeaderState.ARRIVED, LeaderState.LEFT)]
    )
    ended_on = DayField(label="日期")
    outcome = forms.CharField(
        label="说明",
        max_length=200,
        widget=WORDS,
        help_text="例如：当选村支书；办起合作社带动 12 户；外出务工退出。",
    )

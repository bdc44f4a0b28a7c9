"""The forms of inspections, findings and orders."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.core import parameters
from bangfu.core.models import Region, RegionLevel
from bangfu.core.models.region import range_end
from bangfu.households.models import Household
from bangfu.support.enums.supervision import HouseholdGroup, InspectionKind
from bangfu.support.forms.meetings import day_field, long_field, version_field
from bangfu.support.models import DrawnHousehold, Finding, Inspection
from bangfu.support.queries.supervision import inspectors_in, regions_to_inspect, units_below
from bangfu.support.terms.kinds import FINDINGS, kinds_in


class OpenForm(forms.Form):
    """A new inspection."""

    region = forms.ModelChoiceField(Region.objects.none(), label="检查范围")
    kind = forms.ChoiceField(label="方式", choices=InspectionKind)
    title = forms.CharField(label="名称", max_length=100, help_text="例如：2026年第四季度交叉检查")
    matter = long_field("查什么", "一句一项，例如：应纳未纳、措施落实、收入测算。", max_length=500)
    leader = forms.ModelChoiceField(User.objects.none(), label="督导组长")
    starts_on = day_field("开始")
    ends_on = day_field("结束")

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        regions = regions_to_inspect(user)
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]
        self.fields["region"].initial = regions.first()
        self.fields["leader"].queryset = inspectors_in(user)  # type: ignore[attr-defined]
        self.fields["leader"].label_from_instance = person_label  # type: ignore[attr-defined]
        self.fields["leader"].initial = user


def person_label(user: User) -> str:
    """Name, post and unit, to tell people of the same name apart."""
    return " ".join(filter(None, [user.name, user.post, user.unit.name if user.unit else ""]))


class TeamForm(forms.Form):
    """A team and where it looks."""

    version = version_field()
    region = forms.ModelChoiceField(Region.objects.none(), label="检查哪里")
    leader = forms.ModelChoiceField(User.objects.none(), label="组长")
    members = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="组员",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="本地方的人、在那里结对或挂包的人，不能查那里，保存时会核对。",
    )

    def __init__(self, *args: Any, user: User, inspection: Inspection, **options: Any) -> None:
        super().__init__(*args, **options)
        people = inspectors_in(user)
        self.fields["region"].queryset = regions_to_inspect(user).filter(  # type: ignore[attr-defined]
            code__gte=inspection.place, code__lt=range_end(inspection.place)
        )
        for name in ("leader", "members"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
            self.fields[name].label_from_instance = person_label  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What the action takes: the leader first."""
        given = dict(self.cleaned_data)
        leader, others = given.pop("leader"), given.pop("members")
        return {**given, "members": [leader, *(each for each in others if each != leader)]}


class DrawForm(forms.Form):
    """How to draw."""

    version = version_field()
    seed = forms.CharField(
        label="抽样种子",
        max_length=40,
        help_text="当众定的一串字或数，例如开会当天的日期加掷出的点数。有它和名单，谁都能重抽出同样的结果。",
    )
    villages = forms.IntegerField(label="抽几个村", min_value=1, max_value=500)
    households = forms.IntegerField(label="每村抽几户", min_value=0, max_value=200)
    group = forms.ChoiceField(label="抽哪些户", choices=HouseholdGroup)
    by_township = forms.BooleanField(
        label="按乡镇分层", required=False, help_text="各乡镇按村数的比例抽；不管分不分层，每个村的机会一样。"
    )


def opening_draw(inspection: Inspection) -> dict[str, Any]:
    """The form filled with what the parameters say."""
    today, place = localdate(), inspection.place
    return {
        "version": inspection.version,
        "villages": parameters.value("inspection_villages", on=today, place=place),
        "households": parameters.value("inspection_households", on=today, place=place),
        "by_township": parameters.value("inspection_by_township", on=today, place=place),
    }


class FindingForm(forms.Form):
    """A problem; the household is one of those that were drawn, or none."""

    village = forms.ModelChoiceField(Region.objects.none(), label="行政村")
    household = forms.ModelChoiceField(
        Household.objects.none(), label="哪一户", required=False, empty_label="整个村的问题"
    )
    kind = forms.ChoiceField(label="问题种类")
    words = long_field("问题", "写看到的事：哪里、什么情况、和登记差在哪里。不评价人。", max_length=500)
    found_on = day_field("发现日期")

    def __init__(self, *args: Any, inspection: Inspection, **options: Any) -> None:
        super().__init__(*args, **options)
        villages = Region.objects.filter(level=RegionLevel.VILLAGE, code__gte=inspection.place, valid_to=None)
        drawn = DrawnHousehold.objects.filter(drawn_village__inspection=inspection)
        self.fields["village"].queryset = villages.filter(  # type: ignore[attr-defined]
            code__lt=range_end(inspection.place)
        )
        self.fields["household"].queryset = Household.objects.filter(  # type: ignore[attr-defined]
            pk__in=drawn.values("household")
        ).select_related("village")
        self.fields["household"].label_from_instance = _household_label  # type: ignore[attr-defined]
        kinds = kinds_in(FINDINGS, inspection.place, localdate())
        self.fields["kind"].choices = [("", "请选"), *kinds.items()]  # type: ignore[attr-defined]


def _household_label(household: Household) -> str:
    return f"{household.village.name} {household.group_name} {household.head_name}"


class SeenForm(forms.Form):
    """The day on which a household was looked at."""

    seen_on = day_field("查看日期")


class MendForm(forms.Form):
    """How and when a problem was mended on the spot."""

    mended_how = long_field("当场怎么改的", "写清改成什么样，例如：公示栏当场补贴了名单。", max_length=300)
    mended_on = day_field("整改日期")


class LeaningForm(forms.Form):
    """What a leaning problem is called."""

    name = long_field(
        "怎样概括", "一句话，例如：新增脱贫不稳定户的收入测算普遍没有扣生产支出。", max_length=200
    )


class IssueForm(forms.Form):
    """An order to one unit."""

    findings = forms.ModelMultipleChoiceField(
        Finding.objects.none(), label="整改的问题", widget=forms.CheckboxSelectMultiple
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label="责任单位")
    demand = long_field("整改要求", "做到什么程度、要举一反三查什么。", max_length=1000)
    issued_on = day_field("下发日期")
    due_on = day_field("整改时限", initial=None)

    def __init__(self, *args: Any, inspection: Inspection, **options: Any) -> None:
        super().__init__(*args, **options)
        waiting = Finding.objects.filter(inspection=inspection, order=None, mended_on=None)
        waiting = waiting.select_related("village")
        self.fields["findings"].queryset = waiting  # type: ignore[attr-defined]
        self.fields["findings"].label_from_instance = _finding_label  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units_below(inspection.place)  # type: ignore[attr-defined]
        today = localdate()
        days = parameters.value("order_days", on=today, place=inspection.place)
        self.fields["due_on"].initial = today + timedelta(days=days)


def _finding_label(finding: Finding) -> str:
    return f"{finding.village.name} {finding.kind_name}：{finding.words}"

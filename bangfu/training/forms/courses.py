"""Forms of needs, courses and sessions."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from bangfu.access.region_field import RegionField
from bangfu.core.models import Region
from bangfu.households.forms.fields import DayField
from bangfu.training.actions.courses import CourseFacts, Need
from bangfu.training.actions.sessions import Arrangement
from bangfu.training.enums.courses import Mode
from bangfu.training.models import Course, ObservationPoint, Teacher, TrainingNeed
from bangfu.training.terms import audiences, classrooms, words

WORDS = forms.Textarea({"rows": 3})


def set_regions(form: forms.Form, regions: QuerySet[Region], name: str = "region") -> None:
    """Offer the regions; where there is only one, it is chosen."""
    cast(RegionField, form.fields[name]).queryset = regions
    only = regions[:2]
    if len(only) == 1:
        form.fields[name].initial = only[0]


def _offer(form: forms.Form, name: str, known: tuple[str, ...]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = [(word, word) for word in known]


class VersionForm(forms.Form):
    """Carries the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NeedForm(forms.Form):
    """How many ask for what."""

    region = RegionField(Region.objects.none(), label="地方")
    surveyed_on = DayField(label="调研日期")
    audience = forms.ChoiceField(label="对象")
    topic = forms.CharField(label="想学什么", max_length=60, help_text="例如：核桃修剪、电商、小额信贷政策。")
    asking = forms.IntegerField(label="多少人想学", min_value=1, max_value=100_000)
    note = forms.CharField(label="说明", max_length=300, required=False, widget=WORDS)

    def __init__(self, *args: Any, regions: QuerySet[Region], on: date, place: str, **options: Any) -> None:
        super().__init__(*args, **options)
        set_regions(self, regions)
        _offer(self, "audience", audiences(on, place))

    def need(self) -> Need:
        """What was typed, as the action takes it."""
        return Need(**{name: value for name, value in self.cleaned_data.items() if name != "region"})


class CourseForm(forms.Form):
    """What a course is."""

    region = RegionField(Region.objects.none(), label="主办地")
    title = forms.CharField(label="课程", max_length=80)
    organiser = forms.CharField(label="主办单位", max_length=60)
    audience = forms.ChoiceField(label="对象")
    classroom = forms.ChoiceField(label="课堂", help_text="“五大课堂”里的哪一个；名称由县里的参数定。")
    hours = forms.DecimalField(
        label="学时", min_value=0, max_value=500, decimal_places=1, help_text="一个班次讲多少学时。"
    )
    content = forms.CharField(label="讲什么", max_length=1000, widget=WORDS)
    materials = forms.CharField(
        label="教材", max_length=300, required=False, help_text="书名、讲义、课件；文件建好后在课程页上传。"
    )
    need = forms.ModelChoiceField(
        TrainingNeed.objects.none(), label="回应的需求", required=False, empty_label="不是从需求来的"
    )
    teacher = forms.ModelChoiceField(
        Teacher.objects.none(), label="主讲", required=False, empty_label="还没定"
    )

    def __init__(
        self,
        *args: Any,
        regions: QuerySet[Region] | None,
        needs: QuerySet[TrainingNeed],
        teachers: QuerySet[Teacher],
        on: date,
        place: str,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if regions is None:
            del self.fields["region"]
        else:
            set_regions(self, regions)
        _offer(self, "audience", audiences(on, place))
        _offer(self, "classroom", classrooms(on, place))
        cast(forms.ModelChoiceField, self.fields["need"]).queryset = needs
        cast(forms.ModelChoiceField, self.fields["teacher"]).queryset = teachers

    def facts(self) -> CourseFacts:
        """What was typed, as the action takes it."""
        left = {"region", "version"}
        return CourseFacts(**{name: value for name, value in self.cleaned_data.items() if name not in left})


class EditCourseForm(CourseForm, VersionForm):
    """The same of a course that is there."""


class SessionForm(forms.Form):
    """When, where, how and with whom."""

    region = RegionField(Region.objects.none(), label="办班地")
    mode = forms.ChoiceField(
        label="方式", choices=Mode, help_text="观摩要选观摩点；现身说法要有典型户或优秀驻村干部。"
    )
    starts_on = DayField(label="开始")
    ends_on = DayField(label="结束", help_text="一天办完的，和开始同一天。")
    location = forms.CharField(label="地点", max_length=80)
    expected = forms.IntegerField(label="计划人数", min_value=1, max_value=100_000)
    teachers = forms.ModelMultipleChoiceField(
        Teacher.objects.none(), label="谁来讲", required=False, widget=forms.CheckboxSelectMultiple
    )
    point = forms.ModelChoiceField(
        ObservationPoint.objects.none(), label="观摩点", required=False, empty_label="不去观摩"
    )
    fund = forms.ChoiceField(label="经费来源", required=False)

    def __init__(
        self,
        *args: Any,
        course: Course,
        regions: QuerySet[Region] | None,
        teachers: QuerySet[Teacher],
        points: QuerySet[ObservationPoint],
        on: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if regions is None:
            del self.fields["region"]
        else:
            set_regions(self, regions)
        cast(forms.ModelChoiceField, self.fields["teachers"]).queryset = teachers
        cast(forms.ModelChoiceField, self.fields["point"]).queryset = points
        funds = words("training_funds", on, course.place)
        cast(forms.ChoiceField, self.fields["fund"]).choices = [
            ("", "还没定"),
            *((one, one) for one in funds),
        ]

    def arrangement(self) -> Arrangement:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        left = {"region", "version", "teachers", "mode"}
        given = {name: value for name, value in data.items() if name not in left}
        return Arrangement(mode=Mode(data["mode"]), teachers=tuple(data["teachers"]), **given)


class EditSessionForm(SessionForm, VersionForm):
    """The same of a session that is there."""


class FileSessionForm(VersionForm):
    """With which department, under which number."""

    department = forms.ChoiceField(label="备案部门")
    filed_on = DayField(label="备案日期")
    number = forms.CharField(
        label="备案号", max_length=60, required=False, help_text="部门给了才写，没有就空着。"
    )

    def __init__(self, *args: Any, departments: tuple[str, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "department", departments)


class CancelSessionForm(VersionForm):
    """Why it is not held."""

    reason = forms.CharField(label="为什么取消", max_length=200, widget=WORDS)

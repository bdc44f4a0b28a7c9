"""The forms of this room; what was typed comes back on an error."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, within_any
from bangfu.core.models import Region, RegionLevel
from bangfu.documents.deidentify import NoticeRow
from bangfu.notices.actions.composing import EntryFacts
from bangfu.notices.enums import NoticeKind, NoticeMatter, ObjectionChannel
from bangfu.notices.models import Notice, NoticeEntry
from bangfu.notices.terms import read_phones, said_phones
from bangfu.ui.controls import DayInput

_LINE = re.compile(r"[\s,，]+")


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, widget=DayInput(), initial=localdate)


def _long(label: str, help_text: str = "", **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": 4}), **options
    )


class ComposeForm(forms.Form):
    """A notice whose rows are typed: for matters that no case of the system stands behind."""

    village = forms.ModelChoiceField(Region.objects.none(), label="行政村")
    kind = forms.ChoiceField(label="种类", choices=NoticeKind)
    matter = forms.ChoiceField(label="事项", choices=NoticeMatter, initial=NoticeMatter.OTHER)
    title = forms.CharField(label="标题", max_length=100, help_text="例如：上寨村公益性岗位拟聘人员公示")
    opening = _long("开头", "为什么公示、经过哪些程序、拟怎样办，一段话。", max_length=500)
    posted_at = forms.CharField(label="张贴地点", max_length=100, initial="村委会公告栏")
    rows = _long(
        "名单",
        "一行一户：组、户主、人口、类别，用空格或逗号隔开，例如：第2组 郑有福 3 边缘易致贫户。"
        "不要写证件号、电话、住址和病情。",
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        villages = list(villages_of(user)[:2])
        self.fields["village"].queryset = villages_of(user)  # type: ignore[attr-defined]
        if len(villages) == 1:
            self.fields["village"].initial = villages[0]

    def clean_rows(self) -> list[EntryFacts]:
        """Each line as a household without a subject; raises ValidationError naming the line."""
        lines = [line.strip() for line in self.cleaned_data["rows"].splitlines() if line.strip()]
        return [EntryFacts(None, _read_row(number, line)) for number, line in enumerate(lines, 1)]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        entries = given.pop("rows")
        return {**given, "entries": entries}


def _read_row(number: int, line: str) -> NoticeRow:
    parts = _LINE.split(line)
    if len(parts) != 4 or not parts[2].isdigit():
        raise ValidationError(f"第 {number} 行要写四样：组、户主、人口、类别。现在是“{line[:20]}”。")
    group, name, people, category = parts
    return NoticeRow(name=name, group=group, category=category, people=int(people))


def villages_of(user: User) -> Any:
    """The villages in which the person may post."""
    reach = within_any("code", places_of(user, Permission.NOTICE_PUBLISH))
    rows = Region.objects.filter(reach, level=RegionLevel.VILLAGE, valid_to__isnull=True)
    return rows.order_by("code")


class EditForm(forms.Form):
    """The words of a draft."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="标题", max_length=100)
    number = forms.CharField(
        label="公示编号", max_length=40, required=False, help_text="村里编的号；没有就不写。"
    )
    opening = _long("开头", max_length=500)
    posted_at = forms.CharField(label="张贴地点", max_length=100)
    days = forms.IntegerField(label="公示天数", min_value=1, max_value=90)
    working_days = forms.BooleanField(label="按工作日算", required=False)
    objection_way = _long("有不同意见的，", "接在“有不同意见的，”后面。", max_length=200)
    phones = _long("反映电话", "一行一个：单位：电话。只写单位的。")
    signed_by = forms.CharField(label="落款", max_length=100)

    def clean_phones(self) -> list[dict[str, str]]:
        """As {unit, phone}; raises ValidationError when no line is one."""
        phones = read_phones(self.cleaned_data["phones"].splitlines())
        if not phones:
            raise ValidationError("每行写成“单位：电话”，例如：监督电话：12317。")
        return phones

    def values(self) -> dict[str, Any]:
        """What was typed, by field."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def opening_edit(notice: Notice) -> dict[str, Any]:
    """The form filled with the draft."""
    names = [name for name in EditForm.base_fields if name != "phones"]
    return {**{name: getattr(notice, name) for name in names}, "phones": said_phones(notice)}


class PublishForm(forms.Form):
    """The day of posting."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    posted_on = _day("张贴日期", "贴出去的那一天，期满日期从这天起算。")


class EndForm(forms.Form):
    """The day of taking down."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    taken_down_on = _day("撤下日期")


class WithdrawForm(forms.Form):
    """Why a notice is void."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = _long("作废原因", "写清错在哪里。作废的留在清单里，不再算公示过。", max_length=300)


class ObjectForm(forms.Form):
    """What somebody said."""

    entry = forms.ModelChoiceField(
        NoticeEntry.objects.none(), label="对哪一户", required=False, empty_label="对整份公示"
    )
    channel = forms.ChoiceField(label="怎样反映的", choices=ObjectionChannel)
    received_on = _day("收到日期")
    text = _long("反映内容", "照反映人的话写，写事不写人品。", max_length=500)
    objector = forms.CharField(
        label="反映人",
        max_length=60,
        required=False,
        help_text="可以不写。写了也只有办异议的人看得到。",
    )

    def __init__(self, *args: Any, notice: Notice, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["entry"].queryset = notice.entries.all()  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What was found out and what the person was told."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reply = _long("核实情况和答复", max_length=500)
    upheld = forms.TypedChoiceField(
        label="异议成立吗",
        choices=[("", "请选"), ("no", "不成立"), ("yes", "成立")],
        coerce=lambda text: text == "yes",
    )
    answered_on = _day("答复日期")

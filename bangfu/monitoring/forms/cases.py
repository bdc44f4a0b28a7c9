"""Forms of the steps of a case; each carries the version of the case that the person saw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.households.enums import MonitoredCategory
from bangfu.households.forms.fields import DayField
from bangfu.households.forms.people import PersonField, offer
from bangfu.monitoring.enums.cases import CheckResult, JudgementVerdict, MeetingResult, ReviewResult
from bangfu.monitoring.enums.help import MeasureKind
from bangfu.monitoring.policies.cases import LETTER_LENGTH
from bangfu.monitoring.terms import negative_clues, risk_choices

WORDS = forms.Textarea(attrs={"rows": 3})


class RisksField(forms.MultipleChoiceField):
    """One or more risks, by the words of the register."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "风险")
        super().__init__(choices=risk_choices, widget=forms.CheckboxSelectMultiple, **options)


class CaseForm(forms.Form):
    """What every step on a case carries: the version that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class OpenCaseForm(forms.Form):
    """A new case of a household."""

    discovered_on = DayField(label="发现日期", help_text="从这一天起算 15 天的总时限。")
    risks = RisksField(required=False)
    category = forms.ChoiceField(
        label="拟认定的类别", choices=[("", "核查后再定"), *MonitoredCategory.choices], required=False
    )
    green_channel = forms.BooleanField(
        label="绿色通道：先帮扶，后补手续",
        required=False,
        help_text="只用于突发严重困难户。",
    )


class OpenRemovalForm(forms.Form):
    """The day on which a removal begins."""

    on = DayField(label="发起日期")


class StudyForm(CaseForm):
    """风险研判."""

    studied_on = DayField(label="研判日期")
    participants = forms.CharField(label="参加人", max_length=200, help_text="村两委、工作队，写姓名或职务。")
    risks = RisksField(label="研判出的风险")
    conclusion = forms.CharField(label="研判意见", max_length=500, widget=WORDS)


class AuthorisationForm(CaseForm):
    """申请和授权."""

    signed_on = DayField(label="签字日期")
    applicant = forms.CharField(label="申请人", max_length=60)
    adults = forms.IntegerField(label="应签成年人", min_value=1, max_value=50)
    adults_signed = forms.IntegerField(label="已签成年人", min_value=0, max_value=50)
    note = forms.CharField(
        label="说明", max_length=200, required=False, help_text="例如：长子在外务工，视频确认后补签。"
    )


class RequestChecksForm(CaseForm):
    """提请信息比对."""

    asked_on = DayField(label="提请日期")


class AnswerCheckForm(CaseForm):
    """A bureau's answer."""

    answered_on = DayField(label="回函日期")
    result = forms.ChoiceField(
        label="结果", choices=[one for one in CheckResult.choices if one[0] != CheckResult.WAITING]
    )
    clue_kind = forms.ChoiceField(label="哪一种负面线索", required=False)
    detail = forms.CharField(
        label="具体情况",
        max_length=300,
        required=False,
        widget=WORDS,
        help_text="有负面线索的写清是谁、什么、哪一年。只写事实，不下结论。",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["clue_kind"].choices = [("", "没有"), *negative_clues()]  # type: ignore[attr-defined]


class JudgeClueForm(CaseForm):
    """研判负面线索."""

    judged_on = DayField(label="研判日期")
    judges = forms.CharField(label="研判人", max_length=200, help_text="哪几个人一起研判的。")
    verdict = forms.ChoiceField(label="研判结论", choices=JudgementVerdict)
    reasoning = forms.CharField(
        label="理由",
        max_length=500,
        widget=WORDS,
        help_text="例如：面包车 2016 年购，跑客运谋生，现值约 1 万元，不影响认定。",
    )


class SittingForm(forms.Form):
    """A meeting: when, where, who led it, how many came."""

    held_on = DayField(label="开会日期")
    location = forms.CharField(label="地点", max_length=100)
    chair = forms.CharField(label="主持人", max_length=60)
    extended_committee = forms.BooleanField(
        label="开的是村两委扩大会", required=False, help_text="开不成村民代表会议的才用。"
    )
    called = forms.IntegerField(label="应到人数", min_value=1, max_value=2000)
    attended = forms.IntegerField(label="实到人数", min_value=0, max_value=2000)


class ReviewedForm(CaseForm):
    """What a meeting said of one household."""

    agreed = forms.IntegerField(label="同意人数", min_value=0, max_value=2000)
    result = forms.ChoiceField(label="评议结果", choices=MeetingResult)
    needs = forms.CharField(label="帮扶需求", max_length=500, required=False, widget=WORDS)
    proposed_measures = forms.MultipleChoiceField(
        label="拟帮扶措施",
        choices=MeasureKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="按风险先勾好了，缺什么补什么；由会议定。",
    )


class MeetingForm(ReviewedForm, SittingForm):
    """民主评议 of one household."""


class ReviewForm(CaseForm):
    """乡镇审核."""

    reviewed_on = DayField(label="审核日期")
    visited = forms.BooleanField(label="抽查入户了", required=False)
    result = forms.ChoiceField(label="审核结果", choices=ReviewResult)
    opinion = forms.CharField(label="审核意见", max_length=500, widget=WORDS)


class AnnouncementForm(CaseForm):
    """公告."""

    announced_on = DayField(label="公告日期")
    location = forms.CharField(label="张贴地点", max_length=100)


class MarkForm(CaseForm):
    """全国系统."""

    marked_on = DayField(label="录入或标注日期")


class RefuseForm(CaseForm):
    """不予纳入."""

    refused_on = DayField(label="日期")
    reason = forms.CharField(label="原因", max_length=300, widget=WORDS, help_text="存档用，写明依据哪一条。")
    letter = forms.CharField(
        label="给农户的话",
        max_length=LETTER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": str(LETTER_LENGTH)}),
        help_text=f"最多 {LETTER_LENGTH} 个字，写得农户看得懂。异议怎么提、找谁，系统会印在下面。",
    )


class DeliverForm(CaseForm):
    """送达告知书."""

    delivered_on = DayField(label="送达日期")


class ObjectForm(CaseForm):
    """登记异议."""

    objected_on = DayField(label="提出日期")
    words = forms.CharField(label="农户怎么说", max_length=500, widget=WORDS)


class DecideObjectionForm(CaseForm):
    """处理异议."""

    decided_on = DayField(label="处理日期")
    upheld = forms.TypedChoiceField(
        label="怎么处理",
        choices=[("yes", "异议成立，重新办理"), ("no", "维持原决定")],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
    )
    decision = forms.CharField(label="处理意见", max_length=300, widget=WORDS)


class ApproveForm(forms.Form):
    """The county's paper for a batch."""

    number = forms.CharField(label="批复文号", max_length=60, help_text="照批复上的写，不要自己编。")
    approved_on = DayField(label="批复日期")


class ClearChecksForm(forms.Form):
    """Several answers without a negative clue."""

    answered_on = DayField(label="回函日期")


def offer_people(form: forms.Form, names: Iterable[str], people: QuerySet[User]) -> None:
    """Let person fields choose among ``people``."""
    for name in names:
        assert isinstance(form.fields[name], PersonField)
        offer(form, name, people)


class ComposeCaseNoticeForm(forms.Form):
    """Where the notice will hang."""

    posted_at = forms.CharField(label="张贴地点", max_length=100)

"""Forms of excuses."""

from __future__ import annotations

from django import forms

from bangfu.duties.forms.common import day_field

_SPANS = (
    ("one", "只这一项"),
    ("duty", "这一条责任的所有联系对象"),
    ("all", "我这段时间的全部责任"),
)


class RequestForm(forms.Form):
    """Since when, until when, why, from what."""

    starts_on = day_field(label="自")
    ends_on = day_field(label="至")
    reason = forms.CharField(
        label="原因",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：住院、脱产培训、抽调抢险。不用写病情细节。",
    )
    covers = forms.ChoiceField(label="免哪些", choices=_SPANS, widget=forms.RadioSelect, initial="one")


class DecideForm(forms.Form):
    """The version that the person has read, and what they say to it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(label="审批意见", max_length=300, required=False)


class RefuseForm(DecideForm):
    """The same, and the answer says why not."""

    answer = forms.CharField(label="为什么不准", max_length=300, min_length=2)


class WithdrawForm(forms.Form):
    """The version that the person has read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

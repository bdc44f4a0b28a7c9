"""The forms of this room."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.assessment.definition.model import Indicator, Scheme
from bangfu.assessment.enums import IndicatorKind, Whom
from bangfu.assessment.models import Assessed, AssessmentRound, Score
from bangfu.assessment.queries import counties_of, townships_of, units_in, units_of
from bangfu.core.models import Region
from bangfu.households.enums import CheckVerdict
from bangfu.projects.forms.parts import day_field, version_field, words_field, yes_no_field

_DAYS = 7


class ChooseForm(forms.Form):
    """By which scheme."""

    scheme = forms.ChoiceField(label="方案", widget=forms.RadioSelect)

    def __init__(self, schemes: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["scheme"]).choices = schemes


class OpenForm(forms.Form):
    """A new assessment by a scheme."""

    title = forms.CharField(label="名称", max_length=100, help_text="例如：2026 年度乡镇考核")
    region = forms.ModelChoiceField(Region.objects.none(), label="哪里的考核", empty_label=None)
    starts_on = day_field("考核期自", initial=None)
    ends_on = day_field("考核期至", initial=None)

    def __init__(self, user: User, scheme: Scheme, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField, self.fields["region"]).queryset = counties_of(user)
        chosen = units_of(user) if scheme.about is Whom.UNIT else townships_of(user)
        name = "units" if scheme.about is Whom.UNIT else "townships"
        self.fields[name] = forms.ModelMultipleChoiceField(
            chosen, label=f"考核哪些{scheme.about.word}", widget=forms.CheckboxSelectMultiple
        )
        if scheme.about is Whom.TOWNSHIP:
            self.fields[name].initial = list(chosen)
        year = localdate().year
        self.fields["starts_on"].initial = date(year, 1, 1)
        self.fields["ends_on"].initial = date(year, 12, 31)


class VersionForm(forms.Form):
    """The version that the person has seen."""

    version = version_field()


class TellForm(forms.Form):
    """Until when one may object."""

    version = version_field()
    objections_until = day_field(
        "异议截止", "这一天还可以提。", initial=lambda: localdate() + timedelta(days=_DAYS)
    )


class ScoreForm(forms.Form):
    """A number that no record gives."""

    version = version_field()

    def __init__(self, indicator: Indicator, row: Score, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        marks = indicator.kind is IndicatorKind.SCORED and indicator.rule is None
        unit = f"（{indicator.unit}）" if indicator.unit else ""
        self.fields["number"] = forms.DecimalField(
            label=f"得分（0 到 {indicator.full}）" if marks else f"{indicator.title}{unit}",
            min_value=0,
            max_digits=12,
            decimal_places=2,
            initial=row.value,
        )
        self.fields["proof"] = words_field(
            "证据", "凭什么：文件名称、文号或记录在哪里。", longest=300, initial=row.proof
        )


def _title(row: Score) -> str:
    return row.title


class ObjectForm(forms.Form):
    """What the assessed object to."""

    score = forms.ModelChoiceField(
        Score.objects.none(), label="哪一项", required=False, empty_label="整个结果"
    )
    words = words_field("异议", "哪里不对、凭什么。", longest=1000)

    def __init__(self, assessed: Assessed, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast(forms.ModelChoiceField, self.fields["score"])
        field.queryset = assessed.scores.all()
        field.label_from_instance = _title  # type: ignore[assignment]


class ReplyForm(forms.Form):
    """The answer to an objection."""

    upheld = yes_no_field("异议", "成立，改", "不成立")
    answer = words_field("理由", longest=1000)


class PublishForm(forms.Form):
    """Which units read the result."""

    version = version_field()
    circle = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="公布给哪些单位", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, round: AssessmentRound, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelMultipleChoiceField, self.fields["circle"]).queryset = units_in(round.place)


def _yes_no(label: str, yes: str, no: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "没有答"), ("yes", yes), ("no", no)],
        coerce=lambda text: text == "yes",
        empty_value=None,
        required=False,
    )


class SampleForm(forms.Form):
    """What was found at a household of a sample."""

    asked_on = day_field("入户日期")
    verdict = forms.ChoiceField(label="识别", choices=[("", "请选"), *CheckVerdict.choices])
    satisfied = _yes_no("对帮扶满意吗", "满意", "不满意")
    aware = _yes_no("政策知道吗", "知道", "不知道")
    note = forms.CharField(label="说明", max_length=300, required=False)

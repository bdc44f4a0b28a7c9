"""Forms of teams: forming, joining, leaving, conditions, hand-over, leave, support, assessment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.core.models import Region
from bangfu.households.forms.fields import DayField, YuanField
from bangfu.households.forms.joining import VillageField, villages_for
from bangfu.households.forms.people import PersonField
from bangfu.support.actions.assessments import Opinion
from bangfu.support.actions.leaves import Asked
from bangfu.support.actions.teams import Joining
from bangfu.support.actions.unit_support import Given
from bangfu.support.enums.teams import AssessmentResult, AssessmentStep, LeaveKind, TeamRole, UnitSupportKind
from bangfu.support.models import TeamMember
from bangfu.support.queries.ties import near

_CHOOSE = ("", "请选")
YES, NO = "yes", "no"


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    cast(forms.ModelChoiceField, form.fields[name]).queryset = rows


class MemberField(forms.ModelChoiceField):
    """A member of a team, with role and first day."""

    def label_from_instance(self, member: TeamMember) -> str:
        """Such as 何某（队员，2026-03-01 到村）."""
        return f"{member.user.name}（{member.get_role_display()}，{member.valid_from} 到村）"


class FormTeamForm(forms.Form):
    """A unit's team for a village."""

    village = VillageField(queryset=Region.objects.none(), label="村", empty_label="请选")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="派出单位", empty_label="请选")
    valid_from = DayField(label="进驻日期")
    paper_number = forms.CharField(
        label="选派文件", max_length=100, required=False, help_text="写文号或名称；还没有的先空着。"
    )

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "village", villages_for(user, Permission.TEAM_MANAGE))
        reached = near(user, Permission.TEAM_MANAGE, "place")
        _offer(self, "unit", Unit.objects.filter(reached, is_active=True).order_by("name"))


class EndForm(forms.Form):
    """A last day, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label="最后一天")
    reason = forms.CharField(label="原因", max_length=100)


class JoinForm(forms.Form):
    """Who comes as what."""

    user = PersonField(User.objects.none(), label="人员", empty_label="请选")
    role = forms.ChoiceField(label="职务", choices=[_CHOOSE, *TeamRole.choices])
    valid_from = DayField(label="到村日期")
    planned_to = DayField(label="派驻期满", required=False, help_text="文件写了到哪天才填。")
    paper_number = forms.CharField(label="选派文件", max_length=100, required=False)
    stands_in_for = MemberField(
        TeamMember.objects.none(),
        label="替谁顶岗",
        required=False,
        empty_label="不是顶岗",
        help_text="原来的人请长假，临时派人顶着的才选。",
    )

    def __init__(
        self, people: QuerySet[User], present: QuerySet[TeamMember], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        _offer(self, "user", people)
        _offer(self, "stands_in_for", present)

    def joining(self) -> Joining:
        """What was picked, as the action takes it."""
        return Joining(**self.cleaned_data)


class SelectionForm(forms.Form):
    """A pick for each selection condition."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, conditions: Sequence[str], known: dict[str, bool], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.conditions = list(conditions)
        for number, words in enumerate(self.conditions):
            said = known.get(words)
            self.fields[f"c{number}"] = forms.ChoiceField(
                label=words,
                choices=[(YES, "符合"), (NO, "不符合")],
                widget=forms.RadioSelect,
                initial="" if said is None else YES if said else NO,
            )

    def answers(self) -> list[tuple[str, bool]]:
        """Each condition and whether it is met."""
        return [
            (words, self.cleaned_data[f"c{number}"] == YES) for number, words in enumerate(self.conditions)
        ]


class HandOverForm(forms.Form):
    """To whom, when, and what."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    taker = MemberField(
        TeamMember.objects.none(),
        label="接手人",
        empty_label="请选",
        help_text="先把接手的人登记到村里的队，再办移交。",
    )
    on = DayField(label="交接日期", help_text="也是移交人在队的最后一天。")
    items = forms.CharField(
        label="交接事项",
        max_length=3000,
        widget=forms.Textarea({"rows": 6}),
        help_text="一行一件：在办的事、项目、账目、资料、钥匙。",
    )
    witness = forms.CharField(label="监交人", max_length=60, required=False)

    def __init__(self, takers: QuerySet[TeamMember], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "taker", takers)

    def lines(self) -> list[str]:
        """What is handed over, a line each."""
        text: str = self.cleaned_data["items"]
        return text.splitlines()


class LeaveForm(forms.Form):
    """Leave, or work away."""

    kind = forms.ChoiceField(
        label="种类",
        choices=[_CHOOSE, *LeaveKind.choices],
        help_text="外出培训、跑项目、开会、为村办事只报备，算在村天数；其余按天数由乡镇或县委组织部批。",
    )
    starts_on = DayField(label="第一天")
    ends_on = DayField(label="最后一天", help_text="按日历天数，头尾都算。")
    reason = forms.CharField(label="事由", max_length=200)
    cover = forms.CharField(
        label="离村时谁顶着", max_length=100, required=False, help_text="例如：队员何某；村支书。"
    )

    def asked(self) -> Asked:
        """What was written, as the action takes it."""
        return Asked(**self.cleaned_data)


class DecideLeaveForm(forms.Form):
    """Yes or no."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="批不批", choices=[(YES, "批准"), (NO, "不批")], widget=forms.RadioSelect
    )
    reason = forms.CharField(label="意见", max_length=200, required=False, help_text="不批要写原因。")


class ReturnForm(forms.Form):
    """The first day back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    back_on = DayField(label="哪天返岗", help_text="回到村里的第一天。按时回来的不用登记。")


class SupportForm(forms.Form):
    """What the sending unit did."""

    kind = forms.ChoiceField(label="做了哪一样", choices=[_CHOOSE, *UnitSupportKind.choices])
    on = DayField(label="日期")
    what = forms.CharField(label="内容", max_length=200)
    amount_fen = YuanField(label="金额（元）", required=False, help_text="没有花钱的空着。")

    def given(self) -> Given:
        """What was written, as the action takes it."""
        return Given(**self.cleaned_data)


class WithdrawForm(forms.Form):
    """Why a record is taken down."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="为什么撤下", max_length=200)


class SelfAssessmentForm(forms.Form):
    """A box for each duty and question."""

    def __init__(self, questions: Sequence[str], known: dict[str, str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.questions = list(questions)
        for number, question in enumerate(self.questions):
            self.fields[f"q{number}"] = forms.CharField(
                label=question,
                max_length=1000,
                widget=forms.Textarea({"rows": 3}),
                initial=known.get(question, ""),
            )

    def answers(self) -> list[tuple[str, str]]:
        """Each question and its words."""
        return [(question, self.cleaned_data[f"q{number}"]) for number, question in enumerate(self.questions)]


class OpinionForm(forms.Form):
    """An opinion; the county adds absences and the result."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    absences = forms.IntegerField(
        label="无故不在岗次数", min_value=0, max_value=99, initial=0, help_text="督查、暗访记下的；没有填 0。"
    )
    result = forms.ChoiceField(label="考核结果", choices=[_CHOOSE, *AssessmentResult.choices])
    words = forms.CharField(label="意见", max_length=300, widget=forms.Textarea({"rows": 3}))

    def __init__(self, step: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if step != AssessmentStep.COUNTY:
            del self.fields["absences"], self.fields["result"]

    def opinion(self) -> Opinion:
        """What was said, as the action takes it."""
        values = self.cleaned_data
        return Opinion(values["words"], values.get("result", ""), values.get("absences", 0))

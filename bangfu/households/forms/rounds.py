"""Forms of a round: opening, deciding, bringing in, closing, reopening, checking a sample."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, within_any
from bangfu.core.models import Region, RegionLevel
from bangfu.households.enums import CheckVerdict, ExitType, RoundOutcome
from bangfu.households.models import Household
from bangfu.households.policies.rounds import Decision
from bangfu.households.reckoning.round_reasons import reason_choices
from bangfu.ui.controls import DayInput

MOST_CODES = 500


class OpenRoundForm(forms.Form):
    """Where, for which year, from which day."""

    region = forms.ModelChoiceField(
        Region.objects.none(), label="区划", help_text="县里统一开，或按乡镇分别开。"
    )
    year = forms.IntegerField(label="年度", help_text="四位数，例如 2026。")
    opened_on = forms.DateField(
        label="期初日",
        widget=DayInput,
        help_text="这一天在册的户和人就是期初名单。一般是上年末或开展工作的那天。",
    )
    title = forms.CharField(label="名称", max_length=100, required=False, help_text="空着就用“区划＋年度”。")

    def __init__(self, user: User, today: date, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        reached = within_any("code", places_of(user, Permission.ROUND_MANAGE))
        levels = (RegionLevel.COUNTY, RegionLevel.TOWNSHIP, RegionLevel.VILLAGE)
        regions = Region.objects.filter(reached, level__in=levels, valid_to__isnull=True).order_by("code")
        cast(forms.ModelChoiceField, self.fields["region"]).queryset = regions
        self.fields["year"].initial = today.year
        self.fields["opened_on"].initial = today


class DecisionForm(forms.Form):
    """An outcome and what it asks for; what it does not ask for may stay empty."""

    outcome = forms.ChoiceField(label="结果", widget=forms.RadioSelect)
    reason_code = forms.ChoiceField(
        label="剔除原因", required=False, choices=[("", "剔除才选"), *reason_choices()]
    )
    reason_kind = forms.ChoiceField(label="清单中的情形", required=False)
    exit_type = forms.ChoiceField(
        label="脱贫类型",
        required=False,
        choices=[("", "保留、回退、新纳入才选"), *ExitType.choices],
        help_text="年老、多病、丧失劳动能力的，社会兜底，并转民政；有劳动能力的，安排产业或就业。",
    )
    exit_year = forms.IntegerField(label="计划脱贫年度", required=False, help_text="四位数，例如 2027。")
    note = forms.CharField(label="说明", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, of_opening: bool, kinds: Sequence[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["outcome"]).choices = [
            (one.value, one.label)
            for one in RoundOutcome
            if one.of_opening == of_opening and one is not RoundOutcome.NATURAL_DECREASE
        ]
        listed = [("", "原因是“县定清单”才选"), *((kind, kind) for kind in kinds)]
        cast(forms.ChoiceField, self.fields["reason_kind"]).choices = listed
        if not of_opening:
            del self.fields["reason_code"], self.fields["reason_kind"]

    def decision(self) -> Decision:
        """What was chosen, as the action takes it."""
        given = self.cleaned_data
        return Decision(
            outcome=given["outcome"],
            reason_code=given.get("reason_code", ""),
            reason_kind=given.get("reason_kind", ""),
            exit_type=given["exit_type"],
            exit_year=given["exit_year"],
            note=given["note"],
        )


class AddToRoundForm(DecisionForm):
    """Which households from outside the opening, and as what."""

    codes = forms.CharField(
        label="户编号",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"一行一个，最多 {MOST_CODES} 户。先在“户”里登记，再到这里纳入。",
    )
    field_order = ("codes", "outcome", "exit_type", "exit_year", "note")

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(False, (), *args, **options)
        self.user = user

    def clean_codes(self) -> list[Household]:
        """The households in the order typed; refuses codes of nobody, out of reach or not unique."""
        codes = list(dict.fromkeys(self.cleaned_data["codes"].split()))
        if len(codes) > MOST_CODES:
            raise forms.ValidationError(f"一次最多 {MOST_CODES} 户，现在有 {len(codes)} 户。请分几次。")
        found = Household.objects.visible_to(self.user, Permission.ROUND_DECIDE).filter(code__in=codes)
        by_code = {household.code: household for household in found}
        unknown = [code for code in codes if code not in by_code]
        if unknown:
            raise forms.ValidationError(f"找不到这些户编号：{'、'.join(unknown[:5])}。请核对。")
        if len(by_code) != len(found):
            raise forms.ValidationError("有的户编号不止一户在用。请先在户信息里更正编号。")
        return [by_code[code] for code in codes]


class CloseRoundForm(forms.Form):
    """The closing day."""

    closed_on = forms.DateField(
        label="期末日", widget=DayInput, help_text="到这一天为止的自然变更算在这一批里。"
    )


class ReopenRoundForm(forms.Form):
    """Why a closed round is opened again."""

    reason = forms.CharField(
        label="为什么重新打开",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如依据哪份通知、更正哪几户。理由留在审计记录里。",
    )


class CheckRoundForm(forms.Form):
    """One household of a sample."""

    code = forms.CharField(label="户编号", max_length=40, help_text="抽到的户，在不在期末名单里都可以。")
    verdict = forms.ChoiceField(
        label="抽查结论",
        choices=CheckVerdict.choices,
        help_text="错评：不该在册却在册；漏评：该在册却不在册；错退：不该剔除却剔除。",
    )
    checked_on = forms.DateField(label="抽查日期", widget=DayInput)
    note = forms.CharField(label="说明", max_length=300, required=False)

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_code(self) -> Household:
        """The one household with that code in the person's places."""
        code = self.cleaned_data["code"].strip()
        found = list(Household.objects.visible_to(self.user, Permission.ROUND_DECIDE).filter(code=code)[:2])
        if len(found) != 1:
            raise forms.ValidationError("找不到这个户编号，或者不止一户在用。请核对。")
        return found[0]

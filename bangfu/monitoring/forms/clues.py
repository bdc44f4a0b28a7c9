"""Forms of clues: registering, dispatching, returning, verifying, closing, matching."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import get_visible
from bangfu.core.models import Region
from bangfu.households.forms.joining import VillageField, villages_for
from bangfu.households.models import Household
from bangfu.monitoring.actions.clue_dispatch import CLOSING_VERDICTS
from bangfu.monitoring.actions.clue_verifying import Judgement
from bangfu.monitoring.actions.clues import Told
from bangfu.monitoring.enums.clues import ClueChannel, DeclarationMeans, RiskKind, Verdict
from bangfu.monitoring.models import Clue
from bangfu.ui.controls import DayInput

TYPED_CHANNELS = (
    ClueChannel.SELF_DECLARED,
    ClueChannel.CADRE_VISIT,
    ClueChannel.SWEEP,
    ClueChannel.DEPARTMENT,
    ClueChannel.PETITION,
    ClueChannel.PLATFORM,
    ClueChannel.LOOK_BACK,
)
_CHANNEL_HELP = "“信访舆情”含来信来访、网上反映；“回头看”是已消除或已退出的户再反映的，要先选户。"


class ClueForm(forms.Form):
    """What was told, through any channel; of a known household the rest is known and not asked."""

    channel = forms.ChoiceField(
        label="渠道", choices=[(one.value, one.label) for one in TYPED_CHANNELS], help_text=_CHANNEL_HELP
    )
    means = forms.ChoiceField(
        label="申报方式",
        choices=[("", "不是农户申报"), *DeclarationMeans.choices],
        required=False,
        help_text="渠道是“农户自主申报”的才选。",
    )
    reference = forms.CharField(
        label="工单号", max_length=60, required=False, help_text="12345、12317 转来的要写，办完好回复。"
    )
    told_on = forms.DateField(label="反映日期", widget=DayInput)
    village = VillageField(
        queryset=Region.objects.none(), label="村", help_text="不知道是哪一户，先写在村里，以后再对户。"
    )
    name = forms.CharField(label="说的是谁", max_length=60, required=False, help_text="户主或家里人的姓名。")
    group_name = forms.CharField(label="组", max_length=60, required=False)
    phone = forms.CharField(label="电话", max_length=30, required=False)
    id_number = forms.CharField(
        label="证件号码", max_length=30, required=False, help_text="知道就写，用来对户；加密存放。"
    )
    text = forms.CharField(
        label="反映的情况",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="照原话写：谁、什么时候、出了什么事、现在怎样。",
    )
    risks = forms.MultipleChoiceField(
        label="哪方面的难处", choices=RiskKind, widget=forms.CheckboxSelectMultiple, required=False
    )
    teller_name = forms.CharField(
        label="代报人", max_length=60, required=False, help_text="替别人报的写自己的姓名。"
    )
    teller_phone = forms.CharField(label="代报人电话", max_length=30, required=False)

    def __init__(self, user: User, household: Household | None, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if household is not None:
            for name in ("village", "name", "group_name", "phone", "id_number"):
                del self.fields[name]
        else:
            villages = villages_for(user, Permission.CLUE_REGISTER)
            cast(VillageField, self.fields["village"]).queryset = villages

    def told(self) -> Told:
        """What was typed, as the action takes it."""
        return Told(**{name: value for name, value in self.cleaned_data.items() if name != "village"})


class _VersionForm(forms.Form):
    """Carries the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DispatchForm(_VersionForm):
    """To whom, with which words."""

    assigned_to = forms.ModelChoiceField(
        User.objects.none(),
        label="派给谁",
        required=False,
        empty_label="村里能核实的人都能接",
        help_text="不选，就是这个村的经办和网格员谁先接谁办。",
    )
    note = forms.CharField(label="交代几句", max_length=200, required=False)

    def __init__(self, verifiers: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField, self.fields["assigned_to"]).queryset = verifiers


class DispatchManyForm(forms.Form):
    """Words for all of them."""

    note = forms.CharField(label="交代几句", max_length=200, required=False)


class ReturnForm(_VersionForm):
    """Why it goes back."""

    reason = forms.CharField(
        label="为什么退回", max_length=200, help_text="例如：不是本村的户；已整户搬走；和另一户弄混了。"
    )


class CloseClueForm(_VersionForm):
    """Closed at the desk."""

    verdict = forms.ChoiceField(
        label="按什么办结", choices=[(one.value, one.label) for one in CLOSING_VERDICTS]
    )
    reason = forms.CharField(
        label="原因", max_length=500, widget=forms.Textarea({"rows": 2}), help_text="写清凭什么，以后查得到。"
    )


TRUE, UNTRUE, HELPED, DUPLICATE = "true", "untrue", "helped", "duplicate"
_WITHOUT_RISK = {UNTRUE: Verdict.UNTRUE, HELPED: Verdict.HELPED, DUPLICATE: Verdict.DUPLICATE}


class VerifyForm(_VersionForm):
    """Two picks and a few words; what is more is optional."""

    truth = forms.ChoiceField(
        label="反映的情况属实吗",
        choices=[(TRUE, "属实"), (UNTRUE, "不属实"), (HELPED, "已经在帮扶"), (DUPLICATE, "和别的重复")],
        widget=forms.RadioSelect,
    )
    at_risk = forms.ChoiceField(
        label="有没有返贫致贫风险", choices=[("yes", "有风险"), ("no", "没有")], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="看到的情况", max_length=1000, widget=forms.Textarea({"rows": 3}), help_text="几句话就行。"
    )
    verified_on = forms.DateField(label="核实日期", widget=DayInput)
    risks = forms.MultipleChoiceField(
        label="哪方面的风险", choices=RiskKind, widget=forms.CheckboxSelectMultiple, required=False
    )
    untrue_facts = forms.TypedMultipleChoiceField(
        label="其中不属实的依据", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, clue: Clue, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        facts = list(clue.facts.filter(verdict=""))
        if len(facts) > 1:
            choices = [(fact.pk, fact.sentence) for fact in facts]
            cast(forms.TypedMultipleChoiceField, self.fields["untrue_facts"]).choices = choices
        else:
            del self.fields["untrue_facts"]

    def clean(self) -> dict[str, Any]:
        """True and at risk, or not at risk: 'not true, but at risk' says two things."""
        values = super().clean() or {}
        if values.get("truth") in _WITHOUT_RISK and values.get("at_risk") == "yes":
            self.add_error("at_risk", "不属实、已在帮扶或重复的，这里选“没有”；另有风险的，选“属实”并写明。")
        return values

    def judgement(self) -> Judgement:
        """What was picked, as the action takes it."""
        values = self.cleaned_data
        verdict = _WITHOUT_RISK.get(values["truth"])
        if verdict is None:
            verdict = Verdict.AT_RISK if values["at_risk"] == "yes" else Verdict.NO_RISK
        return Judgement(
            verdict,
            values["verified_on"],
            values["reason"],
            values.get("untrue_facts", ()),
            values["risks"] if verdict == Verdict.AT_RISK else (),
        )


class MatchForm(_VersionForm):
    """The household, by its uid."""

    household = forms.UUIDField(widget=forms.HiddenInput)

    def household_for(self, user: User) -> Household:
        """The household in the person's scope; raises Http404."""
        found: Household = get_visible(
            Household, user, Permission.HOUSEHOLD_VIEW, uid=self.cleaned_data["household"]
        )
        return found

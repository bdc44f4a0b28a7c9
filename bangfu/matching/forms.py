"""The forms of this room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.region_field import RegionField
from bangfu.households.models import Household
from bangfu.matching.actions.listings import ListingFacts
from bangfu.matching.enums import FOLLOWING, MatchState, Side
from bangfu.matching.kinds import Kind, sorts_in
from bangfu.matching.models import Listing, Match
from bangfu.matching.queries import regions_to_record, units_to_run
from bangfu.projects.forms.parts import CHOOSE, day_field, version_field, words_field, yes_no_field
from bangfu.ui.formats import exact

_HOMES = Permission.HOUSEHOLD_VIEW
_DAYS = 180
_FACTS = (
    "region",
    "sort",
    "title",
    "words",
    "quantity",
    "valid_from",
    "valid_to",
    "who",
    "unit",
    "household",
)


class ListingForm(forms.Form):
    """What is said of a need or an offer of a kind."""

    def __init__(self, user: User, kind: Kind, side: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user, self.kind, self.side = user, kind, side
        regions = regions_to_record(user)
        home = regions.order_by("code").first()
        sorts = sorts_in(kind, home.code if home else "", localdate())
        self.fields |= {
            "title": forms.CharField(
                label="内容", max_length=100, help_text="一句话：要什么、给什么。别人看得到，不写姓名、电话。"
            ),
            "words": words_field("具体说明", required=False, longest=1000),
            "sort": forms.ChoiceField(label="类别", choices=[CHOOSE, *sorts.items()]),
            "quantity": forms.DecimalField(
                label=f"数量（{kind.measure}）", max_digits=14, decimal_places=2, min_value=0
            ),
            "region": RegionField(regions, label="哪里", empty_label="请选", initial=home),
            "valid_from": day_field("从哪天起"),
            "valid_to": day_field("到哪天止", initial=localdate() + timedelta(days=_DAYS)),
        }
        if side == Side.NEED:
            self.fields["code"] = forms.CharField(
                label="哪一户的",
                max_length=40,
                required=False,
                help_text="写户编号；不是哪一户的，空着。只有管这一户的人看得到。",
            )
        self.fields["who"] = forms.CharField(
            label="单位或个人", max_length=100, required=False, help_text="谁要、谁给。只有管这里的人看得到。"
        )
        self.fields["unit"] = forms.ModelChoiceField(
            units_to_run(user), label="经办单位", required=False, empty_label="没有", help_text="找谁联系。"
        )

    def clean(self) -> dict[str, Any]:
        """Find the household; an unknown one is said at its field."""
        data = super().clean() or {}
        code, data["household"] = (data.get("code") or "").strip(), None
        if code:
            rows = Household.objects.visible_to(self.user, _HOMES).filter(code=code)
            data["household"] = rows.first()
            if data["household"] is None:
                self.add_error("code", "您管的范围里没有这一户，请核对户编号。")
            elif (region := data.get("region")) and not data["household"].place.startswith(region.code):
                self.add_error("region", f"这一户不在{region.name}。")
        return data

    def facts(self) -> ListingFacts:
        """What was said, once the form is valid."""
        said = {name: self.cleaned_data[name] for name in _FACTS}
        return ListingFacts(**said, side=self.side, kind=self.kind.id)


class ChangeForm(ListingForm):
    """The same for one that is there, with the reason."""

    def __init__(self, user: User, kind: Kind, listing: Listing, *args: Any, **options: Any) -> None:
        super().__init__(user, kind, listing.side, *args, **options)
        for name in set(_FACTS) - {"household"}:
            self.fields[name].initial = getattr(listing, name)
        if listing.household is not None and "code" in self.fields:
            self.fields["code"].initial = listing.household.code
        choice = cast(forms.ChoiceField, self.fields["sort"])
        if listing.sort not in dict(cast(Any, choice.choices)):  # the county dropped it since
            choice.choices = [*cast(Any, choice.choices), (listing.sort, listing.sort_name)]
        self.fields["version"] = version_field()
        self.fields["version"].initial = listing.version
        self.fields["reason"] = forms.CharField(label="为什么改", max_length=200)


class ReviewForm(forms.Form):
    """What the reviewer decides."""

    version = version_field()
    accepted = yes_no_field("审核", "合理，发布", "不合理，退回")
    words = words_field("哪里不合理、怎样改", "退回的必填。", required=False)


class CloseForm(forms.Form):
    """Why it holds no longer."""

    version = version_field()
    words = words_field("为什么结束")


class OpenForm(forms.Form):
    """How the talks begin."""

    words = words_field("怎样联系、约了什么", required=False, longest=1000)


class MoveForm(forms.Form):
    """The next step of a match."""

    version = version_field()

    def __init__(self, match: Match, rest: str, data: Any = None) -> None:
        super().__init__(data, initial={"version": match.version})
        following = [(state.value, state.label) for state in FOLLOWING.get(MatchState(match.state), ())]
        self.fields["state"] = forms.ChoiceField(
            label="到哪一步", choices=following, widget=forms.RadioSelect
        )
        self.fields["on"] = day_field("日期")
        if MatchState.SIGNED in dict(following):
            self.fields["quantity"] = forms.DecimalField(
                label="签约数量",
                max_digits=14,
                decimal_places=2,
                min_value=0,
                required=False,
                help_text=f"签约的必填。{rest}",
            )
        self.fields["words"] = words_field("情况", "谈了什么、凭什么；没有谈成的写为什么。", longest=1000)


def rest_words(need: Any, offer: Any, measure: str) -> str:
    """How much is left on both sides."""
    return f"需求还差 {exact(need)} {measure}，供给还有 {exact(offer)} {measure}。"

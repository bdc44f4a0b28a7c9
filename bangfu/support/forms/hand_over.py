"""The form of a bulk hand-over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.households.forms.fields import DayField
from bangfu.households.forms.people import PairingsField, PersonField, offer
from bangfu.households.models import Pairing
from bangfu.support.models import Tie
from bangfu.support.showing.ties import target_name
from bangfu.support.terms.tie_kinds import kind_label


class TiesField(forms.ModelMultipleChoiceField):
    """Ties to tick, each by its kind and target."""

    def label_from_instance(self, tie: Any) -> str:
        """Such as 责任组长：青石镇（2026-01-01 起）."""
        return f"{kind_label(tie.kind)}：{target_name(tie)}（{tie.valid_from} 起）"


class HandOverTiesForm(forms.Form):
    """To whom, from which day, and which of the giver's households and ties."""

    taker = PersonField(label="接手的人", queryset=User.objects.none(), empty_label="请选")
    on = DayField(label="从哪天起由新的人负责", help_text="原来的人到前一天为止。")
    ties = TiesField(
        label="移交哪些挂包关系",
        queryset=Tie.objects.none(),
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    pairings = PairingsField(
        label="移交哪些户",
        queryset=Pairing.objects.none(),
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, *args: Any, people: QuerySet[User], ties: QuerySet, pairings: QuerySet, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "taker", people)
        offer(self, "ties", ties)
        offer(self, "pairings", pairings)
        for name, rows in (("ties", ties), ("pairings", pairings)):
            if not rows.exists():
                del self.fields[name]

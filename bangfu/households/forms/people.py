"""Forms of grids, pairings and duty officers."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.core.models import Region, RegionLevel
from bangfu.households.enums import OfficerKind
from bangfu.households.forms.fields import DayField
from bangfu.households.models import Pairing


class PersonField(forms.ModelChoiceField):
    """A person out of those who may be chosen, with unit and post."""

    def label_from_instance(self, person: User) -> str:
        """Such as 何某（县财政局 科员）."""
        where = " ".join(part for part in (person.unit.name if person.unit else "", person.post) if part)
        return f"{person.name}（{where}）" if where else person.name


class PairingsField(forms.ModelMultipleChoiceField):
    """Pairings to tick, each by its household."""

    def label_from_instance(self, pairing: Any) -> str:
        """Such as 杨志明户（上寨村 1 组，2026-01-01 起）."""
        household = pairing.household
        where = f"{household.village.name} {household.group_name}".strip()
        return f"{household.head_name}户（{where}，{pairing.valid_from} 起）"


class RegionField(forms.ModelChoiceField):
    """A township, or a village by its township and name."""

    def label_from_instance(self, region: Region) -> str:
        """Such as 青石镇 上寨村."""
        if region.level == RegionLevel.VILLAGE and region.parent is not None:
            return f"{region.parent.name} {region.name}"
        return region.name


def offer(form: forms.Form, name: str, rows: QuerySet) -> None:
    """Let a field choose among ``rows``."""
    cast(forms.ModelChoiceField, form.fields[name]).queryset = rows


class GridForm(forms.Form):
    """A new grid."""

    name = forms.CharField(label="网格名称", max_length=60, help_text="例如：第一网格（1、2 组）。")


class EndForm(forms.Form):
    """The last day of a term."""

    valid_to = DayField(label="最后一天")


class EndWithReasonForm(EndForm):
    """The last day of a pairing, and why."""

    end_reason = forms.CharField(
        label="原因", max_length=100, help_text="例如：工作调动、户已整户迁出。换人请用“移交”。"
    )


class TermForm(forms.Form):
    """A person, and the first day."""

    person = PersonField(label="人员", queryset=User.objects.none(), empty_label="请选")
    valid_from = DayField(label="开始日期")

    def __init__(self, *args: Any, people: QuerySet[User], label: str, missing: str, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "person", people)
        self.fields["person"].label = label
        self.fields["person"].help_text = missing


class HandOverForm(forms.Form):
    """Whose households go to whom, from which day, and which of them."""

    giver = PersonField(label="原帮扶责任人", queryset=User.objects.none(), empty_label="请选")
    taker = PersonField(label="接手的帮扶责任人", queryset=User.objects.none(), empty_label="请选")
    on = DayField(label="从哪天起由新的人帮扶", help_text="原来的人帮到前一天。")
    pairings = PairingsField(
        label="移交哪些户",
        queryset=Pairing.objects.none(),
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, givers: QuerySet[User], people: QuerySet[User], pairings: QuerySet, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "giver", givers)
        offer(self, "taker", people)
        offer(self, "pairings", pairings)

    def clean(self) -> dict[str, Any]:
        """Who gives does not take; what goes over is the giver's."""
        found = super().clean() or {}
        giver = found.get("giver")
        if giver is not None and giver == found.get("taker"):
            self.add_error("taker", "接手的就是原帮扶责任人，不用移交。请另选一人。")
        if giver is not None and any(row.helper_id != giver.pk for row in found.get("pairings", ())):
            self.add_error("pairings", f"有的户不是{giver.name}的。请重新列出这个人的户。")
        return found


class OfficerForm(forms.Form):
    """An officer of a township or a village."""

    region = RegionField(label="乡镇或村", queryset=Region.objects.none(), empty_label="请选")
    kind = forms.ChoiceField(label="种类", choices=OfficerKind)
    name = forms.CharField(label="姓名", max_length=40)
    valid_from = DayField(label="开始日期")

    def __init__(self, *args: Any, regions: QuerySet[Region], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "region", regions)

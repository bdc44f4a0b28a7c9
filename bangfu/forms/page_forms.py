"""Forms of this room's other pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, QueryDict

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, within
from bangfu.core.models import Region, RegionLevel
from bangfu.forms.enums import UnreachedReason
from bangfu.forms.terms import group_choices
from bangfu.households.forms.fields import DayField
from bangfu.households.models import Grid

_VILLAGE = 12
"""Digits of a village's code."""


class SweepForm(forms.Form):
    """A sweep to open."""

    title = forms.CharField(label="名称", max_length=100, help_text="例如：2026 年底集中排查。")
    region = forms.ModelChoiceField(label="范围", queryset=Region.objects.none(), empty_label=None)
    group = forms.ChoiceField(label="对象", choices=group_choices, help_text="全部农户，或其中一类人群。")
    starts_on = DayField(label="开始")
    ends_on = DayField(label="截止")
    basis = forms.CharField(
        label="文件依据", max_length=200, required=False, help_text="上级文件的名称和文号，由县里填。"
    )
    plan = forms.CharField(
        label="方案",
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text="谁去、怎么走、怎么报。",
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        regions: Any = self.fields["region"]
        regions.queryset = _regions(user)
        regions.label_from_instance = lambda region: region.name


def _regions(user: User) -> Any:
    """Counties, townships and villages in the person's places, the widest first."""
    rows = Region.objects.none()
    for place in places_of(user, Permission.SWEEP_MANAGE):
        rows = rows | Region.objects.filter(within("code", place))
    levels = (RegionLevel.COUNTY, RegionLevel.TOWNSHIP, RegionLevel.VILLAGE)
    return rows.filter(level__in=levels, valid_to__isnull=True).order_by("level", "code")


@dataclass(frozen=True)
class AskedPlace:
    """A region, and perhaps a grid of it (its uid), as an address names them."""

    place: str
    grid: str = ""

    @classmethod
    def read(cls, query: QueryDict, otherwise: str) -> AskedPlace:
        """What the address asks for; ``otherwise`` where it names no region. Raises Http404 for no grid."""
        place, grid = query.get("place", ""), query.get("grid", "")
        if grid:
            try:
                UUID(grid)
            except ValueError as error:
                raise Http404("没有这个网格。") from error
        return cls(place if place.isdecimal() else otherwise, grid)

    def words(self) -> str:
        """What the place is called."""
        region = Region.objects.filter(code=self.place[:_VILLAGE]).first()
        grid = Grid.objects.filter(uid=self.grid).first() if self.grid else None
        return " ".join(str(one.name) for one in (region, grid) if one)


class UploadSheetsForm(forms.Form):
    """A filled workbook."""

    file = forms.FileField(
        label="填好的 Excel",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls"}),
        help_text="先检查给您看，再提交；没填的行不收，也不算错。",
    )


class UnreachedForm(forms.Form):
    """Why nobody of a household was seen."""

    reason = forms.ChoiceField(label="原因", choices=UnreachedReason, widget=forms.RadioSelect())
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="选“其他”的要写。")
    on = DayField(label="日期")


class CloseSweepForm(forms.Form):
    """The end of a sweep."""

    summary = forms.CharField(
        label="小结",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="发现了什么，转了多少线索，谁没见到、怎么补。数字已经填好，可以改。",
    )
    closed_on = DayField(label="收尾日期")
    version = forms.IntegerField(widget=forms.HiddenInput())

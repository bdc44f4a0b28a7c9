"""The forms of the map: what to show, and the county's boundary."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.projects.forms.parts import day_field
from bangfu.projects.queries.kinds import Kind
from bangfu.projects.queries.mapping import counties_to_bound


class BoundaryForm(forms.Form):
    """A boundary file and from when it holds."""

    region = forms.ModelChoiceField(Region.objects.none(), label="哪里的边界", empty_label=None)
    file = forms.FileField(
        label="GeoJSON 文件",
        help_text="经纬度（度）的面；每个面写区划代码（code）或名称（name）。乡镇、村可以放在一个文件里。",
    )
    source = forms.CharField(
        label="边界从哪里来", max_length=200, help_text="例如：县民政局勘界成果。只用来画示意图。"
    )
    valid_from = day_field("从哪一天用")
    leave_out = forms.BooleanField(label="对不上的不要", required=False)

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        region = cast(forms.ModelChoiceField, self.fields["region"])
        region.queryset = counties_to_bound(user)

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        file = given.pop("file")
        return {**given, "file_name": file.name, "content": file.read()}


class MapForm(forms.Form):
    """Which projects the map shows."""

    kind = forms.ChoiceField(label="类型", required=False)
    year = forms.TypedChoiceField(label="入库年度", coerce=int, empty_value=None, required=False)

    def __init__(self, years: list[int], kinds: list[Kind], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = [("", "全部类型"), *((kind.value, kind.label) for kind in kinds)]
        cast(forms.ChoiceField, self.fields["kind"]).choices = named
        choices = [("", "全部年度"), *((str(year), f"{year} 年度") for year in years)]
        cast(forms.ChoiceField, self.fields["year"]).choices = choices

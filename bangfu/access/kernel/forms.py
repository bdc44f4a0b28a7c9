"""Forms of the kernel's pages."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from bangfu.core.definitions import Definition, read_value
from bangfu.core.models import Parameter, Region
from bangfu.core.verbs import verb_choices
from bangfu.ui.controls import DayInput

GRADES = (
    ("官", "［官］官方文件原文"),
    ("次", "［次］转载或二手材料"),
    ("码", "［码］公开系统里的设置"),
    ("知", "［知］一般业务知识，未核实"),
)
_BASIS_HELP = "哪个文件、哪一条，或者为什么这样定。"


class AuditFilterForm(forms.Form):
    """Conditions of the audit log."""

    person = forms.CharField(label="人", required=False, max_length=40)
    verb = forms.ChoiceField(label="动作", required=False)
    first = forms.DateField(label="自", required=False, widget=DayInput)
    last = forms.DateField(label="至", required=False, widget=DayInput)
    place = forms.ChoiceField(label="区划", required=False)

    def __init__(self, places: tuple[tuple[str, str], ...], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].widget.attrs["placeholder"] = "姓名"
        cast(forms.ChoiceField, self.fields["verb"]).choices = [("", "全部动作"), *verb_choices()]
        cast(forms.ChoiceField, self.fields["place"]).choices = places


class ParameterFilterForm(forms.Form):
    """Where and when the values shown hold."""

    place = forms.ChoiceField(label="区划", required=False)
    on = forms.DateField(label="在哪天", required=False, widget=DayInput)

    def __init__(self, places: tuple[tuple[str, str], ...], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["place"]).choices = places


class SupersedeParameterForm(forms.Form):
    """A new value of one parameter, from a day on."""

    text = forms.CharField(label="新的值", max_length=2000)
    region = forms.ModelChoiceField(
        Region.objects.none(),
        label="适用区划",
        empty_label="请选区划",
        help_text="在这个区划和它下面各处有效；下面另有规定的，以下面的为准。",
    )
    valid_from = forms.DateField(label="自", widget=DayInput, help_text="从这一天起用新值。")
    valid_to = forms.DateField(
        label="至", widget=DayInput, required=False, help_text="不填就是长期；填了，过后恢复原来的值。"
    )
    basis = forms.CharField(label="文件依据", max_length=300, help_text=_BASIS_HELP)
    grade = forms.ChoiceField(
        label="依据等级",
        choices=(("", "请选等级"), *GRADES),
        help_text="不是［官］的，用到它的地方都会写明“依据未核实”。",
    )
    note = forms.CharField(label="说明", max_length=300, required=False)

    def __init__(self, definition: Definition, regions: QuerySet[Region], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._kind = definition.kind
        cast(forms.ModelChoiceField, self.fields["region"]).queryset = regions
        text = self.fields["text"]
        text.label = f"新的值（{definition.unit}）" if definition.unit else "新的值"
        text.help_text = definition.help
        text.widget = _widget(definition.kind)

    def clean_text(self) -> str:
        """The value must read in its kind."""
        text: str = self.cleaned_data["text"]
        read_value(self._kind, text)
        return text


class AddRegionForm(forms.Form):
    """A region that the national table does not have, or a group."""

    code = forms.CharField(
        label="代码", max_length=15, help_text="上级代码加这一级的数字；村民小组在村代码后加 3 位。"
    )
    name = forms.CharField(label="名称", max_length=60)
    on = forms.DateField(label="启用", widget=DayInput, required=False, help_text="不填就是一直有。")
    basis = forms.CharField(label="依据", max_length=200, required=False, help_text=_BASIS_HELP)


class _RegionChangeForm(forms.Form):
    """What every change of a region asks for."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class RenameRegionForm(_RegionChangeForm):
    """Another name from a day on."""

    name = forms.CharField(label="新名称", max_length=60)
    on = forms.DateField(label="自", widget=DayInput)
    basis = forms.CharField(label="依据", max_length=200, help_text=_BASIS_HELP)


class RecodeRegionForm(_RegionChangeForm):
    """Another code from a day on."""

    code = forms.CharField(
        label="新代码", max_length=15, help_text="下面各级和在这里的户、人、角色都跟着换；旧代码留在历史里。"
    )
    on = forms.DateField(label="自", widget=DayInput)
    basis = forms.CharField(label="依据", max_length=200, help_text=_BASIS_HELP)


class MergeRegionForm(_RegionChangeForm):
    """Into which region it goes."""

    into = forms.ModelChoiceField(
        Region.objects.none(),
        label="并入",
        empty_label="请选区划",
        help_text="在这里的户、人、角色都归到那边；原来的区划停用，历史留着。",
    )
    on = forms.DateField(label="自", widget=DayInput)
    basis = forms.CharField(label="依据", max_length=200, help_text=_BASIS_HELP)

    def __init__(self, targets: QuerySet[Region], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField, self.fields["into"]).queryset = targets


def _widget(kind: Parameter.Kind) -> forms.Widget:
    match kind:
        case Parameter.Kind.LIST:
            return forms.Textarea(attrs={"rows": 6})
        case Parameter.Kind.BOOLEAN:
            return forms.Select(choices=(("", "请选"), ("是", "是"), ("否", "否")))
        case Parameter.Kind.MONEY | Parameter.Kind.DECIMAL | Parameter.Kind.INTEGER:
            return forms.TextInput(attrs={"inputmode": "decimal"})
        case _:
            return forms.TextInput()

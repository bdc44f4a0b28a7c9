"""Forms of ties, units, people and posts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from bangfu.access.models import Unit, User
from bangfu.core.models import Region
from bangfu.households.forms.fields import DayField
from bangfu.households.forms.people import PersonField, RegionField, offer
from bangfu.support.actions.ties import Terms
from bangfu.support.actions.units import UnitFacts
from bangfu.support.enums.units import PostKind, UnitLevel, UnitNature
from bangfu.support.models import Tie
from bangfu.support.terms.tie_kinds import TieKind, tie_kinds


class KindForm(forms.Form):
    """Which kind of tie, and part of the name of who is to hold it."""

    kind = forms.ChoiceField(label="哪种关系")
    who = forms.CharField(
        label="谁", max_length=40, required=False, help_text="写名字的一部分就行；空着列出前 50 个。"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        groups: dict[str, list[tuple[str, str]]] = {}
        for kind in tie_kinds().values():
            groups.setdefault(kind.group, []).append((kind.code, kind.label))
        field.choices = list(groups.items())


class TermsForm(forms.Form):
    """Since when, until when by the paper, and the paper."""

    valid_from = DayField(label="开始日期")
    planned_to = DayField(
        label="文件定的期限", required=False, help_text="文件写了到哪天才填；到期会提醒，不会自动结束。"
    )
    paper_number = forms.CharField(
        label="文件",
        max_length=100,
        required=False,
        help_text="哪份文件定的，写文号或名称；还没有的先空着。",
    )
    note = forms.CharField(label="说明", max_length=200, required=False)
    scan = forms.FileField(label="文件扫描件", required=False, help_text="有就传，没有先空着，以后再补。")

    def terms(self) -> Terms:
        """What was typed, as the actions take it."""
        names = ("valid_from", "planned_to", "paper_number", "note")
        scan = self.cleaned_data.get("scan")
        values = {name: self.cleaned_data[name] for name in names}
        return Terms(**values, scan=scan.read() if scan else b"")


class TieForm(TermsForm):
    """A new tie of a known kind: who, to whom, on which terms."""

    field_order = ("holder", "target")

    def __init__(
        self, *args: Any, kind: TieKind, holders: QuerySet, targets: QuerySet, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        holder: Any = PersonField if kind.by_person else forms.ModelChoiceField
        self.fields["holder"] = holder(
            label="谁", queryset=holders, to_field_name="uid", widget=forms.RadioSelect, empty_label=None
        )
        target: Any = forms.ModelChoiceField if kind.to_unit else RegionField
        self.fields["target"] = target(
            label="和哪个单位" if kind.to_unit else "挂包哪里", queryset=targets, empty_label="请选"
        )
        if kind.years:
            self.fields["planned_to"].help_text = f"这种关系文件通常定 {kind.years} 年；到期会提醒。"
        self.order_fields(self.field_order)


class EditTieForm(TermsForm):
    """A tie's terms, as one person saw them."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def opening_tie(tie: Tie) -> dict[str, Any]:
    """The form filled with what the tie says."""
    names = ("version", "valid_from", "planned_to", "paper_number", "note")
    return {name: getattr(tie, name) for name in names}


class EndTieForm(forms.Form):
    """A last day, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    valid_to = DayField(label="最后一天")
    end_reason = forms.CharField(
        label="原因", max_length=100, help_text="例如：工作调整、期满轮换、整村出列。换人请用“移交”。"
    )


class UnitFactsForm(forms.Form):
    """What is known of a unit that helps."""

    level = forms.ChoiceField(label="级别", choices=[("", "请选"), *UnitLevel.choices], required=False)
    nature = forms.ChoiceField(label="性质", choices=[("", "请选"), *UnitNature.choices], required=False)
    working_body = forms.CharField(
        label="工作机构", max_length=100, required=False, help_text="单位里具体管这件事的处室或办公室。"
    )
    region_name = forms.CharField(
        label="所在地", max_length=60, required=False, help_text="不在本县的，写在哪个省、市、县。"
    )

    def facts(self) -> UnitFacts:
        """What was typed, as the actions take it."""
        names = ("level", "nature", "working_body", "region_name")
        return UnitFacts(**{name: self.cleaned_data[name] for name in names})


class UnitForm(UnitFactsForm):
    """A new unit, and the region it helps or sits in."""

    name = forms.CharField(label="单位名称", max_length=100)
    region = RegionField(
        label="在哪里",
        queryset=Region.objects.none(),
        help_text="外来的单位选它帮扶的县；乡镇的单位选乡镇。",
    )
    field_order = ("name", "region", "level", "nature", "working_body", "region_name")

    def __init__(self, *args: Any, regions: QuerySet[Region], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "region", regions)


class DescribeUnitForm(UnitFactsForm):
    """A unit's facts, as one person saw them."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NewPersonForm(forms.Form):
    """Somebody without an account."""

    name = forms.CharField(label="姓名", max_length=40)
    unit = forms.ModelChoiceField(label="单位", queryset=Unit.objects.none(), empty_label="请选")
    post = forms.CharField(label="岗位", max_length=60, required=False)
    phone = forms.CharField(label="电话", max_length=30, required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "unit", units)


class PostForm(forms.Form):
    """Who takes which post in a unit."""

    user = PersonField(label="谁", queryset=User.objects.none(), empty_label="请选")
    kind = forms.ChoiceField(
        label="职务类别",
        choices=PostKind,
        help_text="主要负责人和分管领导各一人：新的开始，原来的前一天结束。",
    )
    title = forms.CharField(label="职务", max_length=60, required=False, help_text="例如：党组书记、副局长。")
    valid_from = DayField(label="开始日期")
    paper_number = forms.CharField(label="任职文件", max_length=100, required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "user", people)


class EndPostForm(forms.Form):
    """A post's last day, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    valid_to = DayField(label="最后一天")
    end_reason = forms.CharField(label="原因", max_length=100, required=False)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=100, help_text="例如：调离、退休、轮换。")

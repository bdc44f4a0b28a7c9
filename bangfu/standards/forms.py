"""The sheet of a check, made from the items of its standard."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.region_field import RegionField
from bangfu.core.models import Region
from bangfu.core.money import yuan_text
from bangfu.county_ledgers.models import LedgerRow
from bangfu.funds.models import FundSource
from bangfu.households.forms.fields import YesNoField
from bangfu.projects.forms.parts import day_field, words_field, yes_no_field
from bangfu.standards.actions.checks import Found, What
from bangfu.standards.definition.model import Item, Standard
from bangfu.standards.enums import ItemKind, Thing
from bangfu.standards.models import SubsidyProposal
from bangfu.standards.queries import projects_to_check, regions_to_check, rows_to_check

_SIGNERS = "一行一个：姓名，空一格，单位。"


class _RowField(forms.ModelChoiceField):
    """A row of a ledger with its place."""

    def label_from_instance(self, obj: LedgerRow) -> str:
        """The place and the name."""
        return f"{obj.region.name} {obj.who}"


class CheckForm(forms.Form):
    """The items in their order, who signed, an opinion. What nobody looked at stays empty."""

    def __init__(self, standard: Standard, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.standard = standard
        self.fields["on"] = day_field("验收日期")
        for item in standard.items:
            self.fields[f"i_{item.id}"] = _field(item)
        self.fields["signers"] = words_field("参加验收的人", _SIGNERS, rows=3)
        self.fields["words"] = words_field("意见", required=False)
        self.fields["due_on"] = day_field(
            "整改时限", "不符合的，什么时候以前改好。", initial=None, required=False
        )

    def clean_signers(self) -> list[tuple[str, str]]:
        """Name and unit of each line; a line without unit is named."""
        found = []
        for line in self.cleaned_data["signers"].splitlines():
            words = line.split()
            if len(words) == 1:
                raise ValidationError(f"“{line.strip()}”没有写单位。{_SIGNERS}")
            if words:
                found.append((words[0][:40], " ".join(words[1:])[:100]))
        return found

    def found(self) -> Found:
        """What was found, once the form is valid."""
        data = self.cleaned_data
        answers = {item.id: data.get(f"i_{item.id}") for item in self.standard.items}
        return Found(data["on"], answers, data["signers"], data["words"], data["due_on"])


def _field(item: Item) -> forms.Field:
    source = f"来源：{item.source}" if item.source else ""
    note = "；".join(
        part for part in (f"要求：{item.demand}", "一票否决" if item.veto else "", source) if part
    )
    options: dict[str, Any] = {"label": item.title, "help_text": f"{note}。", "required": False}
    if item.kind is ItemKind.NUMBER:
        options["label"] = f"{item.title}（{item.unit}）"
        return forms.DecimalField(**options, min_value=0, max_digits=18, decimal_places=4)
    if item.kind is ItemKind.CHOICE:
        return forms.ChoiceField(
            **options, choices=[("", "没有查"), *((word, word) for word in item.options)]
        )
    return YesNoField(**options)


class NewCheckForm(CheckForm):
    """A first check: which thing comes first."""

    def __init__(self, user: User, standard: Standard, *args: Any, **options: Any) -> None:
        super().__init__(standard, *args, **options)
        self.fields = {**_what_fields(user, standard), **self.fields}
        if "region" in self.fields and len(only := list(regions_to_check(user, standard)[:2])) == 1:
            self.fields["region"].initial = only[0]

    def clean(self) -> dict[str, Any]:
        """One thing: a row of the ledger, or a place with a name."""
        data = super().clean() or {}
        row, project, region = data.get("row"), data.get("project"), data.get("region")
        if row is not None:
            data["what"] = What(row.region, row.who, row_uid=row.uid)
        elif project is not None:
            data["what"] = What(project.region, project.name, project=project)
        elif region is not None:
            data["what"] = What(region, data.get("thing") or self._named(region))
        elif not self.errors:
            self.add_error(None, f"请选{self.standard.noun}；台账里没有的，选地方、写名称。")
        return data

    def _named(self, region: Region) -> str:
        if self.standard.about is not Thing.VILLAGE:
            self.add_error("thing", f"请写{self.standard.noun}的名称。")
        return region.name


def _what_fields(user: User, standard: Standard) -> dict[str, forms.Field]:
    about, noun = standard.about, standard.noun
    if about is Thing.PROJECT:
        return {"project": forms.ModelChoiceField(projects_to_check(user), label="项目", empty_label="请选")}
    regions = regions_to_check(user, standard)
    fields: dict[str, forms.Field] = {}
    if about is Thing.LEDGER:
        rows = rows_to_check(user, standard.ledger)
        fields["row"] = _RowField(rows, label=f"台账里的{noun}", required=False, empty_label="台账里没有")
    free = about is Thing.LEDGER
    fields["region"] = RegionField(regions, label="地方", required=not free, empty_label="请选")
    if about is not Thing.VILLAGE:
        about_name = "台账里没有的才写。" if free else ""
        fields["thing"] = forms.CharField(
            label=f"{noun}的名称", max_length=100, required=not free, help_text=about_name
        )
    return fields


class _SourceField(forms.ModelChoiceField):
    """A source with what it is for and what is left of it."""

    def label_from_instance(self, obj: FundSource) -> str:
        """Its notice, its purpose, what was not allocated yet."""
        return f"{obj.notice_number}，{obj.purpose}，没有下达 {yuan_text(obj.account.rest)} 元"


class SubsidyAnswerForm(forms.Form):
    """From which source a subsidy is paid; none: it is not arranged, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, proposal: SubsidyProposal, sources: QuerySet[FundSource], data: Any = None) -> None:
        super().__init__(data, initial={"version": proposal.version})
        self.fields["arranged"] = yes_no_field("答复", "安排", "不安排")
        self.fields["source"] = _SourceField(
            sources,
            label="从哪份指标出",
            required=False,
            empty_label="请选",
            help_text="安排的必选。只记从哪里出，钱没有动；下达、支付仍在“资金”里办。",
        )
        self.fields["words"] = forms.CharField(
            label="说明", max_length=300, required=False, help_text="不安排的写为什么。"
        )

    def clean(self) -> dict[str, Any]:
        """What is arranged is paid from somewhere."""
        data = super().clean() or {}
        if data.get("arranged") and not data.get("source"):
            self.add_error("source", "安排的要选从哪份指标出。")
        return data

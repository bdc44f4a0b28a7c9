"""The forms of reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.core.models import Region, Subject
from bangfu.support.forms.meetings import day_field, long_field, version_field
from bangfu.support.models import Report
from bangfu.support.queries.reports import own_days, regions_to_write_of
from bangfu.support.terms.periods import period_of, periods_over
from bangfu.support.terms.report_templates import ReportTemplate


class DraftForm(forms.Form):
    """What a report is about and which days it covers; a page that leads here sets ``about`` and ``on``."""

    def __init__(
        self,
        *args: Any,
        user: User,
        template: ReportTemplate,
        about: Subject | None,
        on: date | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._template, self._about = template, about
        if about is None:
            regions = regions_to_write_of(user, template.about)
            self.fields["region"] = forms.ModelChoiceField(regions, label="写哪里", initial=_only(regions))
        if template.period == "own":
            starts_on, ends_on = (on, on) if on else own_days(about, localdate())
            self.fields["starts_on"] = day_field("从", initial=starts_on)
            self.fields["ends_on"] = day_field("到", initial=ends_on)
        else:
            label = "季度" if template.period == "quarter" else "月份"
            periods = [(f"{one.starts_on}", one.name) for one in periods_over(template.period, localdate())]
            self.fields["starts_on"] = forms.TypedChoiceField(
                label=label, choices=periods, coerce=date.fromisoformat
            )

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        starts_on = self.cleaned_data["starts_on"]
        if self._template.period == "own":
            ends_on = self.cleaned_data["ends_on"]
        else:
            ends_on = period_of(self._template.period, starts_on).ends_on
        about: Subject | Region = self._about or self.cleaned_data["region"]
        return {"about": about, "starts_on": starts_on, "ends_on": ends_on}


def _only(regions: Any) -> Region | None:
    found = list(regions[:2])
    return found[0] if len(found) == 1 else None


class EditReportForm(forms.Form):
    """The words of a report, a box for each section."""

    version = version_field()
    title = forms.CharField(label="标题", max_length=100)
    number = forms.CharField(
        label="文号", max_length=40, required=False, help_text="单位编了号才填，没有就空着。"
    )
    signed_by = forms.CharField(label="落款单位", max_length=100)

    def __init__(self, *args: Any, report: Report, **options: Any) -> None:
        super().__init__(*args, **options)
        self._ids = [section["id"] for section in report.sections]
        for section in report.sections:
            self.fields[f"text_{section['id']}"] = long_field(
                section["heading"] or "开头",
                section["hint"],
                rows=6,
                required=False,
                max_length=8000,
                initial=section["text"],
            )

    def texts(self) -> dict[str, str]:
        """The words by section."""
        return {id: self.cleaned_data[f"text_{id}"].replace("\r\n", "\n") for id in self._ids}

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        plain = {name: self.cleaned_data[name] for name in ("version", "title", "number", "signed_by")}
        return {**plain, "texts": self.texts()}


class ApproveForm(forms.Form):
    """Whether a report may go out."""

    version = version_field()
    accepted = forms.TypedChoiceField(
        label="审定意见",
        choices=[("", "请选"), ("yes", "同意"), ("no", "退回修改")],
        coerce=lambda text: text == "yes",
    )
    note = long_field("说明", "退回的要写清改哪里。", required=False, max_length=300)


class RespondForm(forms.Form):
    """What a unit or a helper says to a report."""

    response = long_field("反馈", "看了报告有什么意见、单位打算怎么支持。", max_length=500)

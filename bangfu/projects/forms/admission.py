"""The forms of the library: an application, a year's plan, an adjustment."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.access.region_field import RegionField
from bangfu.core.money import to_fen, yuan_text
from bangfu.households.forms.fields import YuanField
from bangfu.projects.enums.admission import ApplicantLevel, ProjectNature, SourceKind
from bangfu.projects.enums.deciding import AdjustmentKind
from bangfu.projects.forms.parts import CHOOSE, count_field, day_field, version_field, words_field
from bangfu.projects.models import Project
from bangfu.projects.queries.admission import regions_to_apply, units_to_answer
from bangfu.projects.queries.kinds import kinds_to_apply
from bangfu.projects.terms.categories import categories_in
from bangfu.projects.terms.facts import ProjectFacts

_SOURCES = "一行一项，先写来源，再写金额（元），例如：中央衔接资金 1200000。可以写：" + "、".join(
    SourceKind.labels
)


def read_sources(text: str) -> dict[str, int]:
    """Kinds of money and fen, from lines; raises ValidationError that names the line."""
    kinds = {label: value for value, label in SourceKind.choices}
    found: dict[str, int] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, _, amount = line.replace("：", " ").replace("　", " ").partition(" ")
        if name not in kinds:
            raise ValidationError(f"“{line}”里的来源不认识。请用列出的名称开头。")
        if kinds[name] in found:
            raise ValidationError(f"“{name}”写了两次。请合成一行。")
        found[kinds[name]] = to_fen(amount)
    return found


class ProjectForm(forms.Form):
    """An application, with the columns of the official table."""

    name = forms.CharField(label="项目名称", max_length=100, help_text="例如：上寨村产业路硬化")
    applicant = forms.ChoiceField(label="谁申报", choices=[CHOOSE, *ApplicantLevel.choices])
    region = RegionField(queryset=None, label="实施地点", empty_label="请选")
    spot = forms.CharField(label="具体地点", max_length=100, required=False, help_text="组、自然村、路段。")
    kind = forms.ChoiceField(label="项目类型", help_text="类型定项目走哪条流程。")
    category = forms.ChoiceField(label="项目类别")
    nature = forms.ChoiceField(label="建设性质", choices=ProjectNature.choices)
    content = words_field("建设内容与规模", longest=1000)
    quantity = forms.DecimalField(label="数量", min_value=0, max_digits=14, decimal_places=2, required=False)
    quantity_unit = forms.CharField(
        label="计量单位", max_length=20, required=False, help_text="公里、座、亩。"
    )
    purpose = forms.CharField(
        label="资金用途", max_length=60, help_text="几个字写清做什么，例如：产业路。同村同用途的会提示。"
    )
    planned = YuanField(label="资金总额（元）", help_text="可以写 120万。", at_least=1)
    sources = words_field("资金来源", _SOURCES, longest=1000, required=False)
    responsible_unit = forms.ModelChoiceField(
        Unit.objects.none(), label="责任（主管）单位", empty_label="请选"
    )
    implementing_unit = forms.CharField(label="实施单位", max_length=100, help_text="项目法人。")
    person_in_charge = forms.CharField(label="负责人", max_length=60)
    starts_on = day_field("计划开工")
    ends_on = day_field("计划竣工")
    admission_year = forms.IntegerField(label="申报年度", min_value=2013, max_value=2099)
    household_count = count_field("受益户数")
    person_count = count_field("受益人数")
    targeted_count = count_field("其中脱贫户、监测户")
    participation = words_field("群众参与方式", longest=300, required=False, rows=2)
    linkage = words_field(
        "联农带农机制", "带哪些户、怎么带、户均能得多少。", longest=300, required=False, rows=2
    )

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        today, place = localdate(), user.unit.place if user.unit else ""
        regions = cast(forms.ModelChoiceField, self.fields["region"])
        regions.queryset = regions_to_apply(user)
        units = cast(forms.ModelChoiceField, self.fields["responsible_unit"])
        units.queryset = units_to_answer(user)
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [CHOOSE, *kinds_to_apply(user)]
        categories = cast(forms.ChoiceField, self.fields["category"])
        categories.choices = [CHOOSE, *categories_in(place, today).items()]
        self.fields["admission_year"].initial = today.year

    def clean_sources(self) -> dict[str, int]:
        """Fen by kind; raises ValidationError naming the line."""
        return read_sources(self.cleaned_data["sources"])

    def facts(self) -> ProjectFacts:
        """What the action takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return ProjectFacts(**given)


class EditProjectForm(ProjectForm):
    """An application that is corrected."""

    version = version_field()


def opening_edit(project: Project) -> dict[str, Any]:
    """The form filled with what was applied for."""
    names = [name for name in ProjectForm.base_fields if name != "sources"]
    lines = [f"{each.get_kind_display()} {yuan_text(each.amount)}" for each in project.sources.all()]
    return {
        **{name: getattr(project, name) for name in names},
        "sources": "\n".join(lines),
        "version": project.version,
    }


class PlanForm(forms.Form):
    """The paper by which projects enter a year's plan."""

    year = forms.IntegerField(label="计划年度", min_value=2013, max_value=2099)
    number = forms.CharField(label="计划文号", max_length=100)
    on = day_field("文件日期")


class RollForm(forms.Form):
    """The approval by which what got no money rolls on."""

    year = forms.IntegerField(label="滚动到哪一年度", min_value=2013, max_value=2099)
    reason = words_field("原因")
    approval_number = forms.CharField(label="批准文号", max_length=100)
    approved_on = day_field("批准日期")


class AdjustForm(forms.Form):
    """What changes within the year, and who approved it."""

    version = version_field()
    kind = forms.ChoiceField(label="调整什么", choices=[CHOOSE, *AdjustmentKind.choices])
    year = forms.IntegerField(label="滚动到哪一年度", required=False, min_value=2013, max_value=2099)
    planned = YuanField(label="调整后资金总额（元）", required=False)
    content = words_field("调整后建设内容与规模", longest=1000, required=False)
    reason = words_field("原因")
    approval_number = forms.CharField(label="批准文号", max_length=100)
    approved_on = day_field("批准日期")

    def clean(self) -> dict[str, Any]:
        """What the kind asks for is there."""
        given = super().clean() or {}
        wanted = {"roll": "year", "amount": "planned", "content": "content"}.get(given.get("kind", ""))
        if wanted and not given.get(wanted):
            self.add_error(wanted, f"请填“{self.fields[wanted].label}”。")
        return given

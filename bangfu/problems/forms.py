"""The forms of this room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.access.region_field import RegionField
from bangfu.problems.actions.problems import ProblemFacts
from bangfu.problems.enums import Breadth, Origin
from bangfu.problems.models import Problem
from bangfu.problems.queries import regions_to_record, units_to_mend
from bangfu.problems.terms import all_kinds, problem_kinds
from bangfu.projects.forms.parts import CHOOSE, day_field, version_field, words_field, yes_no_field
from bangfu.support.models import Finding

_FACTS = (
    "origin origin_document origin_item found_by found_on kind breadth title words cause measure due_on "
    "region unit"
).split()
_DAYS = 30


class ProblemForm(forms.Form):
    """What is said of a problem."""

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        regions = regions_to_record(user)
        home = regions.order_by("code").first()
        kinds = problem_kinds(home.code, localdate()) if home else all_kinds()
        self.fields |= {
            "title": forms.CharField(
                label="问题", max_length=100, help_text="一句话：哪里、什么事。不写人名。"
            ),
            "words": words_field("具体情况", required=False, longest=1000),
            "kind": forms.ChoiceField(label="种类", choices=[CHOOSE, *kinds.items()]),
            "breadth": forms.ChoiceField(label="共性还是个性", choices=[CHOOSE, *Breadth.choices]),
            "region": RegionField(regions, label="哪里", empty_label="请选", initial=home),
            "unit": forms.ModelChoiceField(units_to_mend(user), label="责任单位", empty_label="请选"),
            "origin": forms.ChoiceField(label="来源", choices=[CHOOSE, *Origin.choices]),
            "origin_document": forms.CharField(
                label="来源文件",
                max_length=100,
                required=False,
                help_text="上级反馈和督查、审计、巡察发现的必填。",
            ),
            "origin_item": forms.CharField(label="文件里第几条", max_length=30, required=False),
            "found_by": forms.CharField(label="发现单位", max_length=100, required=False),
            "found_on": day_field("发现日期"),
            "cause": words_field("原因", required=False),
            "measure": words_field("整改措施", longest=1000),
            "due_on": day_field("整改时限", initial=localdate() + timedelta(days=_DAYS)),
        }

    def facts(self) -> ProblemFacts:
        """What was said, once the form is valid."""
        return ProblemFacts(**{name: self.cleaned_data[name] for name in _FACTS})


class FoundForm(ProblemForm):
    """The same for what an inspection found, with what is known of it."""

    def __init__(self, user: User, finding: Finding, *args: Any, **options: Any) -> None:
        super().__init__(user, *args, **options)
        order, inspection = finding.order, finding.inspection
        known = {
            "title": f"{finding.village.name}：{finding.kind_name}",
            "words": finding.words,
            "region": finding.village,
            "origin": Origin.INSPECTION,
            "origin_document": inspection.title if inspection else str(order or ""),
            "found_by": "督导组" if inspection else "",
            "found_on": finding.found_on,
        }
        choice: Any = self.fields["kind"]
        if finding.kind in dict(choice.choices):
            known["kind"] = finding.kind
        if order is not None:
            known |= {"unit": order.unit, "measure": order.demand, "due_on": order.due_on}
        for name, value in known.items():
            self.fields[name].initial = value


class ChangeForm(ProblemForm):
    """The same for a problem that is there, with the reason."""

    def __init__(self, user: User, problem: Problem, *args: Any, **options: Any) -> None:
        initial = {name: getattr(problem, name) for name in _FACTS}
        super().__init__(user, *args, initial={**initial, "version": problem.version}, **options)
        for name in _FACTS:  # a field's own first value would win over the problem's
            self.fields[name].initial = initial[name]
        choice: Any = self.fields["kind"]
        if problem.kind not in dict(choice.choices):  # the county dropped it since
            choice.choices = [*choice.choices, (problem.kind, problem.kind_name)]
        units: Any = self.fields["unit"]
        units.queryset = (units.queryset | Unit.objects.filter(pk=problem.unit_id)).distinct()
        self.fields["version"] = version_field()
        self.fields["reason"] = forms.CharField(label="为什么改", max_length=200)


class AnswerForm(forms.Form):
    """What the unit mended."""

    version = version_field()
    on = day_field("整改日期")
    words = words_field("整改情况", longest=1000)
    proof = words_field(
        "证明材料", "写名称、文号或在哪里；扫描件存了以后在“证明材料”里传，不要求照片。", longest=300
    )


class RecheckForm(forms.Form):
    """What the re-check found."""

    version = version_field()
    accepted = yes_no_field("复核结果", "改到位了，销号", "没有改到位，退回")
    words = words_field("复核看到了什么", longest=1000)
    due_on = day_field("新的时限", "退回的才填。", initial=None, required=False)


class ReopenForm(forms.Form):
    """Why a problem is opened again."""

    version = version_field()
    words = words_field("为什么重新打开", longest=1000)
    due_on = day_field("新的时限", initial=None)


class VoidForm(forms.Form):
    """Why a problem is taken off the list."""

    version = version_field()
    words = words_field("为什么作废", longest=1000)

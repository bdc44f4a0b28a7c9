"""The form of a supervision order about a project."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.timezone import localdate

from bangfu.access.models import Unit
from bangfu.core import parameters
from bangfu.projects.actions.supervising import FUND_PROBLEM
from bangfu.projects.forms.parts import day_field, words_field
from bangfu.projects.models import Project
from bangfu.projects.queries.orders import units_to_order
from bangfu.support.terms.kinds import FINDINGS, kinds_in


class OrderForm(forms.Form):
    """What is wrong, who mends it until when."""

    kind = forms.ChoiceField(label="问题种类")
    words = words_field("问题", "哪里、什么事、差多少。")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="责任单位", empty_label="请选")
    demand = words_field("整改要求", "做到什么程度。", longest=1000)
    issued_on = day_field("下发日期")
    due_on = day_field("整改时限", initial=None)

    def __init__(self, project: Project, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        today = localdate()
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = list(kinds_in(FINDINGS, project.place, today).items())
        kind.initial = FUND_PROBLEM
        unit = cast(forms.ModelChoiceField, self.fields["unit"])
        unit.queryset = units_to_order(project)
        unit.initial = project.responsible_unit_id
        days = parameters.value("order_days", on=today, place=project.place)
        self.fields["due_on"].initial = today + timedelta(days=days)

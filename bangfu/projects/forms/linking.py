"""The form that ties a household to a project."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.forms.fields import YuanField
from bangfu.households.models import Household
from bangfu.projects.enums.deciding import LinkMode
from bangfu.projects.forms.parts import CHOOSE
from bangfu.projects.models import Project


class LinkForm(forms.Form):
    """Which household earns how much in which way."""

    household = forms.CharField(label="户", max_length=60, help_text="户编号，或户主姓名；同名的写户编号。")
    mode = forms.ChoiceField(label="联结方式", choices=[CHOOSE, *LinkMode.choices])
    year = forms.IntegerField(label="年度", min_value=2013, max_value=2099)
    amount = YuanField(label="收入（元）")

    def __init__(self, user: User, project: Project, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._user, self._project = user, project
        self.fields["year"].initial = localdate().year

    def clean_household(self) -> Household:
        """The one household meant; raises ValidationError for none or several."""
        text = self.cleaned_data["household"].strip()
        rows = Household.objects.visible_to(self._user, Permission.HOUSEHOLD_VIEW)
        here = rows.filter(Q(code=text) | Q(head_name=text), place__startswith=self._project.place)
        found = list(here[:2])
        if len(found) != 1:
            many = "不止一户" if found else "没有"
            raise ValidationError(f"项目实施地点里{many}“{text}”。请核对，或写户编号。")
        return found[0]

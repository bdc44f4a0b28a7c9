"""The forms of a county's own kinds of projects."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.projects.enums.admission import ProjectKind
from bangfu.projects.forms.parts import CHOOSE, version_field, words_field
from bangfu.projects.queries.kinds import counties_to_make_kinds
from bangfu.projects.terms.categories import upper_choices


class KindForm(forms.Form):
    """What it is called, where it belongs, whose flow it begins with."""

    region = forms.ModelChoiceField(Region.objects.none(), label="哪个县", empty_label=None)
    name = forms.CharField(label="名称", max_length=20, help_text="本县的叫法，例如：乡村旅游。")
    category = forms.ChoiceField(label="归在哪一大类", help_text="申报时只能选这一大类下面的类别。")
    base = forms.ChoiceField(
        label="流程从哪一类来",
        choices=[CHOOSE, *ProjectKind.choices],
        help_text="先照抄一份；以后在“流程”里起草本县的新版，一版一版改。",
    )

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField, self.fields["region"]).queryset = counties_to_make_kinds(user)
        cast(forms.ChoiceField, self.fields["category"]).choices = [CHOOSE, *upper_choices(localdate())]


class CloseKindForm(forms.Form):
    """Why a kind takes no new projects."""

    version = version_field()
    reason = words_field("为什么停用", "已经申报的照旧办完。", longest=200)

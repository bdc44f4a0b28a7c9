"""Forms of money allocated and of what is left taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import within
from bangfu.funds.models import FundSource
from bangfu.funds.queries.spending import grant_warnings
from bangfu.households.forms.fields import YuanField
from bangfu.projects.forms.parts import day_field
from bangfu.projects.models import Project


class AllocateForm(forms.Form):
    """Which project gets how much of a source."""

    project = forms.CharField(
        label="项目", max_length=100, help_text="项目编码，或完整的项目名称；同名的写编码。"
    )
    fen = YuanField(label="下达金额（元）", help_text="可以写 80万。")
    paper_number = forms.CharField(label="下达文号", max_length=100)
    on = day_field("下达日期")
    reward_basis = forms.CharField(
        label="奖励依据",
        max_length=100,
        required=False,
        help_text="因为完成得好多安排的才填：哪份考核或验收结果。",
    )

    looked = forms.BooleanField(
        label="核对过提示，照样下达",
        required=False,
        help_text="同村同用途已经给过钱、要在整村搬迁的地方建，会先提示；没有提示不用勾。",
    )

    def __init__(self, user: User, source: FundSource, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._user, self._source = user, source

    def clean_project(self) -> Project:
        """The one project meant; raises ValidationError for none or several."""
        text = self.cleaned_data["project"].strip()
        rows = Project.objects.visible_to(self._user, Permission.FUND_ALLOCATE)
        rows = rows.filter(Q(code=text) | Q(name=text)).filter(within("place", self._source.place))
        found = list(rows.select_related("subject")[:2])
        if len(found) != 1:
            many = "不止一个" if found else "没有"
            raise ValidationError(f"{self._source.region.name}{many}“{text}”。请核对，或写项目编码。")
        return found[0]

    def clean(self) -> dict[str, Any]:
        """What speaks against the grant is pointed out once; the person decides (C-216)."""
        said = super().clean() or {}
        looked, project = said.pop("looked", False), said.get("project")
        if project is not None and not looked and (warnings := grant_warnings(project)):
            self.add_error("looked", f"{''.join(warnings)}什么都没有记；核对过还要下达，勾上这一项再按一次。")
        return said


class ReplanForm(forms.Form):
    """By which approval what is left goes back."""

    approval_number = forms.CharField(label="批准文号", max_length=100)
    on = day_field("批准日期")

"""Forms of this room: sign-in, passwords, codes, users, units, roles, reasons."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts

from bangfu.access.limits import REASON_LENGTH
from bangfu.access.models import Unit, UnitKind
from bangfu.access.roles import role_bundles
from bangfu.core.models import Region
from bangfu.ui.controls import DayInput


def _password_input(kind: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": kind})


class SignInForm(forms.Form):
    """Name, password and, where set up, a one-time code."""

    username = forms.CharField(
        label="账号",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label="口令", max_length=200, strip=False, widget=_password_input("current-password")
    )
    code = forms.CharField(
        label="动态口令",
        required=False,
        max_length=10,
        help_text="6 位数字，来自您的手机；没有启用就不填。",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)


class ChangePasswordForm(forms.Form):
    """The present password, a new one, and the new one again."""

    old = forms.CharField(
        label="现在的口令", max_length=200, strip=False, widget=_password_input("current-password")
    )
    new = forms.CharField(label="新口令", max_length=200, strip=False, widget=_password_input("new-password"))
    again = forms.CharField(
        label="再输一次新口令", max_length=200, strip=False, widget=_password_input("new-password")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["new"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        """Both new ones must be equal."""
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", "两次输入的新口令不一样。请再输一次。")
        return cleaned


class CodeForm(forms.Form):
    """A one-time code."""

    code = forms.CharField(
        label="手机上显示的 6 位动态口令",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class UserFilterForm(forms.Form):
    """Conditions of the list of users."""

    q = forms.CharField(label="姓名或登录名", required=False, max_length=40)
    role = forms.ChoiceField(label="角色", required=False)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=(("", "在用和停用"), ("active", "在用"), ("stopped", "已停用"), ("locked", "锁定中")),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["q"].widget.attrs["placeholder"] = "姓名或登录名"
        cast(forms.ChoiceField, self.fields["role"]).choices = [("", "全部角色"), *_role_choices()]


class CreateUserForm(forms.Form):
    """A new user; the units are those of the asker's places."""

    username = forms.RegexField(
        r"^[\w.@-]+$",
        label="登录名",
        max_length=40,
        help_text="字母、数字，例如姓名全拼；定了不能改。",
        error_messages={"invalid": "登录名只能用汉字、字母、数字和 . - _ @。"},
    )
    name = forms.CharField(label="姓名", max_length=40)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="单位", empty_label="请选单位")
    post = forms.CharField(label="岗位", max_length=60, required=False, help_text="例如 信息员、股长。")
    phone = forms.CharField(label="电话", max_length=20, required=False, help_text="加密保存。")

    def __init__(self, units: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField, self.fields["unit"]).queryset = units


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="理由",
        min_length=REASON_LENGTH,
        max_length=300,
        error_messages={"min_length": f"理由至少 {REASON_LENGTH} 个字。"},
    )


class UnitForm(forms.Form):
    """A new unit in one of the asker's places."""

    name = forms.CharField(label="单位名称", max_length=100)
    kind = forms.ChoiceField(label="类别", choices=UnitKind)
    region = forms.ModelChoiceField(
        Region.objects.none(),
        label="所在区划",
        empty_label="请选区划",
        help_text="从县外来的帮扶单位，选它帮扶的县。",
    )

    def __init__(self, regions: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField, self.fields["region"]).queryset = regions


class AssignRoleForm(forms.Form):
    """A role, a place, from when until when."""

    role = forms.ChoiceField(label="角色", help_text="角色能做什么，见角色目录。")
    region = forms.ModelChoiceField(Region.objects.none(), label="区划", empty_label="请选区划")
    valid_from = forms.DateField(label="自", widget=DayInput)
    valid_to = forms.DateField(label="至", widget=DayInput, required=False, help_text="不填就是长期。")

    def __init__(self, regions: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["role"]).choices = [("", "请选角色"), *_role_choices()]
        cast(forms.ModelChoiceField, self.fields["region"]).queryset = regions


def _role_choices() -> list[tuple[str, str]]:
    return [(bundle.code, bundle.label) for bundle in role_bundles().values()]

"""Forms of this room."""

from __future__ import annotations

from typing import Any

from django import forms

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, within
from bangfu.core.models import Region

_ENDINGS = ".xlsx,.xls,.csv,.gz,.parquet"


def import_places(user: User) -> list[tuple[str, str]]:
    """Where the user may import: counties and townships within the places, each with its code."""
    found: dict[str, str] = {}
    for place in places_of(user, Permission.IMPORT):
        regions = Region.objects.filter(within("code", place), level__in=(3, 4)).order_by("code")
        found |= dict(regions.values_list("code", "name"))
    return list(found.items())


class UploadForm(forms.Form):
    """A file, and the region it is about."""

    file = forms.FileField(
        label="文件",
        widget=forms.ClearableFileInput(attrs={"accept": _ENDINGS}),
        help_text="xlsx、xls、csv 都行；表头在前十行，有合并单元格、标题行也认得。不用改列名。",
        error_messages={"required": "请选一个文件。", "empty": "这个文件是空的，请检查后重新选择。"},
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = forms.ChoiceField(
            label="哪个区划的",
            choices=import_places(user),
            help_text="只收这个区划里的户；别处的行会退回，写明原因。",
        )


class UndoForm(forms.Form):
    """Why a batch is taken back."""

    reason = forms.CharField(
        label="为什么撤回",
        max_length=200,
        help_text="写进变更历史，以后查得到。",
        error_messages={"required": "请写原因。"},
    )

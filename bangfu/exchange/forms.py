"""Forms of this room."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, within
from bangfu.core.models import Region
from bangfu.exchange.lake.committer import month_said
from bangfu.exchange.lake.judging import replaceable, sent_again
from bangfu.exchange.models import Batch, ListBatch

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
            help_text="只收这个区划里的，别处的行会退回，写明原因；部门名单按这个区划存。",
        )


class ListForm(forms.Form):
    """Which month a department's list is about, and which earlier list it replaces."""

    month = forms.RegexField(
        r"^20\d\d-(0[1-9]|1[0-2])$",
        label="这是哪个月的名单",
        widget=forms.TextInput(attrs={"type": "month"}),
        error_messages={"required": "请选月份。", "invalid": "请写成 2026-10 这样的月份。"},
    )

    def __init__(self, batch: Batch, data: Any = None) -> None:
        month = month_said(batch)
        candidates = replaceable(batch.place, batch.dataset)
        again = sent_again(batch.file_name, date.fromisoformat(f"{month}-01"), candidates)
        initial = {"month": month, "replaces": again.batch.number if again else ""}
        super().__init__(data, initial=initial)
        self.fields["replaces"] = forms.ChoiceField(
            label="是不是重报",
            required=False,
            choices=[("", "不是：和已有的名单一起算，相同的行只算一次"), *map(_replacing, candidates)],
            help_text="重报的，选它替代哪一批；被替代的不再参加筛查，撤回这一批时自动恢复。",
        )


def _replacing(one: ListBatch) -> tuple[str, str]:
    words = f"{one.month.year}年{one.month.month}月 {one.rows:,} 行"
    return one.batch.number, f"替代 {one.batch.number}（{words}，{one.batch.file_name}）"


class UndoForm(forms.Form):
    """Why a batch is taken back."""

    reason = forms.CharField(
        label="为什么撤回",
        max_length=200,
        help_text="写进变更历史，以后查得到。",
        error_messages={"required": "请写原因。"},
    )

"""What the subjects of households and members are called: one pattern, for one row and for sets of rows."""

from __future__ import annotations

from typing import cast

from django.db.models import F, Value
from django.db.models.functions import Concat, Left

from bangfu.core.models import Subject
from bangfu.core.subjects import label_subjects_by
from bangfu.households.models import Household, Member

_BETWEEN, _AFTER = "户（", "）"
_LONGEST = cast(int, Subject._meta.get_field("label").max_length)


def household_label(head_name: str, village_name: str) -> str:
    """Such as 杨志明户（上寨村）."""
    return f"{head_name}{_BETWEEN}{village_name}{_AFTER}"[:_LONGEST]


def register_labels() -> None:
    """Tell the kernel, which keeps the labels true when rows are undone or regions renamed."""
    parts = ("head_name", Value(_BETWEEN), "village__name", Value(_AFTER))
    label_subjects_by(Household, Left(Concat(*parts), _LONGEST))
    label_subjects_by(Member, F("name"))

"""What several ledgers of the register ask and show alike."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from bangfu.households.queries.coverage import Group, in_group
from bangfu.ledgers.definition import Filter

YES_NO = (("yes", "是"), ("no", "否"), ("unknown", "未填"))
_VALUES = {"yes": True, "no": False, "unknown": None}


def yes_no(id: str, label: str) -> Filter:
    """A filter over a yes/no fact that may be unknown."""

    def apply(rows: QuerySet, value: str) -> QuerySet:
        if value not in _VALUES:
            return rows
        wanted = _VALUES[value]
        return rows.filter(**({f"{id}__isnull": True} if wanted is None else {id: wanted}))

    return Filter(id, label, "choice", choices=YES_NO, apply=apply)


def words(names: list[str]) -> list[tuple[str, str]]:
    """Choices of an open dictionary, whose values are their own labels."""
    return [(name, name) for name in names]


def group_filter(groups: dict[str, Group]) -> Filter:
    """A filter by the groups that figures count, as they are today."""

    def apply(rows: QuerySet, value: str) -> QuerySet:
        return in_group(rows, groups[value], timezone.localdate()) if value in groups else rows

    return Filter("group", "口径", choices=[(one.code, one.label) for one in groups.values()], apply=apply)

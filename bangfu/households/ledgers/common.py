"""What several ledgers of the register ask and show alike."""

from __future__ import annotations

from django.db.models import QuerySet

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

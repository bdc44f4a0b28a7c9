"""Counting several sets of rows, of whatever models, in one query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value


def count_together(sets: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """The number of rows of each set, by its name; one query, none for no sets."""
    counted = [_counted(name, rows) for name, rows in sets.items()]
    found = dict(counted[0].union(*counted[1:], all=True)) if counted else {}
    return {name: found.get(name, 0) for name in sets}


def _counted(name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    named = rows.select_related(None).prefetch_related(None).order_by()
    if named.query.group_by is not None:
        # 行上已有合计：一行一组，不能再按名字合起来数
        named = named.model._default_manager.filter(pk__in=named.values("pk")).order_by()
    labelled = named.annotate(bangfu_set=Value(name, CharField())).values("bangfu_set")
    return labelled.annotate(bangfu_count=Count("pk")).values_list("bangfu_set", "bangfu_count")

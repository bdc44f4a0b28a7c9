"""Rows as they are today, or as they were recorded at an earlier instant."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from bangfu.core.history import rows_at

Row = TypeVar("Row", bound=models.Model)


def rows_recorded(
    rows: models.QuerySet[Row], recorded_at: datetime | None, gone: dict[str, Any] | None = None
) -> list[Row]:
    """The rows of today (``None``), or these rows with the values recorded at an instant.

    Rows made later are left out; those there then and deleted since are found by the values that ``gone``
    names (column → value). Rows of the past are for reading: they must not be saved. Their order is that of
    their keys, because the query's order is that of today's values.
    """
    if recorded_at is None:
        return list(rows)
    model = rows.model
    known = {field.attname for field in model._meta.concrete_fields}
    past = [model(**_values(row, known)) for row in rows_at(rows, recorded_at, also_gone=gone)]
    for row in past:
        row._state.adding = False
    return past


def _values(row: dict, known: set[str]) -> dict:
    return {name: value for name, value in row.items() if name in known}

"""A row of any model, with a telling value in every column."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import models

from bangfu.core.models import Change

_numbers = count(70_000)


def any_row(model: type[models.Model], change: Change) -> Any:
    """A saved row of ``model``; what it points at is made too, and every nullable column is filled."""
    facts = {
        field.name: _value(field, change)
        for field in model._meta.concrete_fields
        if field.name not in ("change", "version") and not isinstance(field, models.AutoField)
    }
    return model._base_manager.create(**facts)


def _value(field: models.Field, change: Change) -> Any:
    if isinstance(field, models.ForeignKey):
        return _pointed_at(field, change)
    if field.choices:
        return field.choices[0][0]
    number = next(_numbers)
    match field:
        case models.JSONField():
            return {"数": [1, 2.5, True, None], "text": "“引号” \\ ' \" 换\n行", "deep": {"a": []}}
        case models.UUIDField():
            return field.get_default()
        case models.BooleanField():
            return number % 2 == 0
        case models.DecimalField():
            return Decimal(number).scaleb(-field.decimal_places)
        case models.DateTimeField():
            return datetime(2026, 5, 6, 7, 8, 9, 123_456, tzinfo=UTC)
        case models.DateField():
            return date(2026, 2, 3)
        case models.IntegerField():
            return number % 30_000
        case models.TextField():
            return f"文字{number}"
        case models.CharField():
            return f"{number}"[: field.max_length]
    raise TypeError(f"{field.model.__name__}.{field.name}: {type(field).__name__}")


def _pointed_at(field: models.ForeignKey, change: Change) -> models.Model | None:
    if field.related_model is Change:
        return change
    if field.related_model is field.model:
        return None
    return any_row(field.related_model, change)

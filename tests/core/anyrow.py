"""A row of any model, with a telling value in every column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import models

from bangfu.core.models import Change, TrackedModel

_numbers = count(70_000)


def any_row(model: type[models.Model], change: Change) -> Any:
    """A saved row of ``model``; what it points at is made too, and every nullable column is filled.

    Of columns of which the database wants exactly one, the first is.
    """
    left_out = {second for _, second in alternatives(model)}
    if issubclass(model, TrackedModel):
        left_out |= {"change", "version"}
    facts = {
        field.name: _value(field, change)
        for field in model._meta.concrete_fields
        if field.name not in left_out and not isinstance(field, models.AutoField)
    }
    _keep_below(facts, model)
    return model._base_manager.create(**facts)


def _keep_below(facts: dict[str, Any], model: type[models.Model]) -> None:
    """Let numbers that a constraint holds below a number, or below another column, be so."""
    for condition in _conditions(model):
        for name, most in _at_most(condition):
            if not isinstance(most, models.F):
                facts[name] %= most + 1
            elif facts[name] > facts[most.name]:
                facts[name], facts[most.name] = facts[most.name], facts[name]


def _at_most(condition: models.Q) -> Iterator[tuple[str, Any]]:
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from _at_most(child)
        elif isinstance(child, tuple) and child[0].endswith("__lte"):
            yield child[0].removesuffix("__lte"), child[1]


def alternatives(model: type[models.Model]) -> list[tuple[str, str]]:
    """Pairs of columns of which a constraint wants exactly one filled."""
    pairs = [_names(condition) for condition in _conditions(model) if condition.connector == models.Q.XOR]
    return [(first, second) for first, second in pairs]


def _conditions(model: type[models.Model]) -> list[models.Q]:
    return [
        constraint.condition
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint) and isinstance(constraint.condition, models.Q)
    ]


def _names(condition: models.Q) -> list[str]:
    return [
        str(child[0]).removesuffix("__isnull") for child in condition.children if isinstance(child, tuple)
    ]


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
            return Decimal(number % 10**field.max_digits).scaleb(-field.decimal_places)
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

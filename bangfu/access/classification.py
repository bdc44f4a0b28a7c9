"""What kind of personal data each field of each model holds; every room says so in its ``privacy.py``."""

from __future__ import annotations

from enum import Enum

from django.apps import apps
from django.db import models


class FieldClass(Enum):
    """Classes of fields, by what a leak would do (PIPL: health, bank account and identity are sensitive)."""

    PUBLIC = "公开"
    INTERNAL = "内部"
    NAME = "姓名"
    IDENTITY = "证件"
    CONTACT = "联系方式"
    BANK = "银行账号"
    HEALTH = "健康"
    INCOME = "收入"
    LOCATION = "住址"
    FREE_TEXT = "自由文字"
    SECRET = "密钥"


TECHNICAL = frozenset({"id", "uid", "change", "version"})
"""Fields that every room has and that say nothing about a person."""

_classes: dict[str, dict[str, FieldClass]] = {}


def classify(model: type[models.Model], fields: dict[FieldClass, str]) -> None:
    """Declare the class of a model's fields, named in one text a class, separated by spaces.

    Raises ValueError for a field named twice.
    """
    declared = _classes.setdefault(model._meta.label, {})
    for field_class, names in fields.items():
        for name in names.split():
            if name in declared:
                raise ValueError(f"{model._meta.label}.{name} is classified twice")
            declared[name] = field_class


def class_of(model: type[models.Model], field: str) -> FieldClass:
    """The class of a field; raises LookupError for one that nobody classified."""
    if field in TECHNICAL:
        return FieldClass.INTERNAL
    try:
        return _classes[model._meta.label][field]
    except KeyError as error:
        raise LookupError(f"{model._meta.label}.{field} is not classified") from error


def unclassified() -> list[str]:
    """Fields of any model that no room classified."""
    return sorted(
        f"{model._meta.label}.{name}"
        for model in apps.get_models()
        for name in _names(model) - TECHNICAL - _classes.get(model._meta.label, {}).keys()
    )


def stale() -> list[str]:
    """Classified names that no longer are a field."""
    known = {model._meta.label: _names(model) for model in apps.get_models()}
    return sorted(
        f"{label}.{name}"
        for label, declared in _classes.items()
        for name in declared.keys() - known.get(label, set())
    )


def _names(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.local_concrete_fields}
